// Ce que Python et le navigateur appliquent tous deux est écrit une fois, dans macros/modeles/partage/*.yml. Chaque
// fichier devient un module, partage/<nom>.js, fait avec le site ; le module dit ses messages et compile ses motifs par
// leur nom.

/** Ce que Python tient pour une espace (« str.isspace ») ; le JavaScript en compte d’autres, et en oublie. */
export const ESPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const CLASSES = { mot: "[\\p{L}\\p{N}_]", espace: ESPACE, chiffre: "\\p{Nd}" };

/** { dire(nom, valeurs), motif(nom, drapeaux) } sur les données d’un fichier. */
export function partager(donnees) {
  const developper = (texte) =>
    texte.replace(/\{([a-z_]+)\}/gu, (_, nom) => CLASSES[nom] ?? developper(donnees[nom].join("|")));
  return {
    dire: (nom, valeurs = {}) => donnees.messages[nom].replace(/\{([a-z_]+)\}/gu, (_, cle) => valeurs[cle]),
    motif: (nom, drapeaux = "u") => new RegExp(developper(donnees.motifs[nom]), drapeaux),
  };
}
