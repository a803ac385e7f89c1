// Les mots du temps : ce qui reste, l’avance ou le retard, l’heure. Aucun accès à la page.
import { duree, heure, typo } from "../francais.js";
import { MINUTE } from "./temps.js";

/** « 10 h 42 », à l’heure de l’appareil. */
export function aLHeure(ms) {
  const date = new Date(ms);
  return heure(date.getHours() * 60 + date.getMinutes());
}

/** « 10:42 », ce que prend un champ d’heure. */
export function champDHeure(ms) {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
}

/** L’instant du même jour à cette heure. */
export function aCetteHeure(ms, hhmm) {
  const [heures, minutes] = hhmm.split(":").map(Number);
  return new Date(ms).setHours(heures, minutes, 0, 0);
}

/** { texte, trop } : « 12 min », « 45 s », puis ce qui dépasse. */
export function reste(fin, maintenant) {
  const ms = fin - maintenant;
  if (ms <= -MINUTE) return { texte: typo(`+ ${duree(Math.floor(-ms / MINUTE))}`), trop: true };
  if (ms <= 0) return { texte: "C’est l’heure", trop: true };
  if (ms < MINUTE) return { texte: typo(`${Math.ceil(ms / 1000)} s`).replace(" s", "\u00A0s"), trop: false };
  return { texte: duree(Math.ceil(ms / MINUTE)), trop: false };
}

/** { texte, genre } : « À l’heure », « 7 min de retard », « 4 min d’avance ». */
export function ecart(minutes) {
  if (minutes > 0) return { texte: `${duree(minutes)} de retard`, genre: "retard" };
  if (minutes < 0) return { texte: `${duree(-minutes)} d’avance`, genre: "avance" };
  return { texte: "À l’heure", genre: "juste" };
}
