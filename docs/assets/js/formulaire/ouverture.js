// Ce que le formulaire peut ouvrir : une fiche du site, un fichier YAML, un document de bureau. Une entrée douteuse
// donne un message, jamais une exécution ni un contenu perdu.
import { motif } from "../partage/commun.js";
import { dire } from "../partage/fiche.js";
import { racine } from "../socle.js";
import { TYPES } from "./schema.js";
import { lireYaml } from "./lecture.js";
import { TAILLE_MAX, estObjet, nettoyer } from "./valeurs.js";

const OCTETS_MAX = 20_000_000;

/** Ce que l’adresse demande : { fiche }, { type, methode, source }, ou { message } quand elle demande l’impossible. */
export function demande(requete, reperes) {
  const parametres = new URLSearchParams(requete);
  const fiche = parametres.get("fiche");
  if (fiche !== null) {
    if (motif("identifiant").test(fiche) && Object.hasOwn(reperes.fiches, fiche)) return { fiche };
    return { message: "L’adresse demande une fiche qui n’existe pas ici. Choisissez un type pour en écrire une." };
  }
  const type = parametres.get("type");
  const methode = parametres.get("methode");
  const connue = methode !== null && Object.hasOwn(reperes.methodes, methode) ? methode : "";
  return { type: TYPES.includes(type) ? type : "", methode: connue };
}

/** La fiche publiée de cet identifiant, telle qu’elle est écrite : { type, champs, origine }. */
export async function ficheDuSite(id) {
  const reponse = await fetch(new URL(`api/fiches/${id}.yml`, racine));
  if (!reponse.ok) throw new Error(`${reponse.status} ${id}`);
  return duYaml(await reponse.text());
}

/**
 * Un fichier choisi par le lecteur : { type, champs, doutes, restes, changes, autres }. Lève une erreur dont le message
 * se montre. `importation` : l’adresse du module qui lit les documents de bureau, vide s’il n’est pas là.
 */
export async function fichierDuLecteur(fichier, importation) {
  if (fichier.size > OCTETS_MAX) throw new Error("Ce fichier dépasse 20 Mo. Retirez-en les images, puis recommencez.");
  if (/\.ya?ml$/iu.test(fichier.name)) {
    if (fichier.size > TAILLE_MAX) throw new Error("Ce fichier est trop gros pour une fiche : 400 ko au plus.");
    return duYaml(await fichier.text());
  }
  if (!importation || !/\.(docx|odt|txt)$/iu.test(fichier.name)) {
    throw new Error(
      `« ${fichier.name.slice(0, 60)} » ne s’ouvre pas ici. Choisissez un fichier ` +
        `${importation ? ".yml, .docx, .odt ou .txt" : ".yml"}.`,
    );
  }
  const { importer } = await import(importation);
  const lu = await importer(fichier);
  // Un document peut donner plusieurs fiches : la première s’ouvre, les autres deviennent des brouillons.
  const changes = [...(lu.remarques ?? []), ...(lu.reparations ?? []), ...intitules(lu)];
  return { ...brouillonLu(lu), changes, autres: (lu.brouillons ?? []).slice(1).map(brouillonLu) };
}

/** Les intitulés du document, que les champs remplacent. */
function intitules({ brouillons, ...seul }) {
  return (brouillons ?? [seul]).flatMap(({ origines = {} }) =>
    Object.entries(origines).map(([chemin, intitule]) => `${chemin}\u00a0: « ${intitule} » dans votre document`),
  );
}

function brouillonLu({ type = "", champs, doutes = [], restes = [] }) {
  return { type: TYPES.includes(type) ? type : "", champs: nettoyer(champs) ?? {}, doutes, restes: restes.map(String) };
}

function duYaml(texte) {
  const champs = lireYaml(texte);
  if (!estObjet(champs) || !TYPES.includes(champs.type)) {
    throw new Error(
      `Le champ « type » manque ou n’est pas de la liste. ${dire("valeurs_admises", { valeurs: TYPES.join(", ") })}`,
    );
  }
  return { type: champs.type, champs, origine: texte, doutes: [], restes: [], changes: [], autres: [] };
}
