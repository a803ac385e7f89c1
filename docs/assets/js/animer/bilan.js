// La séance telle qu’elle s’est passée : heures vraies, durées vraies, ce qui a été décidé. Aucun accès à la page.
import { MINUTE, parGroupes, projeter } from "./temps.js";

const minutesDe = ({ debut, fin }) => Math.round((fin - debut) / MINUTE);

/**
 * { debut, fin, finPrevue, retard, lignes, notes } : `lignes` par séquence [{ sequence, etat, prevu, debut, fin,
 * minutes, groupes: [{ nom, minutes }], notes }] ; `notes` par genre, celles d’aucune séquence comprises.
 */
export function dresserBilan(seance) {
  const { etapes, finPrevue } = projeter(seance, seance.close ?? Date.now());
  const lignes = etapes.map((etape) => ({
    ...etape,
    etat: etape.etat === "faite" ? "faite" : "passee",
    minutes: etape.etat === "faite" ? minutesDe(etape) : 0,
    groupes: groupesDe(seance, etape),
    notes: seance.notes.filter(({ sequence }) => sequence === etape.sequence.id),
  }));
  const faites = lignes.filter(({ etat }) => etat === "faite");
  const fin = faites.at(-1)?.fin ?? null;
  const deGenre = (voulu) => seance.notes.filter(({ genre }) => genre === voulu);
  return {
    debut: faites[0]?.debut ?? null,
    fin,
    finPrevue,
    retard: fin === null ? 0 : Math.round((fin - finPrevue) / MINUTE),
    lignes,
    decisions: deGenre("decision"),
    actions: deGenre("action"),
    idees: deGenre("idee"),
  };
}

/** Le temps de chaque groupe, quand ils n’ont pas rendu ensemble. */
function groupesDe(seance, { sequence, etape, etat, debut, fin }) {
  if (etat !== "faite" || !parGroupes(seance, sequence)) return [];
  const temps = seance.groupes.map((nom, rang) => ({
    nom,
    minutes: minutesDe({ debut, fin: etape.groupes[rang]?.fin ?? fin }),
  }));
  return new Set(temps.map(({ minutes }) => minutes)).size > 1 ? temps : [];
}
