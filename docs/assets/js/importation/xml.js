// XML lu dans le navigateur, sans ses pièges : ni DOCTYPE, ni entité, ni imbrication sans fin.
import { refus } from "./refus.js";

/** L’élément racine, tel que le décrit arbre.js. Lève DocumentRefuse. */
export function lireXml(octets, profondeur) {
  const codage = octets[0] === 0xff || octets[0] === 0xfe ? "utf-16" : "utf-8";
  const texte = new TextDecoder(codage).decode(octets);
  if (texte.includes("<!DOCTYPE") || texte.includes("<!ENTITY")) throw refus("entites");
  const document = new DOMParser().parseFromString(texte, "application/xml");
  if (document.doctype) throw refus("entites");
  if (document.getElementsByTagName("parsererror").length) throw refus("illisible");
  return elementDe(document.documentElement, profondeur);
}

function elementDe(element, reste) {
  if (!reste) throw refus("illisible");
  const attributs = [...element.attributes].toReversed().map((attribut) => [attribut.localName, attribut.value]);
  const noeuds = [];
  for (const noeud of element.childNodes) {
    if (noeud.nodeType === Node.ELEMENT_NODE) noeuds.push(elementDe(noeud, reste - 1));
    else if (noeud.nodeType === Node.TEXT_NODE || noeud.nodeType === Node.CDATA_SECTION_NODE) noeuds.push(noeud.data);
  }
  return { nom: element.localName, attributs: Object.fromEntries(attributs), noeuds };
}
