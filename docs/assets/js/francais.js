// Dates, heures, nombres et noms tels qu’on les écrit en français ; mêmes règles que macros/ecriture/typographie.py,
// macros/modeles/seances/agenda.py et durees.py. Aucun accès à la page.
import { dire } from "./partage/commun.js";

export const INSECABLE = "\u00A0";
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

const deuxChiffres = (n) => String(n).padStart(2, "0");

/** Minutes depuis minuit de « 08:30 ». */
export function minutes(heureEcrite) {
  const [h, m] = String(heureEcrite).split(":").map(Number);
  return h * 60 + m;
}

/** « 08:30 » ; au-delà de minuit, l’heure du lendemain. */
export function hhmm(total) {
  const dansLeJour = ((total % MINUTES_DU_JOUR) + MINUTES_DU_JOUR) % MINUTES_DU_JOUR;
  return `${deuxChiffres(Math.floor(dansLeJour / 60))}:${deuxChiffres(dansLeJour % 60)}`;
}

/** « 8 h 30 », de minutes ou de « 08:30 » ; vide si ce n’est pas une heure. */
export function heure(valeur) {
  const total = typeof valeur === "string" ? minutes(valeur) % MINUTES_DU_JOUR : valeur;
  if (!Number.isFinite(total)) return "";
  const [h, m] = [Math.floor(total / 60), total % 60];
  return `${h}${INSECABLE}h${m ? INSECABLE + deuxChiffres(m) : ""}`;
}

/** « 45 min », « 2 h », « 1 h 15 » ; vide si ce n’est pas un nombre. */
export const duree = (total) => (total < 60 ? `${total}${INSECABLE}min` : heure(total));

const bornes = ([bas, haut], ecrire, entre) => {
  if (haut === null || haut === Infinity) return dire("au_moins", { bas: ecrire(bas) });
  if (bas === haut) return ecrire(bas);
  return bas ? dire(entre, { bas: ecrire(bas), haut: ecrire(haut) }) : dire("au_plus", { haut: ecrire(haut) });
};

/** « 1 h 15 », « de 45 min à 1 h 30 », « au moins 1 h » ou « au plus 2 h » ; sans borne : null ou Infinity. */
export const bornesDeDuree = (intervalle) => bornes(intervalle, (n) => duree(Math.trunc(n)), "de_a");

const nombre = (valeur) => String(Math.round(valeur * 10) / 10).replace(".", ",");

/** « 4 à 8 personnes ». */
export const bornesDePersonnes = (intervalle) => `${bornes(intervalle, nombre, "a")} personnes`;

/** « 1 groupe », « 3 groupes ». */
export const accorder = (n, mot, pluriel = `${mot}s`) => `${n}${INSECABLE}${Math.abs(n) < 2 ? mot : pluriel}`;

const JOUR = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** Vrai pour un jour du calendrier écrit « 2027-03-28 ». */
export function estJour(texte) {
  if (typeof texte !== "string" || !/^\d{4}-\d{2}-\d{2}$/u.test(texte)) return false;
  const jour = new Date(`${texte}T00:00:00Z`);
  return !Number.isNaN(jour.getTime()) && jour.toISOString().startsWith(texte);
}

/** « 2027-05-01 » -> « samedi 1er mai 2027 » ; vide si ce n’est pas un jour. */
export const dateLongue = (texte) =>
  estJour(texte)
    ? JOUR.format(new Date(`${texte}T00:00:00Z`))
        .replace(/(?<=\s)1(?=\s)/u, "1er")
        .replace(/ (?=\d{4}$)/u, INSECABLE)
    : "";

const liste = new Intl.ListFormat("fr", { type: "conjunction" });
export const enumerer = (mots) => liste.format(mots);

/** « Où aller ? » -> « ou-aller », de tant de caractères au plus. */
export const identifiant = (texte, max = 80) =>
  texte
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, max)
    .replace(/-+$/u, "");

/** Un nom de fichier que tous les systèmes acceptent. */
export const nomDeFichier = (...mots) => identifiant(mots.filter(Boolean).join(" ")) || "document";
