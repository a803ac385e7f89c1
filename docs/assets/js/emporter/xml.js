// Un texte quelconque -> un texte que XML accepte : rien de ce qu’il contient ne devient une balise, et les
// caractères que XML 1.0 interdit (commandes, moitiés de caractère, non-caractères) en sont retirés, sans quoi Word
// refuse le fichier.
const INTERDITS = new RegExp(
  "[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]|" +
    "[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]",
  "g",
);
const ENTITES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Le même texte sans caractère interdit, les fins de ligne ramenées à une seule. */
export const permis = (texte) =>
  String(texte ?? "")
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(INTERDITS, "");

export const echapper = (texte) => permis(texte).replace(/[&<>"']/g, (signe) => ENTITES[signe]);

/** L’adresse si elle mène quelque part sans rien exécuter, ou null. */
export function adresseSure(adresse, base) {
  try {
    const url = new URL(adresse, base);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
