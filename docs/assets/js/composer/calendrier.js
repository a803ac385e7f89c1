// Jours fériés, week-ends et jours ouvrés. Les dates sont des textes « 2026-10-20 » ; les calculs se font en temps
// universel, où tous les jours ont vingt-quatre heures. `calendrier` vient de macros/lecture/lieux/jours.py :
// { annees: [première, dernière], feries: {département ou "": {date: nom}}, zones: {département: zone},
// vacances: [[zone, nom, debut, fin]] }.

const JOUR = 86_400_000;

const instant = (date) => Date.parse(`${date}T00:00:00Z`);
const de = (table, cle) => (Object.hasOwn(table, cle ?? "") ? table[cle ?? ""] : undefined);

/** La date, tant de jours plus tard (ou plus tôt). */
export const decaler = (date, jours) => new Date(instant(date) + jours * JOUR).toISOString().slice(0, 10);

/** Nom du jour férié dans le département, ou null : jour ordinaire, ou année que le calendrier ne connaît pas. */
export const ferie = (date, departement, { feries }) => feries[""][date] ?? de(feries, departement)?.[date] ?? null;

/** « samedi », « dimanche », ou null. */
export const weekend = (date) => ({ 6: "samedi", 0: "dimanche" })[new Date(instant(date)).getUTCDay()] ?? null;

/** Vrai du lundi au vendredi, hors jours fériés. */
export const estOuvre = (date, departement, calendrier) => !weekend(date) && !ferie(date, departement, calendrier);

/** Ce jour, ou le dernier jour ouvré qui le précède. */
export function ouvrePrecedent(date, departement, calendrier) {
  let jour = date;
  while (!estOuvre(jour, departement, calendrier)) jour = decaler(jour, -1);
  return jour;
}

/** Nom des vacances scolaires ce jour-là dans le département, ou null : hors vacances, ou zone ou année inconnues. */
export const vacances = (date, departement, calendrier) => {
  const zone = de(calendrier.zones, departement);
  return calendrier.vacances.find(([z, , debut, fin]) => z === zone && debut <= date && date <= fin)?.[1] ?? null;
};
