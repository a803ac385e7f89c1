// Les heures, les durées et les textes du composeur, écrits comme le fait macros/modeles/seances/agenda.py,
// macros/modeles/seances/durees.py et macros/ecriture/typographie.py. Aucun accès à la page.

const INSECABLE = "\u00A0";
const FINE = "\u202F";
const MINUTES_DU_JOUR = 24 * 60;

/** Espaces insécables de nos propres phrases ; jamais appliqué à ce que l’utilisateur écrit. */
export const typo = (texte) =>
  texte
    .replace(/ ([;!?])/gu, `${FINE}$1`)
    .replace(/ :/gu, `${INSECABLE}:`)
    .replace(/« /gu, `«${INSECABLE}`)
    .replace(/ »/gu, `${INSECABLE}»`)
    .replace(/(\d) (h|min|km)(?![\p{L}])/gu, `$1${INSECABLE}$2`)
    .replace(/(\dh|\bh) (\d{2})\b/gu, `$1${INSECABLE}$2`);

/** Minutes depuis minuit de « 08:30 ». */
export function minutes(heure) {
  const [h, m] = heure.split(":").map(Number);
  return h * 60 + m;
}

/** « 08:30 » ; au-delà de minuit, l’heure du lendemain. */
export function hhmm(total) {
  const dansLeJour = ((total % MINUTES_DU_JOUR) + MINUTES_DU_JOUR) % MINUTES_DU_JOUR;
  return `${String(Math.floor(dansLeJour / 60)).padStart(2, "0")}:${String(dansLeJour % 60).padStart(2, "0")}`;
}

/** « 8 h 30 », de minutes ou de « 08:30 ». */
export function heure(valeur) {
  const total = typeof valeur === "string" ? minutes(valeur) : valeur;
  const [h, m] = [Math.floor(total / 60), total % 60];
  return m ? `${h}${INSECABLE}h${INSECABLE}${String(m).padStart(2, "0")}` : `${h}${INSECABLE}h`;
}

/** « 45 min », « 2 h », « 1 h 15 ». */
export const duree = (total) => (total >= 60 ? heure(total) : `${total}${INSECABLE}min`);

/** « 1 h 15 », « de 45 min à 1 h 30 », « au moins 1 h » ou « au plus 2 h » ; null vaut l’infini. */
export function bornesDeDuree([bas, haut]) {
  if (haut === null) return `au moins ${duree(bas)}`;
  if (bas === haut) return duree(bas);
  return bas === 0 ? `au plus ${duree(haut)}` : `de ${duree(bas)} à ${duree(haut)}`;
}

const nombre = (valeur) => String(Math.round(valeur * 10) / 10).replace(".", ",");

/** « 4 à 8 personnes ». */
export function bornesDePersonnes([bas, haut]) {
  if (haut === null) return `au moins ${nombre(bas)} personnes`;
  if (bas === 0) return `au plus ${nombre(haut)} personnes`;
  return bas === haut ? `${nombre(bas)} personnes` : `${nombre(bas)} à ${nombre(haut)} personnes`;
}

/** « 1 groupe », « 3 groupes ». */
export const accorder = (n, mot, pluriel = `${mot}s`) => `${n}${INSECABLE}${n < 2 ? mot : pluriel}`;

const JOUR_ECRIT = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** « mardi 20 octobre 2026 », de « 2026-10-20 ». */
export const dateEcrite = (date) =>
  JOUR_ECRIT.format(new Date(`${date}T00:00:00Z`))
    .replace(/ 1 /u, " 1er ")
    .replaceAll(/ (?=\d{4}$)/gu, INSECABLE);
