// Un .odt devient une suite de blocs. Les mêmes règles que macros/contribution/importation/odt.py.

import { refus } from "./archive.js";
import { arbre, attribut, enfants } from "./arbre.js";

const TAIRE = new Set("tracked-changes sequence-decls forms settings bookmark title desc".split(" "));
const MARGES = new Set(["note", "annotation"]);
const RANGEES = new Set(["table-header-rows", "table-rows", "table-row-group"]);

const bloc = (genre, contenu = "", niveau = 0) => ({ genre, texte: contenu, niveau, alertes: [] });

/** Les blocs du document. Lève DocumentRefuse. */
export async function lire(archive, profondeur) {
  if (archive.a("META-INF/manifest.xml")) {
    const manifeste = new TextDecoder().decode(await archive.lire("META-INF/manifest.xml"));
    if (manifeste.includes("encryption-data")) throw refus("protege");
  }
  const contenu = arbre(await archive.lire("content.xml"), profondeur);
  const blocs = [];
  for (const [balise, corps] of enfants(contenu)) {
    if (balise === "body") for (const [, texte] of enfants(corps)) blocs.push(...lesBlocs(texte, "paragraphe"));
  }
  for (const marge of marges(contenu)) blocs.push(bloc("marge", marge));
  if (archive.a("styles.xml")) {
    for (const [balise, maitres] of enfants(arbre(await archive.lire("styles.xml"), profondeur))) {
      if (balise !== "master-styles") continue;
      for (const b of lesBlocs(maitres, "paragraphe")) if (b.texte.trim()) blocs.push(bloc("marge", b.texte));
    }
  }
  return blocs;
}

function* lesBlocs(conteneur, genre) {
  for (const [balise, element] of enfants(conteneur)) {
    if (balise === "h" || balise === "p") {
      const contenu = texte(element);
      if (!contenu.trim()) yield bloc("vide");
      else if (balise === "h") {
        const niveau = attribut(element, "outline-level");
        yield bloc("titre", contenu, /^[0-9]$/.test(niveau) ? Number(niveau) : 1);
      } else yield bloc(genre, contenu);
    } else if (balise === "list") yield* lesBlocs(element, "element");
    else if (balise === "table") yield* rangees(element, genre);
    else if (!TAIRE.has(balise) && !MARGES.has(balise)) yield* lesBlocs(element, genre);
  }
}

function* rangees(table, genre) {
  for (const [balise, rangee] of enfants(table)) {
    if (balise === "table-row") {
      const cellules = enfants(rangee)
        .filter(([nom]) => nom === "table-cell")
        .map(([, c]) => c);
      if (cellules.length === 1) yield* lesBlocs(cellules[0], genre);
      else {
        const textes = cellules.map(cellule);
        yield textes.some(Boolean) ? bloc("ligne", textes.join("\t")) : bloc("vide");
      }
    } else if (RANGEES.has(balise)) yield* rangees(rangee, genre);
  }
}

const cellule = (element) =>
  [...lesBlocs(element, "paragraphe")]
    .map((b) => b.texte)
    .join(" ")
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");

function* marges(element) {
  for (const [balise, enfant] of enfants(element)) {
    if (MARGES.has(balise)) {
      const textes = [...lesBlocs(enfant, "paragraphe")].map((b) => b.texte).filter(Boolean);
      if (textes.length) yield textes.join("\n");
    } else if (balise !== "tracked-changes") yield* marges(enfant);
  }
}

function texte(element) {
  let dit = "";
  for (const noeud of element.childNodes) {
    if (noeud.nodeType === Node.TEXT_NODE || noeud.nodeType === Node.CDATA_SECTION_NODE) dit += noeud.data;
    if (noeud.nodeType !== Node.ELEMENT_NODE) continue;
    const balise = noeud.localName;
    if (balise === "s") {
      const nombre = attribut(noeud, "c");
      dit += " ".repeat(/^[0-9]{1,3}$/.test(nombre) ? Number(nombre) : 1);
    } else if (balise === "tab") dit += "\t";
    else if (balise === "line-break") dit += "\n";
    else if (balise === "p" || balise === "h") dit += `\n${texte(noeud)}\n`;
    else if (!TAIRE.has(balise) && !MARGES.has(balise)) dit += texte(noeud);
  }
  return dit;
}
