// Pour chercher : sans accent, sans casse, apostrophes et tirets en espaces.
export const plierTexte = (texte) =>
  texte
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/gu, "")
    .replace(/[^a-z0-9]+/gu, " ")
    .trim();
