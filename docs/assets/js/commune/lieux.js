// Communes et intercommunalités, cherchées dans de petits fichiers triés (voir macros/lecture/lieux/communes.py, qui
// plie les noms exactement de même). Rien n’est envoyé : le navigateur demande une tranche de l’alphabet, jamais le nom
// écrit.
import { charger } from "../charger.js";
import partage from "../partage/lieux.js";
import { racine } from "../socle.js";

const DOSSIER = new URL("api/communes/", racine);
export const MINIMUM = 3;
/** Un code Insee de commune, ou le SIREN d’une intercommunalité. */
export const CODE = /^(?:\d{5}|2[AB]\d{3}|\d{9})$/u;
const ARTICLES = new Set(partage.articles);
const LIAISONS = new Set(partage.liaisons);
const NATURES = partage.natures.map((nature) => nature.split(" "));

/** Les mots d’un texte, sans accent ni casse. */
export const mots = (texte) =>
  texte
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/gu, "")
    .split(/[^a-z0-9]+/u)
    .filter(Boolean);

/** Ces mots s’ouvrent sur une sorte d’intercommunalité (« CC de », « Communauté urbaine »…). */
export const natureDe = (lus) => NATURES.find((n) => lus.length > n.length && n.every((mot, i) => lus[i] === mot));

/** Ce que partagent les graphies d’un nom. */
export const plier = (texte) => plierMots(mots(texte));

/** De même pour des mots déjà séparés. */
export function plierMots(lus) {
  const nature = natureDe(lus);
  let gardes = lus;
  if (nature) {
    gardes = lus.slice(nature.length);
    while (gardes.length > 1 && LIAISONS.has(gardes[0])) gardes = gardes.slice(1);
  } else if (lus.length > 1 && ARTICLES.has(lus[0])) {
    gardes = lus.slice(1);
  }
  return gardes.map((mot) => (Object.hasOwn(partage.abreges, mot) ? partage.abreges[mot] : mot)).join("");
}

/** Un fichier de la recherche des lieux. */
export const lire = (nom) => charger(new URL(nom, DOSSIER));

/** Combien de bornes (écrites à la suite) ne dépassent pas la clé. */
export function rang(ecrites, cle) {
  const bornes = ecrites.split(" ");
  let [bas, haut] = [0, bornes.length];
  while (bas < haut) {
    const milieu = (bas + haut) >> 1;
    if (bornes[milieu] <= cle) bas = milieu + 1;
    else haut = milieu;
  }
  return bas;
}

function pieces(bornes, cle) {
  const premiere = Math.max(0, rang(bornes, cle) - 1);
  const derniere = rang(bornes, `${cle}~`) - 1;
  return { numeros: derniere === premiere + 1 ? [premiere, derniere] : [premiere], entier: derniere - premiere < 2 };
}

/** Département d’une commune, d’après son code. */
export const departementDe = (code) => code.slice(0, /^9[78]/u.test(code) ? 3 : 2);

/** Une rangée d’une tranche de noms (voir « rangees », macros/lecture/lieux/noms.py). */
function depuis([code, nom, population, departement, ancien, sorte, mot]) {
  const cle = plier(ancien || nom);
  if (!code) return { code, nom, pays: departement, cle };
  return {
    code,
    nom,
    population,
    departement: departement || departementDe(code),
    cle,
    ...(ancien ? { ancien, sorte } : {}),
    ...(mot ? { mot: true } : {}),
  };
}

/** Un lieu qui porte ce nom passe avant une commune dont il n’est qu’une partie. */
const partie = ({ sorte }) => (sorte && sorte !== "D" ? 1 : 0);

/** Une commune passe avant une intercommunalité. */
const epci = ({ code }) => (code.length === 9 ? 1 : 0);

/** Les plus peuplés d’abord, ceux qui portent le nom avant ceux qui l’ont absorbé. */
export const parTaille = (a, b) =>
  partie(a) - partie(b) || b.population - a.population || (a.code < b.code ? -1 : Number(a.code > b.code));

/** Toutes les rangées des tranches d’une clé, et si aucune autre tranche ne commence de même. */
export async function rangees(cle) {
  const index = await lire("index.json");
  const { numeros, entier } = pieces(index.noms, cle);
  const lues = (await Promise.all(numeros.map((n) => lire(`noms/${n}.json`)))).flat();
  return { entier, lieux: lues.map(depuis) };
}

/**
 * Les lieux dont le nom commence ainsi, le nom exact d’abord, puis les plus peuplés ; `ancien` : le nom d’une commune
 * qui en fait partie, quand c’est lui qui commence ainsi. `entier` est faux quand d’autres lieux commencent de même,
 * qu’on n’a pas chargés ; `dehors` : les lieux de ce nom exact hors de France.
 */
export async function chercher(texte) {
  const cle = plier(texte);
  if (!cle) return { cle, lieux: [], entier: true, dehors: [] };
  const { lieux: lus, entier } = await rangees(cle);
  const lieux = lus
    // Deux lettres ou moins : seulement les noms entiers (Eu, Sy, Y).
    .filter((lieu) => lieu.code && (cle.length < MINIMUM ? lieu.cle === cle : lieu.cle.startsWith(cle)))
    .sort((a, b) => (a.cle !== cle) - (b.cle !== cle) || epci(a) - epci(b) || parTaille(a, b));
  const dehors = lus.filter((lieu) => !lieu.code && lieu.cle === cle);
  return { cle, lieux: uniques(lieux), entier: entier || cle.length < MINIMUM, dehors };
}

/** Chaque lieu une fois, sous le premier de ses noms. */
export function uniques(lieux) {
  const vus = new Set();
  return lieux.filter(({ code }) => !vus.has(code) && vus.add(code));
}

/**
 * Le lieu de ce code, ou null : `{code, nom, population, lon, lat, exact, departements, epci, estEpci, faits}`, les
 * champs de `Lieu` et de `Faits` (macros/lecture/lieux). `epci` : `{code, nom, population, departements}`, ou null.
 */
export async function lieu(code) {
  if (!CODE.test(code)) return null;
  const index = await lire("index.json");
  const numero = Math.max(0, rang(index.codes, code) - 1);
  const piece = await lire(`codes/${numero}.json`);
  const rangee = piece.lieux.find(([autre]) => autre === code);
  if (!rangee) return null;
  const [, nom, population, lon, lat, exact, departements, siren, faits] = rangee;
  return {
    code,
    nom,
    population,
    lon,
    lat,
    exact: exact === 1,
    departements,
    epci: siren ? epciDe(siren, piece.epci[siren]) : null,
    estEpci: code.length === 9,
    faits: faitsDe(faits, index),
  };
}

const epciDe = (code, [nom, population, ...departements]) => ({ code, nom, population, departements });

/** Une liste datée ne prouve que ce qu’elle dit : un programme absent n’est pas un refus. */
function faitsDe([densite, ruralite, centralite, massif, montagne, qpv, signes, ort, dates], index) {
  const programmes = index.programmes.filter((_, i) => (signes ?? 0) & (1 << i));
  return {
    densite: densite ?? null,
    ruralite: index.mots[ruralite - 1] ?? null,
    centralite: centralite ?? null,
    massif: index.mots[massif - 1] ?? null,
    montagne: montagne === 1,
    programmes: Object.fromEntries(programmes.map((nom) => [nom, dates?.[nom] ?? true])),
    ort: ort ?? null,
    qpv: qpv ?? null,
  };
}
