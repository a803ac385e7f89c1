// Tableau -> fichier ODS : du texte et des dates, jamais de formule ; ce qu’on y a tapé ne peut rien exécuter.
import { echapper } from "./xml.js";
import { zipper } from "./zip.js";

const TYPE = "application/vnd.oasis.opendocument.spreadsheet";
const ESPACES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' +
  'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ' +
  'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ' +
  'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ' +
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ' +
  'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3"';
const MANIFESTE =
  '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest ' +
  'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">' +
  `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${TYPE}"/>` +
  '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>';
const STYLES =
  '<number:date-style style:name="JMA"><number:day number:style="long"/><number:text>/</number:text>' +
  '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>' +
  "</number:date-style>" +
  '<style:style style:name="Date" style:family="table-cell" style:data-style-name="JMA"/>' +
  '<style:style style:name="Tete" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>' +
  '</style:style><style:style style:name="Texte" style:family="table-cell">' +
  '<style:table-cell-properties fo:wrap-option="wrap"/></style:style>';

const p = (mots) => `<text:p>${echapper(mots).replaceAll("\n", "</text:p><text:p>")}</text:p>`;

function cellule(contenu, style = "Texte") {
  if (contenu?.date)
    return (
      `<table:table-cell table:style-name="Date" office:value-type="date" ` +
      `office:date-value="${echapper(contenu.date)}">` +
      `${p(contenu.date.split("-").toReversed().join("/"))}</table:table-cell>`
    );
  return `<table:table-cell table:style-name="${style}" office:value-type="string">${p(contenu)}</table:table-cell>`;
}

/** « colonnes » : [[titre, largeur en centimètres]…] ; une cellule est un texte ou { date }. Rend un Blob. */
export function ods({ feuille, colonnes, lignes }) {
  const rangee = (cellules, style) =>
    `<table:table-row>${cellules.map((contenu) => cellule(contenu, style)).join("")}</table:table-row>`;
  const largeurs = colonnes
    .map(
      ([, cm], rang) =>
        `<style:style style:name="L${rang}" style:family="table-column">` +
        `<style:table-column-properties style:column-width="${cm}cm"/></style:style>`,
    )
    .join("");
  const corps =
    `<table:table table:name="${echapper(feuille)}">` +
    colonnes.map((_, rang) => `<table:table-column table:style-name="L${rang}"/>`).join("") +
    `<table:table-header-rows>${rangee(
      colonnes.map(([nom]) => nom),
      "Tete",
    )}</table:table-header-rows>` +
    `${lignes.map((ligne) => rangee(ligne)).join("")}</table:table>`;
  const contenu =
    `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${ESPACES}>` +
    `<office:automatic-styles>${STYLES}${largeurs}</office:automatic-styles>` +
    `<office:body><office:spreadsheet>${corps}</office:spreadsheet></office:body></office:document-content>`;
  return zipper(
    [
      { nom: "mimetype", texte: TYPE, brut: true },
      { nom: "content.xml", texte: contenu },
      { nom: "META-INF/manifest.xml", texte: MANIFESTE },
    ],
    TYPE,
  );
}
