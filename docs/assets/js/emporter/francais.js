// Dates, heures et noms tels qu’on les écrit en français ; mêmes règles que macros/ecriture/typographie.py et
// macros/modeles/seances/agenda.py.
export const INSECABLE = "\u00A0";
export const FINE = "\u202F";

const JOUR = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** Vrai pour un jour du calendrier écrit « 2027-03-28 ». */
export function estJour(texte) {
  if (typeof texte !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(texte)) return false;
  const jour = new Date(`${texte}T00:00:00Z`);
  return !Number.isNaN(jour.getTime()) && jour.toISOString().startsWith(texte);
}

/** « 2027-05-01 » -> « samedi 1er mai 2027 » ; vide si ce n’est pas un jour. */
export function dateLongue(texte) {
  return estJour(texte) ? JOUR.format(new Date(`${texte}T00:00:00Z`)).replace(/(?<=\s)1(?=\s)/, "1er") : "";
}

/** « 08:30 » -> « 8 h 30 » ; vide si ce n’est pas une heure. */
export function heure(texte) {
  const lue = /^(\d{1,2}):(\d{2})$/.exec(texte ?? "");
  if (!lue) return "";
  const [heures, minutes] = [Number(lue[1]) % 24, lue[2]];
  return minutes === "00" ? `${heures}${INSECABLE}h` : `${heures}${INSECABLE}h${INSECABLE}${minutes}`;
}

/** 75 minutes -> « 1 h 15 ». */
export function duree(minutes) {
  if (!Number.isFinite(minutes)) return "";
  if (minutes < 60) return `${minutes}${INSECABLE}min`;
  const reste = minutes % 60;
  return `${Math.floor(minutes / 60)}${INSECABLE}h${reste ? `${INSECABLE}${String(reste).padStart(2, "0")}` : ""}`;
}

export const accorder = (nombre, singulier, pluriel = `${singulier}s`) =>
  `${nombre}${INSECABLE}${Math.abs(nombre) < 2 ? singulier : pluriel}`;

const liste = new Intl.ListFormat("fr", { type: "conjunction" });
export const enumerer = (mots) => liste.format(mots);

/** Un nom de fichier que tous les systèmes acceptent. */
export function nomDeFichier(...mots) {
  const nu = mots
    .filter(Boolean)
    .join(" ")
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return nu.slice(0, 80).replace(/-+$/, "") || "document";
}
