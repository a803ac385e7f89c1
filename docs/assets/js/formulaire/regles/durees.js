// Portage de macros/modeles/seances/durees.py et macros/modeles/seances/agenda.py : chiffres avec une unité, horaires
// en minutes depuis minuit.
import { minutes } from "../../francais.js";
import COMMUN from "../../partage/commun.js";
import { nombre } from "./forme.js";

export const EN_MINUTES = COMMUN.minutes;
export const EN_PERSONNES = { personne: 1 };

/** [le plus petit, le plus grand] sur toutes les sources, ou null ; Infinity quand rien ne borne. */
export function bornes(chiffres, unites) {
  const connus = chiffres
    .filter(({ unite }) => Object.hasOwn(unites, unite))
    .map((c) => {
      const bas = c.valeur ?? c.min;
      const haut = c.valeur ?? c.max;
      const facteur = unites[c.unite];
      return [(bas === undefined ? 0 : nombre(bas)) * facteur, haut === undefined ? Infinity : nombre(haut) * facteur];
    });
  return connus.length ? [Math.min(...connus.map(([b]) => b)), Math.max(...connus.map(([, h]) => h))] : null;
}

/** Temps total d’étapes ; null quand l’une d’elles n’est pas minutée. */
export function somme(chiffres) {
  const durees = chiffres.map((chiffre) => (chiffre ? bornes([chiffre], EN_MINUTES) : null));
  if (!durees.length || durees.includes(null)) return null;
  return durees.reduce(([b, h], [bas, haut]) => [b + bas, h + haut], [0, 0]);
}

/** Les séquences placées l’une après l’autre : { sequence, debut, fin, ecart } ; rien sans heure de début. */
export function creneaux(seance) {
  if (!seance.debut) return [];
  let curseur = minutes(seance.debut);
  return (seance.sequences ?? []).map((sequence) => {
    const debut = sequence.debut ? minutes(sequence.debut) : curseur;
    const fin = debut + Number(sequence.duree);
    const place = { sequence, debut, fin, ecart: debut - curseur };
    curseur = fin;
    return place;
  });
}
