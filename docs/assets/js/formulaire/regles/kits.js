// Portage de macros/regles/kits.py et macros/regles/methodes.py.
import COMMUN from "../../partage/commun.js";
import FICHE, { dire } from "../../partage/fiche.js";
import { bornesDeDuree, bornesDePersonnes, duree as ecrireDuree, heure, minutes } from "../../francais.js";
import { EN_MINUTES, EN_PERSONNES, bornes, creneaux, somme } from "./durees.js";
import { remede, vrai } from "./forme.js";

export function* horaires({ donnees }) {
  if (donnees.type !== "kit") return;
  for (const [rang, seance] of donnees.seances.entries()) {
    const places = creneaux(seance);
    for (const [numero, place] of places.entries()) {
      const chemin = ["seances", rang, "sequences", numero];
      const { debut } = place.sequence;
      const fin = heure(place.debut - place.ecart);
      if (place.ecart < 0) yield [[...chemin, "debut"], dire("chevauchement", { debut, fin })];
      else if (place.ecart > 0) yield [[...chemin, "debut"], dire("trou", { duree: ecrireDuree(place.ecart), debut })];
      if (place.fin > 24 * 60) yield [chemin, dire("minuit")];
    }
    if (places.length && seance.fin && places.at(-1).fin > minutes(seance.fin)) {
      const message = dire("depassement", {
        annoncee: heure(minutes(seance.fin)),
        total: ecrireDuree(places.reduce((somme, place) => somme + place.fin - place.debut, 0)),
        debut: heure(places[0].debut),
        fin: heure(places.at(-1).fin),
        retard: ecrireDuree(places.at(-1).fin - minutes(seance.fin)),
      });
      yield [["seances", rang, "fin"], message];
    }
  }
}

export function* renvois_internes({ donnees }) {
  if (donnees.type !== "kit") return;
  const roles = (donnees.roles ?? []).map(({ id }) => id);
  const ancres = (donnees.ancres ?? []).map(({ id }) => id);
  for (const [rang, tache] of (donnees.retroplanning ?? []).entries()) {
    yield* declare(tache.role, roles, ["retroplanning", rang, "role"], "roles");
    yield* declare(tache.ancre, ancres, ["retroplanning", rang, "ancre"], "ancres");
  }
  for (const [rang, seance] of donnees.seances.entries()) {
    if (seance.ancre) yield* declare(seance.ancre, ancres, ["seances", rang, "ancre"], "ancres");
    for (const [numero, sequence] of (seance.sequences ?? []).entries()) {
      for (const [place, role] of (sequence.roles ?? []).entries()) {
        yield* declare(role, roles, ["seances", rang, "sequences", numero, "roles", place], "roles");
      }
    }
  }
}

function* declare(nom, declares, chemin, quoi) {
  if (!declares.includes(nom))
    yield [chemin, `${dire("absent_du_kit", { quoi: FICHE[quoi], nom })} ${remede(declares)}`];
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
        const dites = { duree: ecrireDuree(duree), titre: methode.titre, voulue: bornesDeDuree(voulue) };
        yield [[...chemin, "duree"], dire("duree_de_methode", dites)];
      }
      const groupe = tailleDuGroupe(donnees, sequence.modalite);
      const taille = ouverte(methode.participants);
      if (groupe && taille && (groupe[0] > taille[1] || groupe[1] < taille[0])) {
        const dites = { titre: methode.titre, taille: bornesDePersonnes(taille), groupe: bornesDePersonnes(groupe) };
        yield [[...chemin, "methode"], dire("taille_de_methode", dites)];
      }
    }
  }
}

/** Le JSON ne connaît pas l’infini : null y veut dire « sans borne ». */
const ouverte = (intervalle) => intervalle && [intervalle[0], intervalle[1] ?? Infinity];

function tailleDuGroupe(kit, modalite) {
  const total = bornes(kit.participants ?? [], EN_PERSONNES);
  const groupes = Number(kit.groupes ?? 0);
  return total && groupes && COMMUN.en_groupes.includes(modalite) ? total.map((n) => n / groupes) : total;
}

export function* etapes_dans_la_duree({ donnees }) {
  if (donnees.type !== "methode") return;
  const duree = bornes(donnees.duree ?? [], EN_MINUTES);
  const total = somme((donnees.etapes ?? []).map((etape) => etape.duree));
  if (!duree || !total || (total[0] <= duree[1] && duree[0] <= total[1])) return;
  const dites = { total: bornesDeDuree(total), duree: bornesDeDuree(duree) };
  yield [["etapes"], dire("etapes_hors_duree", dites)];
}
