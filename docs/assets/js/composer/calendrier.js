// Jours fériés, week-ends et jours ouvrés. Les dates sont des textes « 2026-10-20 » ; les calculs se font en temps
// universel, où tous les jours ont vingt-quatre heures.

const JOUR = 86_400_000;
const ALSACE_MOSELLE = new Set(["57", "67", "68"]);
const ABOLITION = { 971: "05-27", 972: "05-22", 973: "06-10", 974: "12-20", 976: "04-27" };
const FIXES = [
  ["01-01", "jour de l’An"],
  ["05-01", "fête du Travail"],
  ["05-08", "victoire de 1945"],
  ["07-14", "fête nationale"],
  ["08-15", "Assomption"],
  ["11-01", "Toussaint"],
  ["11-11", "armistice de 1918"],
  ["12-25", "Noël"],
];

const instant = (date) => Date.parse(`${date}T00:00:00Z`);
const ecrire = (temps) => new Date(temps).toISOString().slice(0, 10);

/** La date, tant de jours plus tard (ou plus tôt). */
export const decaler = (date, jours) => ecrire(instant(date) + jours * JOUR);

/** Dimanche de Pâques du calendrier grégorien (méthode de Meeus). */
export function paques(annee) {
  const [a, b, c] = [annee % 19, Math.floor(annee / 100), annee % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const reste = h + l - 7 * m + 114;
  return ecrire(Date.UTC(annee, Math.floor(reste / 31) - 1, (reste % 31) + 1));
}

/** Les jours fériés de l’année : date -> nom, avec ceux du département donné (« 67 », « 974 »…). */
export function feries(annee, departement = null) {
  const dimanche = paques(annee);
  const jours = new Map(FIXES.map(([jour, nom]) => [`${annee}-${jour}`, nom]));
  jours.set(decaler(dimanche, 1), "lundi de Pâques");
  jours.set(decaler(dimanche, 39), "Ascension");
  jours.set(decaler(dimanche, 50), "lundi de Pentecôte");
  if (ALSACE_MOSELLE.has(departement)) {
    jours.set(decaler(dimanche, -2), "Vendredi saint, en Alsace et en Moselle");
    jours.set(`${annee}-12-26`, "Saint-Étienne, en Alsace et en Moselle");
  }
  if (Object.hasOwn(ABOLITION, departement ?? ""))
    jours.set(`${annee}-${ABOLITION[departement]}`, "abolition de l’esclavage");
  return jours;
}

/** Nom du jour férié, ou null. */
export const ferie = (date, departement) => feries(Number(date.slice(0, 4)), departement).get(date) ?? null;

/** « samedi », « dimanche », ou null. */
export const weekend = (date) => ({ 6: "samedi", 0: "dimanche" })[new Date(instant(date)).getUTCDay()] ?? null;

/** Vrai du lundi au vendredi, hors jours fériés. */
export const estOuvre = (date, departement) => !weekend(date) && !ferie(date, departement);

/** Ce jour, ou le dernier jour ouvré qui le précède. */
export function ouvrePrecedent(date, departement) {
  let jour = date;
  while (!estOuvre(jour, departement)) jour = decaler(jour, -1);
  return jour;
}

/**
 * Nom des vacances scolaires ce jour-là dans le département, ou null : hors vacances, ou zone ou année inconnues.
 * `donnees` vaut { zones: {departement: zone}, periodes: [[zone, nom, debut, fin]] }.
 */
export function vacances(date, departement, donnees) {
  const zone = departement && Object.hasOwn(donnees.zones, departement) ? donnees.zones[departement] : null;
  return donnees.periodes.find(([z, , debut, fin]) => z === zone && debut <= date && date <= fin)?.[1] ?? null;
}
