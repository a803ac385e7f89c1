// Textes comparés : mots, espaces, accents.

const compiles = new Map();

/** Compile un motif des correspondances, une fois. */
export function motif(texte) {
  if (!compiles.has(texte)) compiles.set(texte, new RegExp(texte, "u"));
  return compiles.get(texte);
}

/** Le même motif, pour trouver toutes ses occurrences. */
export function motifs(texte) {
  const cle = `g ${texte}`;
  if (!compiles.has(cle)) compiles.set(cle, new RegExp(texte, "gu"));
  return compiles.get(cle);
}

const CONTROLES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;
const INVISIBLES = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const BORDS = /^[ \t\u00a0\u202f]+|[ \t\u00a0\u202f]+$/g;

/** Retire ce qui ne se voit pas, réduit les suites d’espaces, rogne chaque ligne. */
export function nettoyer(texte) {
  return texte
    .replace(/\r\n/g, "\n")
    .replace(/\r/g, "\n")
    .replace(INVISIBLES, "")
    .replace(CONTROLES, " ")
    .split("\n")
    .map((ligne) => ligne.replace(/ {2,}/g, " ").replace(BORDS, ""))
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}

/** Sur une ligne, chaque blanc devenu une espace. */
export const uni = (texte) => texte.replace(/[ \t\n\u00a0\u202f\u2009]+/g, " ").replace(/^ +| +$/g, "");

/** Minuscules, sans accents ni ponctuation finale. */
export function normaliser(texte) {
  return uni(texte)
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/œ/g, "oe")
    .replace(/’/g, "'")
    .replace(/\(s\)/g, "s")
    .replace(/[–—]/g, "-")
    .replace(/^[ «"]+/, "")
    .replace(/[ .:;,«»"]+$/, "");
}

/** Les mots d’un texte, tels qu’ils sont écrits. */
export const mots = (texte) => texte.match(/[A-Za-zÀ-ÖØ-öø-ÿŒœ0-9]+/g) || [];

/** L’identifiant que donne un titre : ses premiers mots, 60 caractères au plus. */
export function identifiant(texte) {
  const trait = normaliser(texte)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const court =
    trait.length <= 60
      ? trait
      : trait
          .slice(0, 61)
          .replace(/-[^-]*$/, "")
          .slice(0, 60);
  return court || "fiche";
}
