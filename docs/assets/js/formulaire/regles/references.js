// Portage de macros/regles/references.py, et de ce que le chargement vérifie d’une fiche parmi les autres.
import { GENRES } from "../../genres.js";
import { dire, motif } from "../../partage/fiche.js";
import { remede } from "./forme.js";

const RESERVE = motif("nom_reserve");

export function* identifiant_libre({ donnees: { id }, reperes, modifiee }) {
  if (typeof id !== "string") return;
  if (RESERVE.test(id)) yield [["id"], dire("identifiant_reserve", { id })];
  if (id !== modifiee && Object.hasOwn(reperes.fiches, id))
    yield [["id"], `${dire("identifiant_existe", { id })}. ${dire("identifiant_pris")}`];
  else if (Object.hasOwn(reperes.renommees, id))
    yield [["id"], dire("identifiant_ancien", { id, actuel: reperes.renommees[id] })];
}

export function* vocabulaires({ occurrences }) {
  for (const { chemin, valeur, marque, noeud } of occurrences) {
    if (marque === "x-vocabulaire" && !noeud.enum.includes(valeur))
      yield [chemin, `${dire("literal_error", { saisie: valeur })} ${remede(noeud.enum)}`];
  }
}

export function* references({ donnees, occurrences, reperes }) {
  const libelle = (type) => GENRES[type].libelle.toLowerCase();
  for (const { chemin, valeur: id, marque, dit } of occurrences) {
    if (marque !== "x-reference") continue;
    const [type] = connue(reperes, donnees, id) ?? [];
    if (!type && Object.hasOwn(reperes.renommees, id)) {
      yield [chemin, dire("fiche_renommee", { id, actuel: reperes.renommees[id] })];
    } else if (!type) {
      yield [chemin, `${dire("fiche_absente", { id })} Choisissez-la dans la liste proposée.`];
    } else if (dit.types.length && !dit.types.includes(type)) {
      const voulu = dit.types.map(libelle).join(" ou ");
      yield [chemin, dire("fiche_d_un_autre_type", { id, type: libelle(type), voulu })];
    } else if (id === donnees.id) {
      yield [chemin, dire("fiche_elle_meme")];
    }
  }
}

/** « [type, titre…] » d’une fiche de la base, ou de celle que l’on écrit. */
function connue(reperes, donnees, id) {
  if (Object.hasOwn(reperes.fiches, id)) return reperes.fiches[id];
  return id === donnees.id ? [donnees.type] : null;
}

export function* doublons({ occurrences }) {
  const vues = new Set();
  for (const { chemin, valeur, marque } of occurrences) {
    if ((marque !== "x-reference" && marque !== "x-vocabulaire") || typeof chemin.at(-1) !== "number") continue;
    const cle = JSON.stringify([...chemin.slice(0, -1), valeur]);
    if (vues.has(cle)) yield [chemin, dire("deux_fois", { valeur })];
    vues.add(cle);
  }
}

export function* illustrations({ occurrences, reperes }) {
  for (const { chemin, valeur, marque } of occurrences) {
    if (marque === "x-illustration" && !reperes.illustrations.includes(valeur))
      yield [chemin, dire("image_absente", { nom: valeur })];
  }
}

/** Une suite de remplacements mène à une fiche qui vaut encore. */
export function* remplacement_sans_fin({ donnees, reperes }) {
  const premiere = donnees.validite.remplace_par;
  if (!premiere) return;
  const historiques = { ...reperes.historiques };
  if (donnees.validite.etat === "historique") historiques[donnees.id] = premiere;
  else delete historiques[donnees.id];
  const vues = new Set([donnees.id]);
  let courante = premiere;
  while (Object.hasOwn(historiques, courante)) {
    const suite = historiques[courante];
    if (vues.has(courante) || !suite) {
      yield [["validite", "remplace_par"], dire("remplacement_sans_fin")];
      return;
    }
    vues.add(courante);
    courante = suite;
  }
}
