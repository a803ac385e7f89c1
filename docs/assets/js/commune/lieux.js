// Communes et intercommunalités, cherchées dans de petits fichiers triés (voir macros/lecture/lieux/communes.py, qui plie les
// noms exactement de même). Rien n’est envoyé : le navigateur demande une tranche de l’alphabet, jamais le nom écrit.
import { charger } from "../charger.js";
import { racine } from "../socle.js";

const DOSSIER = new URL("api/communes/", racine);
export const MINIMUM = 3;
export const CODE = /^(?:\d{5}|2[AB]\d{3}|\d{9})$/u;
const ARTICLES = new Set(["le", "la", "les", "l"]);
const LIAISONS = new Set([...ARTICLES, "de", "du", "des", "d"]);
const NATURES = [
  "communaute de communes",
  "communaute d agglomeration",
  "communaute urbaine",
  "metropole",
  "cc",
  "ca",
  "cu",
].map((nature) => nature.split(" "));
const ABREGES = { saint: "st", sainte: "ste", saints: "sts", saintes: "stes" };

/** Ce que partagent les graphies d’un nom. */
export function plier(texte) {
  const bas = texte
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/gu, "");
  let mots = bas.split(/[^a-z0-9]+/u).filter(Boolean);
  const nature = NATURES.find((n) => mots.length > n.length && n.every((mot, i) => mots[i] === mot));
  if (nature) {
    mots = mots.slice(nature.length);
    while (mots.length > 1 && LIAISONS.has(mots[0])) mots = mots.slice(1);
  } else if (mots.length > 1 && ARTICLES.has(mots[0])) {
    mots = mots.slice(1);
  }
  return mots.map((mot) => (Object.hasOwn(ABREGES, mot) ? ABREGES[mot] : mot)).join("");
}

const lire = (nom) => charger(new URL(nom, DOSSIER));

/** Combien de bornes ne dépassent pas la clé. */
function rang(bornes, cle) {
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

/**
 * Les lieux dont le nom commence ainsi, le nom exact d’abord, puis les plus peuplés.
 * `entier` est faux quand d’autres lieux commencent de même, qu’on n’a pas chargés.
 */
export async function chercher(texte) {
  const cle = plier(texte);
  if (!cle) return { cle, lieux: [], entier: true };
  const index = await lire("index.json");
  const { numeros, entier } = pieces(index.noms, cle);
  const rangees = (await Promise.all(numeros.map((n) => lire(`noms/${n}.json`)))).flat();
  const lieux = rangees
    .map(([code, nom, population, departement]) => ({
      code,
      nom,
      population,
      departement: departement ?? departementDe(code),
      cle: plier(nom),
    }))
    // Deux lettres ou moins : seulement les noms entiers (Eu, Sy, Y).
    .filter((lieu) => (cle.length < MINIMUM ? lieu.cle === cle : lieu.cle.startsWith(cle)))
    .sort((a, b) => (a.cle !== cle) - (b.cle !== cle) || b.population - a.population || (a.code < b.code ? -1 : 1));
  return { cle, lieux, entier: entier || cle.length < MINIMUM };
}

/**
 * Le lieu de ce code, ou null : `{code, nom, population, lon, lat, exact, departements, epci, estEpci, faits}`, les champs de
 * `Lieu` et de `Faits` (macros/lecture/lieux). `epci` : `{code, nom, population, departements}`, ou null.
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
