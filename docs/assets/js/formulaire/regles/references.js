// Portage de macros/regles/references.py, et de ce que le chargement vérifie d’une fiche parmi les autres.
import { pasAdmis } from "./forme.js";

export function* identifiant_libre({ donnees, reperes, modifiee }) {
  const { id } = donnees;
  if (typeof id === "string" && id !== modifiee && Object.hasOwn(reperes.fiches, id)) {
    yield [
      ["id"],
      `l’identifiant « ${id} » existe déjà. Choisissez-en un autre : un identifiant sert une seule fois, tous types confondus.`,
    ];
  } else if (typeof id === "string" && Object.hasOwn(reperes.renommees, id)) {
    yield [
      ["id"],
      `l’identifiant « ${id} » a été celui de « ${reperes.renommees[id]} », où mène son ancienne adresse. Choisissez-en un autre.`,
    ];
  }
}

export function* vocabulaires({ occurrences }) {
  for (const { chemin, valeur, marque, noeud } of occurrences) {
    if (marque === "x-vocabulaire" && !noeud.enum.includes(valeur)) yield [chemin, pasAdmis(valeur, noeud.enum)];
  }
}

export function* references({ donnees, occurrences, reperes }) {
  for (const { chemin, valeur, marque, dit } of occurrences) {
    if (marque !== "x-reference") continue;
    const [type] = connue(reperes, donnees, valeur) ?? [];
    if (!type && Object.hasOwn(reperes.renommees, valeur)) {
      const actuel = reperes.renommees[valeur];
      yield [chemin, `la fiche « ${valeur} » s’appelle maintenant « ${actuel} ». Écrivez ${actuel}.`];
    } else if (!type) {
      yield [chemin, `la fiche « ${valeur.slice(0, 80)} » n’existe pas. Choisissez-la dans la liste proposée.`];
    } else if (dit.types.length && !dit.types.includes(type)) {
      const voulu = dit.types.map((t) => reperes.types[t].libelle.toLowerCase()).join(" ou ");
      yield [
        chemin,
        `« ${valeur} » est une fiche ${reperes.types[type].libelle.toLowerCase()}, ce champ attend : ${voulu}. Utilisez le champ qui convient, ou fiches_liees.`,
      ];
    } else if (valeur === donnees.id) {
      yield [chemin, "la fiche se cite elle-même. Retirez cette référence."];
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
    if (vues.has(cle)) yield [chemin, `« ${valeur} » apparaît deux fois. Retirez-en un.`];
    vues.add(cle);
  }
}

export function* illustrations({ occurrences, reperes }) {
  for (const { chemin, valeur, marque } of occurrences) {
    if (marque === "x-illustration" && !reperes.illustrations.includes(valeur)) {
      yield [chemin, `l’image « ${valeur.slice(0, 80)} » manque. Déposez-la dans docs/assets/illustrations/.`];
    }
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
      yield [
        ["validite", "remplace_par"],
        "la suite de remplacements ne mène à rien qui soit en vigueur. Corrigez la dernière fiche de la chaîne, ou retirez remplace_par.",
      ];
      return;
    }
    vues.add(courante);
    courante = suite;
  }
}
