// Les tâches datées : chacune prend sa date de son ancre. Ce qui est en retard d’abord ; l’ordre des étapes est gardé.
import { decaler, ferie, ouvrePrecedent, vacances, weekend } from "./calendrier.js";

/** Les tâches, en retard d’abord, puis par date, puis celles dont l’ancre n’est pas datée. */
export function datees(composition, { roles, ancres, jour, calendrier }) {
  const departement = composition.lieu?.departement ?? null;
  const libelles = new Map(ancres.map(({ id, libelle }) => [id, libelle]));
  const lignes = composition.taches.map((tache, rang) => {
    const depart = Object.hasOwn(composition.ancres, tache.ancre) ? composition.ancres[tache.ancre] : null;
    return { tache, rang, prevue: depart && decaler(depart, tache.decalage) };
  });
  const dates = enOrdre(
    lignes.filter(({ prevue }) => prevue),
    (prevue) => ouvrePrecedent(prevue, departement, calendrier),
  );
  const taches = [...dates, ...lignes.filter(({ prevue }) => !prevue)].map(({ tache, rang, prevue, date = null }) => ({
    rang,
    tache: tache.tache,
    role: roles.get(tache.role) ?? "",
    ancre: libelles.get(tache.ancre) ?? tache.ancre,
    decalage: tache.decalage,
    fait: tache.fait,
    date,
    avance: tache.avance,
    retard: Boolean(date) && !tache.fait && date < jour,
    avancee: date !== prevue,
    ferie: date && ferie(date, departement, calendrier),
    weekend: date && weekend(date),
    vacances: date && vacances(date, departement, calendrier),
  }));
  return [...taches.filter(({ retard }) => retard), ...taches.filter(({ retard }) => !retard)];
}

/**
 * Par date prévue, les tâches à avancer l’étant au jour ouvré précédent. Une étape avancée avance avec elle celles qui
 * la précédaient : aucune ne passe devant une autre.
 */
function enOrdre(lignes, reculer) {
  const rangees = [...lignes].sort((a, b) => (a.prevue < b.prevue ? -1 : a.prevue > b.prevue ? 1 : a.rang - b.rang));
  let plusTard = "9999-12-31";
  for (const ligne of rangees.toReversed()) {
    const voulue = ligne.tache.avance ? reculer(ligne.prevue) : ligne.prevue;
    ligne.date = voulue < plusTard ? voulue : plusTard;
    plusTard = ligne.date;
  }
  return rangees;
}
