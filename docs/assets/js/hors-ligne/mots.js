// Jours, tailles et raisons, tels que les pages les disent.
const JOUR = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric" });
const NOMBRE = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 });
const INSECABLE = "\u00A0";

/** « 2026-11-22T09:00:00Z » -> « 22 novembre 2026 », en un seul morceau, au jour de l’appareil ; vide si ce n’est pas une date. */
export function jour(iso) {
  const date = new Date(iso ?? "");
  return Number.isNaN(date.getTime()) ? "" : JOUR.format(date).replace(/^1 /, "1er ").replaceAll(" ", INSECABLE);
}

/** 7 340 000 -> « 7,3 Mo » ; jamais « 0 Mo » pour ce qui existe. */
export function taille(octets) {
  if (octets < 100_000) return `${Math.max(1, Math.round(octets / 1000))}${INSECABLE}ko`;
  return `${NOMBRE.format(octets / 1_000_000)}${INSECABLE}Mo`;
}

/** Ce qui a arrêté un téléchargement, et ce qu’on peut faire. */
export function raison({ raison: motif, manque }) {
  if (motif === "quota") {
    return `Il manque de la place sur cet appareil${manque ? ` (environ ${taille(manque)})` : ""}. Libérez-en, ou gardez moins de choses${INSECABLE}: ce qui était gardé l’est encore.`;
  }
  if (motif === "reseau") return "Le réseau s’est interrompu. Ce qui est arrivé est gardé\u202F; la suite reprendra de là.";
  if (motif === "autre-contenu" || motif === "publication") {
    return "Le site est en cours de publication, ou le réseau modifie les pages. Ce qui ne correspondait pas n’a pas été gardé\u202F; réessayez dans quelques minutes.";
  }
  return "Le navigateur a refusé de garder la copie. La navigation privée l’interdit souvent.";
}
