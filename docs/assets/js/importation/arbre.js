// XML lu sans ses pièges : ni DOCTYPE, ni entité, ni imbrication sans fin.

import { refus } from "./archive.js";

/** L’élément racine. Lève DocumentRefuse. */
export function arbre(octets, profondeur) {
  const codage = octets[0] === 0xff || octets[0] === 0xfe ? "utf-16" : "utf-8";
  const texte = new TextDecoder(codage).decode(octets);
  if (texte.includes("<!DOCTYPE") || texte.includes("<!ENTITY")) throw refus("entites");
  const document = new DOMParser().parseFromString(texte, "application/xml");
  if (document.doctype) throw refus("entites");
  if (document.getElementsByTagName("parsererror").length || plusProfond(document.documentElement, profondeur)) {
    throw refus("illisible");
  }
  return document.documentElement;
}

function plusProfond(racine, profondeur) {
  const parcours = racine.ownerDocument.createTreeWalker(racine, NodeFilter.SHOW_ELEMENT);
  let niveau = 1;
  for (;;) {
    if (parcours.firstChild()) niveau += 1;
    else {
      while (!parcours.nextSibling()) {
        if (parcours.currentNode === racine || !parcours.parentNode()) return false;
        niveau -= 1;
      }
    }
    if (niveau > profondeur) return true;
  }
}

/** La valeur d’un attribut, quel que soit son espace de noms ; vide s’il manque. */
export const attribut = (element, nom) => [...element.attributes].find((a) => a.localName === nom)?.value || "";

/** Les enfants, avec leur nom sans préfixe. */
export const enfants = (element) => [...element.children].map((enfant) => [enfant.localName, enfant]);
