// La composition -> le programme : les heures autour des points fixes (mêmes règles que
// macros/modeles/seances/agenda.py), les dates des tâches, le matériel, les alertes. Pur : rien de la page, rien du
// réseau ; un test compare aux kits calculés en Python.
//
// { titre, kit, lieu, contact, participants, groupes, animateurs,   jours: [{ id, titre, date, debut, fin, finPrevue,
// sequences: [{ id, titre, debut, fin, duree, fixe, modalite, roles,     lieu, objectif, notes, methode: {id, titre,
// url} | null, livrable, materiel, consignes, ecart, lendemain }] }],   taches: [{ rang, tache, role, ancre, date,
// retard, fait, avancee, ferie, weekend, vacances }],   materiel: [{ nom, total, calcul }], alertes: [{ jour,
// sequence, gravite, texte, remede, geste }] }
import { aujourdHui } from "../socle.js";
import { alertes } from "./alertes.js";
import { materiel } from "./materiel.js";
import { hhmm, minutes } from "../francais.js";
import { datees } from "./retroplanning.js";

/** Les séquences d’un jour, placées : [{ sequence, debut, fin, ecart }] en minutes depuis minuit. */
export function creneaux(jour) {
  let curseur = minutes(jour.debut);
  return jour.sequences.map((sequence) => {
    const debut = sequence.fixe ? minutes(sequence.fixe) : curseur;
    const ecart = debut - curseur;
    curseur = debut + sequence.duree;
    return { sequence, debut, fin: curseur, ecart };
  });
}

/** La date d’un jour : la sienne, sinon celle de son ancre. */
export const dateDu = (jour, composition) =>
  jour.date ?? (jour.ancre && Object.hasOwn(composition.ancres, jour.ancre) ? composition.ancres[jour.ancre] : null);

/** Le programme calculé. `donnees` est le contenu de api/composer.json ; `jour`, la date d’aujourd’hui. */
export function calculer(composition, donnees, jour = aujourdHui()) {
  const methodes = new Map(donnees.methodes.map((methode) => [methode.id, methode]));
  const kit = donnees.kits.find(({ id }) => id === composition.kit) ?? null;
  const roles = new Map(composition.roles.map(({ id, titre }) => [id, titre]));
  const places = composition.jours.map((j) => ({ jour: j, date: dateDu(j, composition), creneaux: creneaux(j) }));
  const { titre, lieu, contact, participants, groupes, animateurs } = composition;
  return {
    titre,
    kit: composition.kit,
    lieu,
    contact,
    participants,
    groupes,
    animateurs,
    jours: places.map((place) => decrire(place, { methodes, roles })),
    taches: datees(composition, { roles, ancres: kit?.ancres ?? [], jour, calendrier: donnees.calendrier }),
    materiel: materiel(composition, methodes),
    alertes: alertes(composition, places, methodes),
  };
}

function decrire({ jour, date, creneaux: places }, { methodes, roles }) {
  return {
    id: jour.id,
    titre: jour.titre,
    date,
    debut: jour.debut,
    fin: places.length ? hhmm(places.at(-1).fin) : jour.debut,
    finPrevue: jour.fin,
    sequences: places.map(({ sequence: s, debut, fin, ecart }) => {
      const methode = methodes.get(s.methode);
      return {
        id: s.id,
        titre: s.titre,
        debut: hhmm(debut),
        fin: hhmm(fin),
        duree: s.duree,
        fixe: s.fixe !== null,
        modalite: s.modalite,
        roles: s.role.map((id) => roles.get(id)).filter(Boolean),
        lieu: s.lieu,
        objectif: s.objectif,
        notes: s.notes,
        methode: methode ? { id: methode.id, titre: methode.titre, url: methode.url } : null,
        livrable: s.livrable,
        materiel: s.materiel,
        consignes: s.consignes,
        ecart,
        lendemain: fin > 24 * 60,
      };
    }),
  };
}
