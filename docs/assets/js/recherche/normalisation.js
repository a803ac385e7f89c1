// Les mots tels que la recherche les voit. macros/ecriture/normalisation.py fait exactement de même : un test
// compare les deux sur de nombreux textes.

const APOSTROPHES = /[’'‘ʼ`´′＇]/g;
const ELISION = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)’ ?(?=[\p{L}\p{N}])/gu;
const ENTRE_PARENTHESES = /(?<=\p{L})\((\p{L}{1,3})\)/gu;
const MILLIERS = /(?<![\p{L}\p{N}])[0-9]{1,3}(?:[ \u00A0\u202F][0-9]{3})+(?![\p{L}\p{N}])/gu;
// oxlint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7F]*$/;
const HORS_MOT = /[^\p{L}\p{N}]+/gu;

const A_REPRENDRE = /[’'‘ʼ`´′＇œæ(0-9]/u;

/**
 * Les mots nus : minuscules, accents gardés, sans élision, sans ligature, sans ponctuation ; « 3 500 » n’en fait qu’un.
 */
export function normaliser(texte) {
  const bas = String(texte).normalize("NFC").toLowerCase().normalize("NFC");
  if (!A_REPRENDRE.test(bas)) return bas.replace(HORS_MOT, " ").trim(); // le cas courant, deux fois plus vite
  return bas
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(APOSTROPHES, "’")
    .replace(ELISION, " ")
    .replace(ENTRE_PARENTHESES, "$1")
    .replace(MILLIERS, (nombre) => nombre.replace(/[^0-9]/g, ""))
    .replace(HORS_MOT, " ")
    .trim();
}

/** Sans les accents. */
export const plier = (texte) => (ASCII.test(texte) ? texte : texte.normalize("NFD").replace(/\p{M}/gu, ""));

export const mots = (texte) => normaliser(texte).split(" ").filter(Boolean);

/** Singulier approché d’un mot sans accent. */
export const singulier = (mot) =>
  mot.length > 3 ? mot.replace(/(?:aux|[sx])$/, (f) => (f === "aux" ? "al" : "")) : mot;

/** La même fonction, qui se souvient de ses réponses : les textes du site redisent les mêmes mots. */
function retenir(fonction) {
  const faites = new Map();
  return (texte) => {
    if (!faites.has(texte)) faites.set(texte, fonction(texte));
    return faites.get(texte);
  };
}

/** Les mots d’un texte du site. */
export const motsDe = retenir(mots);

/** Ce qu’un mot a de commun avec ceux de sa famille, sans accent. */
export const racineDe = retenir((mot) => {
  const nu = singulier(plier(mot));
  return nu.length > 6 ? nu.slice(0, Math.max(5, nu.length - 3)) : nu;
});

/** Vrai quand deux racines sont de la même famille. */
export const parentes = (a, b) => a === b || (a.length >= 5 && b.startsWith(a)) || (b.length >= 5 && a.startsWith(b));
