// Le XML d’un document, une fois lu : { nom, attributs, noeuds }, des noms sans préfixe ; un nœud est un texte ou un
// élément. Python donne le même.

/** La valeur d’un attribut ; vide s’il manque. */
export const attribut = (element, nom) => element.attributs[nom] || "";

/** Les éléments enfants, avec leur nom. */
export const enfants = (element) =>
  element.noeuds.filter((noeud) => typeof noeud !== "string").map((enfant) => [enfant.nom, enfant]);

/** Le texte d’un élément, de ses enfants compris. */
export const texteDe = (element) =>
  element.noeuds.map((noeud) => (typeof noeud === "string" ? noeud : texteDe(noeud))).join("");
