// Doublons probables : la même mesure que macros/proximite.py (mots et paires de lettres, coefficient de Dice).
import { normaliser, plier } from "../recherche/normalisation.js";

export const SEUIL = 0.8;
const MOTS_VIDES = new Set(
  ("l d n s c j m t qu le la les un une des du de au aux a et ou en dans par pour sur sous avec sans ce cet cette ces "
    + "se sa son ses leur leurs que qui dont est").split(" "),
);

const singulier = (mot) => (mot.length > 3 && /[sx]$/u.test(mot) ? mot.slice(0, -1) : mot);
const mots = (texte) => plier(normaliser(texte)).split(" ").filter((mot) => mot && !MOTS_VIDES.has(mot)).map(singulier);

function paires(texte) {
  const joints = mots(texte).join(" ");
  return new Set(Array.from({ length: Math.max(0, joints.length - 1) }, (_, i) => joints.slice(i, i + 2)));
}

function dice(un, autre) {
  if (!un.size || !autre.size) return 0;
  const communs = [...un].filter((x) => autre.has(x)).length;
  return (2 * communs) / (un.size + autre.size);
}

/** De 0 (rien de commun) à 1 (mêmes mots). */
export const proximite = (un, autre) => Math.max(dice(new Set(mots(un)), new Set(mots(autre))), dice(paires(un), paires(autre)));

/** Les fiches que ce titre répète probablement, la plus proche d’abord : { id, type, titre, nom, score }. */
export function voisins(titre, reperes, { sauf = "", limite = 5 } = {}) {
  const trouves = [];
  for (const [id, [type, nomPrincipal, ...synonymes]] of Object.entries(reperes.fiches)) {
    if (id === sauf) continue;
    const [score, nom] = [nomPrincipal, ...synonymes].map((n) => [proximite(titre, n), n]).reduce((a, b) => (b[0] > a[0] ? b : a));
    if (score >= SEUIL) trouves.push({ id, type, titre: nomPrincipal, nom, score });
  }
  return trouves.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limite);
}
