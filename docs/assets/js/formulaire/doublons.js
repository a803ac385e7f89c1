// Doublons probables : la même mesure que macros/contribution/proximite.py (mots et paires de lettres, coefficient de
// Dice).
import COMMUN from "../partage/commun.js";
import { normaliser, plier } from "../recherche/normalisation.js";

const MOTS_VIDES = new Set(COMMUN.mots_vides);

const singulier = (mot) => (mot.length > 3 && /[sx]$/u.test(mot) ? mot.slice(0, -1) : mot);
const mots = (texte) =>
  plier(normaliser(texte))
    .split(" ")
    .filter((mot) => mot && !MOTS_VIDES.has(mot))
    .map(singulier);

const vus = new Map();

/**
 * Les mots et les paires de lettres d’un nom, calculés une fois : tous les noms de la base sont comparés à chaque
 * frappe.
 */
function traits(texte) {
  if (!vus.has(texte)) {
    const utiles = mots(texte);
    const joints = utiles.join(" ");
    const paires = Array.from({ length: Math.max(0, joints.length - 1) }, (_, i) => joints.slice(i, i + 2));
    vus.set(texte, [new Set(utiles), new Set(paires)]);
  }
  return vus.get(texte);
}

function dice(un, autre) {
  if (!un.size || !autre.size) return 0;
  let communs = 0;
  for (const x of un) communs += Number(autre.has(x));
  return (2 * communs) / (un.size + autre.size);
}

/** De 0 (rien de commun) à 1 (mêmes mots). */
export function proximite(un, autre) {
  const [a, b] = [traits(un), traits(autre)];
  return Math.max(dice(a[0], b[0]), dice(a[1], b[1]));
}

/** Les fiches que ce titre répète probablement, la plus proche d’abord : { id, type, titre, nom, score }. */
export function voisins(titre, reperes, { sauf = "", limite = 5 } = {}) {
  const trouves = [];
  for (const [id, [type, nomPrincipal, ...synonymes]] of Object.entries(reperes.fiches)) {
    if (id === sauf) continue;
    const [score, nom] = [nomPrincipal, ...synonymes]
      .map((n) => [proximite(titre, n), n])
      .reduce((a, b) => (b[0] > a[0] ? b : a));
    if (score >= COMMUN.seuil_de_proximite) trouves.push({ id, type, titre: nomPrincipal, nom, score });
  }
  return trouves.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limite);
}
