// Un .docx devient une suite de blocs. Les mêmes règles que macros/contribution/importation/docx.py.

import { arbre, attribut, enfants } from "./arbre.js";

const TAIRE = new Set("pPr rPr instrText delText del moveFrom Fallback sdtPr tblPr trPr tcPr".split(" "));
const MARGES = /^word\/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml$/;
const TITRE = /^(?:heading|titre) ?([1-9])$/;

/** Les blocs du document. Lève DocumentRefuse. */
export async function lire(archive, profondeur) {
  const corps = arbre(await archive.lire("word/document.xml"), profondeur);
  const styles = await lireStyles(archive, profondeur);
  const blocs = enfants(corps).flatMap(([, enfant]) => [...lesBlocs(enfant, styles)]);
  for (const nom of archive.noms().filter((membre) => MARGES.test(membre))) {
    for (const bloc of lesBlocs(arbre(await archive.lire(nom), profondeur), styles)) {
      if (bloc.texte.trim()) blocs.push({ genre: "marge", texte: bloc.texte, niveau: 0, alertes: [] });
    }
  }
  return blocs;
}

async function lireStyles(archive, profondeur) {
  const noms = new Map();
  if (!archive.a("word/styles.xml")) return noms;
  for (const [balise, style] of enfants(arbre(await archive.lire("word/styles.xml"), profondeur))) {
    if (balise !== "style") continue;
    for (const [detail, element] of enfants(style)) {
      if (detail === "name") noms.set(attribut(style, "styleId"), attribut(element, "val").toLowerCase());
    }
  }
  return noms;
}

function* lesBlocs(conteneur, styles) {
  for (const [balise, element] of enfants(conteneur)) {
    if (balise === "p") yield paragraphe(element, styles);
    else if (balise === "tbl") yield* rangees(element, styles);
    else if (!TAIRE.has(balise)) yield* lesBlocs(element, styles);
  }
}

const bloc = (genre, contenu = "", niveau = 0) => ({ genre, texte: contenu, niveau, alertes: [] });

function paragraphe(element, styles) {
  const contenu = texte(element);
  if (!contenu.trim()) return bloc("vide");
  let style = "";
  let liste = false;
  for (const [balise, proprietes] of enfants(element)) {
    if (balise !== "pPr") continue;
    for (const [detail, propriete] of enfants(proprietes)) {
      const valeur = attribut(propriete, "val");
      if (detail === "pStyle") style = styles.has(valeur) ? styles.get(valeur) : valeur.toLowerCase();
      liste = liste || detail === "numPr";
    }
  }
  const titre = TITRE.exec(style);
  if (titre || style === "title" || style === "titre") return bloc("titre", contenu, titre ? Number(titre[1]) : 0);
  return bloc(liste ? "element" : "paragraphe", contenu);
}

function* rangees(table, styles) {
  for (const [balise, rangee] of enfants(table)) {
    if (balise === "tr") {
      const toutes = [...cellules(rangee)];
      if (toutes.length === 1) yield* lesBlocs(toutes[0], styles);
      else {
        const textes = toutes.map((c) => cellule(c, styles));
        yield textes.some(Boolean) ? bloc("ligne", textes.join("\t")) : bloc("vide");
      }
    } else if (!TAIRE.has(balise)) yield* rangees(rangee, styles);
  }
}

function* cellules(rangee) {
  for (const [balise, element] of enfants(rangee)) {
    if (balise === "tc") yield element;
    else if (!TAIRE.has(balise)) yield* cellules(element);
  }
}

const cellule = (element, styles) =>
  [...lesBlocs(element, styles)]
    .map((b) => b.texte)
    .join(" ")
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");

function texte(element) {
  let dit = "";
  for (const [balise, enfant] of enfants(element)) {
    if (balise === "t") dit += enfant.textContent;
    else if (balise === "tab") dit += "\t";
    else if (balise === "br" || balise === "cr") dit += "\n";
    else if (balise === "noBreakHyphen") dit += "-";
    else if (balise === "p") dit += `\n${texte(enfant)}\n`;
    else if (!TAIRE.has(balise)) dit += texte(enfant);
  }
  return dit;
}
