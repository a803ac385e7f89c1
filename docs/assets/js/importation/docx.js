// Un .docx devient une suite de blocs. Texte supprimé des révisions, codes de champ et macros ne sont pas du texte ;
// en-têtes, pieds, notes et commentaires sont gardés en marge.

import { attribut, enfants, texteDe } from "./arbre.js";
import { refus } from "./refus.js";

const CORPS = "word/document.xml";
const STYLES = "word/styles.xml";
const TAIRE = new Set("pPr rPr instrText delText del moveFrom Fallback sdtPr tblPr trPr tcPr".split(" "));
const TITRE = /^(?:heading|titre) ?([1-9])$/;

/** Les blocs du document, dont les parties sont données par leur nom. Lève DocumentRefuse. */
export function lire({ [CORPS]: corps, [STYLES]: feuille, ...autres }) {
  if (!corps) throw refus("sans_texte_principal");
  const styles = lireStyles(feuille);
  const blocs = enfants(corps).flatMap(([, enfant]) => [...lesBlocs(enfant, styles)]);
  for (const marge of Object.values(autres).flatMap((partie) => [...lesBlocs(partie, styles)])) {
    if (marge.texte.trim()) blocs.push(bloc("marge", marge.texte));
  }
  return blocs;
}

/** Nom de chaque style, en minuscules. */
function lireStyles(feuille) {
  const noms = new Map();
  for (const [balise, style] of feuille ? enfants(feuille) : []) {
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
    if (balise === "t") dit += texteDe(enfant);
    else if (balise === "tab") dit += "\t";
    else if (balise === "br" || balise === "cr") dit += "\n";
    else if (balise === "noBreakHyphen") dit += "-";
    else if (balise === "p") dit += `\n${texte(enfant)}\n`;
    else if (!TAIRE.has(balise)) dit += texte(enfant);
  }
  return dit;
}
