// Feuillet -> fichier ODT : A4, français, titres de vrais niveaux, tableaux dont l’en-tête se répète de page en page.
import { ENTETE, echapper, permis } from "./xml.js";
import { zipper } from "./zip.js";

const TYPE = "application/vnd.oasis.opendocument.text";
const LARGEUR = 17; // centimètres entre les marges
const ESPACES = Object.entries({
  office: "office", style: "style", text: "text", table: "table", draw: "drawing", fo: "xsl-fo-compatible", svg: "svg-compatible", meta: "meta",
}).map(([prefixe, nom]) => `xmlns:${prefixe}="urn:oasis:names:tc:opendocument:xmlns:${nom}:1.0"`).join(" ")
  + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"';
const POLICES = '<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial" style:font-family-generic="swiss"/>'
  + '<style:font-face style:name="Georgia" svg:font-family="Georgia" style:font-family-generic="roman"/></office:font-face-decls>';
const BORD = 'fo:padding="0.15cm" fo:border="0.5pt solid #847A66"';

/** Le texte d’un paragraphe : fins de ligne et espaces répétés compris, que XML confondrait. */
const texte = (mots) => echapper(permis(mots).replaceAll("\t", " "))
  .replace(/ {2,}/g, (suite) => ` <text:s text:c="${suite.length - 1}"/>`).replaceAll("\n", "<text:line-break/>");

function morceau(partie) {
  if (typeof partie === "string") return texte(partie);
  if (partie.lien) return `<text:a xlink:type="simple" xlink:href="${echapper(partie.lien)}" text:style-name="Lien">${texte(partie.texte)}</text:a>`;
  return `<text:span text:style-name="Gras">${texte(partie.texte)}</text:span>`;
}
const p = (style, morceaux) => `<text:p text:style-name="${style}">${morceaux.map(morceau).join("")}</text:p>`;

const ecrire = {
  titre: ({ niveau, texte: mots, page }) => (
    `<text:h text:style-name="${page ? `Page${niveau}` : `Heading_20_${niveau}`}" text:outline-level="${niveau}">${texte(mots)}</text:h>`
  ),
  para: ({ morceaux, style }) => p(style || "Text_20_body", morceaux),
  liste: ({ items }) => `<text:list text:style-name="Puces">${items.map((i) => `<text:list-item>${p("Compact", i)}</text:list-item>`).join("")}</text:list>`,
  tableau: ({ legende, colonnes, rangees }, rang) => {
    const cellule = (style, contenu) => `<table:table-cell table:style-name="${style}" office:value-type="string">${contenu}</table:table-cell>`;
    const tetes = colonnes.map(([nom]) => cellule("Tete", p("Table_20_Heading", [nom]))).join("");
    const corps = rangees.map((rangee) => `<table:table-row table:style-name="Rangee">${
      rangee.map((paras) => cellule("Case", paras.map((q) => p("Table_20_Contents", q.morceaux)).join(""))).join("")}</table:table-row>`).join("");
    return `${p("Legende", [legende])}<table:table table:name="Tableau${rang}" table:style-name="Tableau">${
      colonnes.map(([, part]) => `<table:table-column table:style-name="C${part}"/>`).join("")
    }<table:table-header-rows><table:table-row table:style-name="Rangee">${tetes}</table:table-row></table:table-header-rows>${corps}</table:table>`;
  },
};

function automatiques(blocs) {
  const parts = new Set(blocs.filter(({ genre }) => genre === "tableau").flatMap(({ colonnes }) => colonnes.map(([, part]) => part)));
  const colonnes = [...parts].map((part) => `<style:style style:name="C${part}" style:family="table-column">`
    + `<style:table-column-properties style:column-width="${((LARGEUR * part) / 100).toFixed(2)}cm"/></style:style>`).join("");
  const pages = [1, 2].map((niveau) => `<style:style style:name="Page${niveau}" style:family="paragraph" style:parent-style-name="Heading_20_${niveau}">`
    + '<style:paragraph-properties fo:break-before="page"/></style:style>').join("");
  return `<office:automatic-styles>${pages}${colonnes}`
    + `<style:style style:name="Tableau" style:family="table"><style:table-properties style:width="${LARGEUR}cm" table:align="left" fo:margin-bottom="0.4cm" table:border-model="collapsing"/></style:style>`
    + '<style:style style:name="Rangee" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>'
    + `<style:style style:name="Case" style:family="table-cell"><style:table-cell-properties ${BORD}/></style:style>`
    + `<style:style style:name="Tete" style:family="table-cell"><style:table-cell-properties ${BORD} fo:background-color="#EFE8D8"/></style:style>`
    + "</office:automatic-styles>";
}

function contenu({ titre, sousTitre, blocs }) {
  return `${ENTETE}<office:document-content ${ESPACES} office:version="1.3">${POLICES}${automatiques(blocs)}<office:body><office:text>`
    + `${p("Title", [titre])}${sousTitre ? p("Subtitle", [sousTitre]) : ""}${blocs.map((bloc, rang) => ecrire[bloc.genre](bloc, rang)).join("")}`
    + "</office:text></office:body></office:document-content>";
}

// Ce que les documents des kits prennent à pandoc, et qu’il faut dire ici.
const NOS_STYLES = '<style:style style:name="Legende" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-top="0.25cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="9.5pt" fo:font-weight="bold"/></style:style>'
  + '<style:style style:name="Compact" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.08cm"/></style:style>'
  + '<style:style style:name="Gras" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
  + '<style:style style:name="Lien" style:family="text"><style:text-properties fo:color="#1B5345" style:text-underline-style="solid" style:text-underline-width="auto"/></style:style>'
  + '<text:list-style style:name="Puces"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.4cm" fo:margin-left="0.6cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>';

function feuilleDeStyles(communs) {
  return `${ENTETE}<office:document-styles ${ESPACES} office:version="1.3">${POLICES}<office:styles>`
    + '<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/><style:text-properties fo:language="fr" fo:country="FR" style:font-name="Arial"/></style:default-style>'
    + `${communs}${NOS_STYLES}</office:styles><office:automatic-styles>`
    + '<style:style style:name="Pied" style:family="paragraph" style:parent-style-name="Footer"><style:paragraph-properties fo:text-align="center"/></style:style>'
    + '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" style:print-orientation="portrait" fo:margin-top="2cm" fo:margin-bottom="0.9cm" fo:margin-left="2cm" fo:margin-right="2cm"/>'
    + '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout></office:automatic-styles>'
    + '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer><text:p text:style-name="Pied"><text:title/>, page <text:page-number text:select-page="current">1</text:page-number> sur <text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>';
}

function meta({ titre, sousTitre }) {
  return `${ENTETE}<office:document-meta ${ESPACES} office:version="1.3"><office:meta><meta:generator>Accompagner les territoires</meta:generator>`
    + `<dc:title>${echapper(titre)}</dc:title><dc:subject>${echapper(sousTitre)}</dc:subject><dc:language>fr-FR</dc:language></office:meta></office:document-meta>`;
}

const PARTS = ["content.xml", "styles.xml", "meta.xml"];
const MANIFESTE = `${ENTETE}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">`
  + `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${TYPE}"/>`
  + `${PARTS.map((nom) => `<manifest:file-entry manifest:full-path="${nom}" manifest:media-type="text/xml"/>`).join("")}</manifest:manifest>`;

/** « styles » : ce que rend styles(). Rend un Blob. */
export function odt(feuillet, styles) {
  return zipper([
    { nom: "mimetype", texte: TYPE, brut: true },
    { nom: "META-INF/manifest.xml", texte: MANIFESTE },
    { nom: "content.xml", texte: contenu(feuillet) },
    { nom: "styles.xml", texte: feuilleDeStyles(styles.odt) },
    { nom: "meta.xml", texte: meta(feuillet) },
  ], TYPE);
}
