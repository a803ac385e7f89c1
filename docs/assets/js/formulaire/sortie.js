// La fin : d’abord ce qui ne demande aucun compte (fichier, courriel prêt), puis la forge, puis copier.
import { element } from "../socle.js";
import { copier, telecharger } from "../gestes.js";
import { courriel, surLaForge } from "./depots.js";
import { typo } from "../francais.js";

/** Un courriel plus long ne passe pas partout : il demande alors de joindre le fichier. */
const COURRIEL_MAX = 1800;

export const enregistrer = (nom, texte) =>
  telecharger(new Blob([texte], { type: "application/yaml;charset=utf-8" }), nom);

export async function copierOuMontrer(texte, annoncer, repli) {
  if (await copier(texte)) {
    annoncer("Texte copié.");
    return;
  }
  repli.focus();
  getSelection().selectAllChildren(repli);
  annoncer("Votre navigateur refuse de copier. Le texte est sélectionné : copiez-le avec Ctrl et C.");
}

/** Les façons d’envoyer une fiche juste, dans l’ordre. `fiche` : { chemin, nom, texte, titre, modifiee }. */
export function facons(fiche, { depot, contact, annoncer, repli }) {
  const blocs = [
    facon(
      "Sans compte",
      "Téléchargez la fiche, puis envoyez-la jointe à un courriel.",
      [
        bouton("Télécharger la fiche", () => enregistrer(fiche.nom, fiche.texte)),
        lien("Préparer le courriel", courriel(lettre(fiche, contact)), false),
      ],
      contact
        ? ""
        : "L’éditeur du site n’a pas encore donné d’adresse : écrivez à la personne qui vous l’a fait connaître.",
    ),
  ];
  const forge = surLaForge(depot, fiche);
  if (forge) {
    const suite = forge.rempli
      ? "La page s’ouvre avec le texte de la fiche. Relisez, puis proposez la modification : les contrôles " +
        "la vérifient."
      : "Copiez d’abord le texte ; sur la page qui s’ouvre, collez-le à la place de ce qui s’y trouve.";
    blocs.push(
      facon(`Avec un compte ${forge.nom}`, suite, [
        ...(forge.rempli ? [] : [bouton("Copier le texte", () => copierOuMontrer(fiche.texte, annoncer, repli), true)]),
        lien(forge.geste, forge.url, true),
      ]),
    );
  }
  blocs.push(
    facon("Copier", `Le fichier s’appelle ${fiche.chemin}.`, [
      bouton("Copier le texte de la fiche", () => copierOuMontrer(fiche.texte, annoncer, repli), true),
    ]),
  );
  return blocs;
}

function lettre({ chemin, nom, texte, titre, modifiee }, contact) {
  const sujet = `${modifiee ? "Modification" : "Nouvelle fiche"} : ${titre}`;
  const tete =
    `Bonjour,\n\nVoici une proposition pour « Accompagner les territoires », fichier ${chemin}.\n` +
    "J’accepte sa publication sous Licence Ouverte 2.0 et j’ai le droit d’utiliser les images citées.\n\n";
  const long = `${tete}${texte}`;
  const corps =
    encodeURIComponent(long).length <= COURRIEL_MAX
      ? long
      : `${tete}La fiche est jointe (${nom}). N’oubliez pas de la joindre à ce message.\n`;
  return { a: contact, sujet, corps };
}

function facon(titre, texte, gestes, note = "") {
  const section = element("section", "", { class: "facon" });
  const barre = element("p", "", { class: "facon__gestes" });
  barre.append(...gestes);
  section.append(element("h3", titre), element("p", typo(texte)), barre);
  if (note) section.append(element("p", typo(note), { class: "precision" }));
  return section;
}

function bouton(libelle, agir, second = false) {
  const noeud = element("button", libelle, { type: "button", class: second ? "bouton bouton--second" : "bouton" });
  noeud.addEventListener("click", agir);
  return noeud;
}

function lien(libelle, href, ailleurs) {
  return element("a", libelle, { href, class: "bouton bouton--second", ...(ailleurs ? { rel: "noopener" } : {}) });
}
