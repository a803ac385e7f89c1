// Un .odt devient une suite de blocs, les marges (notes, commentaires, en-têtes et pieds) à part.

import { attribut, enfants } from "./arbre.js";
import { refus } from "./refus.js";

const TAIRE = new Set("tracked-changes sequence-decls forms settings bookmark title desc".split(" "));
const MARGES = new Set(["note", "annotation"]);
const RANGEES = new Set(["table-header-rows", "table-rows", "table-row-group"]);

const bloc = (genre, contenu = "", niveau = 0) => ({ genre, texte: contenu, niveau, alertes: [] });
const nommes = (element, nom) => enfants(element).flatMap(([balise, enfant]) => (balise === nom ? [enfant] : []));

/** Les blocs du document, dont les parties sont données par leur nom. Lève DocumentRefuse. */
export function lire({ "content.xml": contenu, "styles.xml": styles }) {
  if (!contenu) throw refus("sans_texte_principal");
  const corps = nommes(contenu, "body").flatMap((un) => enfants(un));
  const maitres = styles ? nommes(styles, "master-styles") : [];
  const marges = [...lesMarges(contenu), ...maitres.flatMap((m) => [...lesBlocs(m, "paragraphe")].map((b) => b.texte))];
  return [
    ...corps.flatMap(([, texte]) => [...lesBlocs(texte, "paragraphe")]),
    ...marges.filter((marge) => marge.trim()).map((marge) => bloc("marge", marge)),
  ];
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
      const cellules = nommes(rangee, "table-cell");
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

function* lesMarges(element) {
  for (const [balise, enfant] of enfants(element)) {
    if (MARGES.has(balise)) {
      const textes = [...lesBlocs(enfant, "paragraphe")].map((b) => b.texte).filter(Boolean);
      if (textes.length) yield textes.join("\n");
    } else if (balise !== "tracked-changes") yield* lesMarges(enfant);
  }
}

function texte(element) {
  let dit = "";
  for (const noeud of element.noeuds) {
    const balise = noeud.nom;
    if (typeof noeud === "string") dit += noeud;
    else if (balise === "s") {
      const nombre = attribut(noeud, "c");
      dit += " ".repeat(/^[0-9]{1,3}$/.test(nombre) ? Number(nombre) : 1);
    } else if (balise === "tab") dit += "\t";
    else if (balise === "line-break") dit += "\n";
    else if (balise === "p" || balise === "h") dit += `\n${texte(noeud)}\n`;
    else if (!TAIRE.has(balise) && !MARGES.has(balise)) dit += texte(noeud);
  }
  return dit;
}
