// Portage de macros/regles/kits.py et macros/regles/methodes.py.
import {
  EN_MINUTES,
  EN_PERSONNES,
  bornes,
  bornesLisibles,
  creneaux,
  dureeLisible,
  heureLisible,
  minutes,
  somme,
} from "./durees.js";
import { vrai } from "./forme.js";

export function* horaires({ donnees }) {
  if (donnees.type !== "kit") return;
  for (const [rang, seance] of donnees.seances.entries()) {
    const places = creneaux(seance);
    for (const [numero, place] of places.entries()) {
      const chemin = ["seances", rang, "sequences", numero];
      if (place.ecart < 0) {
        yield [
          [...chemin, "debut"],
          `commence à ${place.sequence.debut} alors que la séquence précédente finit à ${heureLisible(place.debut - place.ecart)}. Raccourcissez la précédente ou décalez celle-ci.`,
        ];
      } else if (place.ecart > 0) {
        yield [
          [...chemin, "debut"],
          `laisse ${dureeLisible(place.ecart)} sans rien avant ${place.sequence.debut}. Allongez la séquence précédente ou ajoutez un battement.`,
        ];
      }
      if (place.fin > 24 * 60) yield [chemin, "la séance dépasse minuit. Répartissez-la sur deux jours."];
    }
    if (places.length && seance.fin && places.at(-1).fin > minutes(seance.fin)) {
      yield [
        ["seances", rang, "fin"],
        `annonce ${heureLisible(minutes(seance.fin))}, mais les séquences finissent à ${heureLisible(places.at(-1).fin)}. Raccourcissez une séquence ou repoussez la fin.`,
      ];
    }
  }
}

export function* renvois_internes({ donnees }) {
  if (donnees.type !== "kit") return;
  const roles = (donnees.roles ?? []).map(({ id }) => id);
  const ancres = (donnees.ancres ?? []).map(({ id }) => id);
  for (const [rang, tache] of (donnees.retroplanning ?? []).entries()) {
    yield* declare(tache.role, roles, ["retroplanning", rang, "role"], "le rôle");
    yield* declare(tache.ancre, ancres, ["retroplanning", rang, "ancre"], "l’ancre");
  }
  for (const [rang, seance] of donnees.seances.entries()) {
    if (seance.ancre) yield* declare(seance.ancre, ancres, ["seances", rang, "ancre"], "l’ancre");
    for (const [numero, sequence] of (seance.sequences ?? []).entries()) {
      for (const [place, role] of (sequence.roles ?? []).entries()) {
        yield* declare(role, roles, ["seances", rang, "sequences", numero, "roles", place], "le rôle");
      }
    }
  }
}

function* declare(nom, declares, chemin, quoi) {
  if (!declares.includes(nom)) {
    const admis = declares.length ? ` Valeurs admises : ${[...declares].sort().join(", ")}.` : "";
    yield [chemin, `${quoi} « ${nom} » manque dans ce kit.${admis}`];
  }
}

export function* methodes_adaptees({ donnees, reperes }) {
  if (donnees.type !== "kit") return;
  for (const [rang, seance] of donnees.seances.entries()) {
    for (const [numero, sequence] of (seance.sequences ?? []).entries()) {
      if (!Object.hasOwn(reperes.methodes, sequence.methode ?? "")) continue;
      const methode = reperes.methodes[sequence.methode];
      const chemin = ["seances", rang, "sequences", numero];
      const voulue = ouverte(methode.duree);
      const duree = Number(sequence.duree);
      if (voulue && !vrai(sequence.methode_partielle) && !(voulue[0] <= duree && duree <= voulue[1])) {
        yield [
          [...chemin, "duree"],
          `${dureeLisible(duree)}, alors que « ${methode.titre} » demande ${bornesLisibles(voulue)}. Ajustez la durée, ou écrivez methode_partielle: oui si la séquence n’en reprend qu’une partie.`,
        ];
      }
      const groupe = tailleDuGroupe(donnees, sequence.modalite);
      const taille = ouverte(methode.participants);
      if (groupe && taille && (groupe[0] > taille[1] || groupe[1] < taille[0])) {
        yield [
          [...chemin, "methode"],
          `« ${methode.titre} » est faite pour ${personnes(taille)}, la séquence réunit ${personnes(groupe)}. Changez de méthode ou de nombre de groupes.`,
        ];
      }
    }
  }
}

/** Le JSON ne connaît pas l’infini : null y veut dire « sans borne ». */
const ouverte = (intervalle) => intervalle && [intervalle[0], intervalle[1] ?? Infinity];

function personnes([bas, haut]) {
  if (haut === Infinity) return `au moins ${bas} personnes`;
  return bas === haut ? `${bas} personnes` : `${bas} à ${haut} personnes`;
}

function tailleDuGroupe(kit, modalite) {
  const total = bornes(kit.participants ?? [], EN_PERSONNES);
  const groupes = Number(kit.groupes ?? 0);
  return total && groupes && (modalite === "groupes" || modalite === "terrain") ? total.map((n) => n / groupes) : total;
}

export function* etapes_dans_la_duree({ donnees }) {
  if (donnees.type !== "methode") return;
  const duree = bornes(donnees.duree ?? [], EN_MINUTES);
  const total = somme((donnees.etapes ?? []).map((etape) => etape.duree));
  if (!duree || !total || (total[0] <= duree[1] && duree[0] <= total[1])) return;
  yield [
    ["etapes"],
    `les étapes durent ${bornesLisibles(total)} en tout, alors que duree annonce ${bornesLisibles(duree)}. Corrigez le temps d’une étape, ou la durée ; ce qui se fait avant la séance va dans preparation.`,
  ];
}
