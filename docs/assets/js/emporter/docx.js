// Feuillet -> fichier DOCX : le même document que odt.js, dans les mots de Word.
import { ENTETE, echapper, permis } from "./xml.js";
import { zipper } from "./zip.js";

const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PAQUET = "http://schemas.openxmlformats.org/package/2006";
const LARGEUR = 9638; // vingtièmes de point entre les marges

const texte = (mots) => permis(mots).replaceAll("\t", " ").split("\n")
  .map((ligne) => `<w:t xml:space="preserve">${echapper(ligne)}</w:t>`).join("<w:br/>");
const course = (mots, props = "") => `<w:r>${props && `<w:rPr>${props}</w:rPr>`}${texte(mots)}</w:r>`;
const p = (props, corps) => `<w:p><w:pPr>${props}</w:pPr>${corps}</w:p>`;
const style = (nom) => `<w:pStyle w:val="${nom}"/>`;

/** Les adresses rencontrées ; Word les veut dans un fichier à part. */
class Redaction {
  liens = [];

  morceau = (partie) => {
    if (typeof partie === "string") return course(partie);
    if (!partie.lien) return course(partie.texte, "<w:b/>");
    const rang = this.liens.push(partie.lien);
    return `<w:hyperlink r:id="lien${rang}">${course(partie.texte, '<w:rStyle w:val="Hyperlink"/>')}</w:hyperlink>`;
  };

  para(props, morceaux) {
    return p(props, morceaux.map(this.morceau).join(""));
  }

  bloc = (bloc) => this[bloc.genre](bloc);

  titre({ niveau, texte: mots, page }) {
    return p(`${style(`Heading${niveau}`)}${page ? "<w:pageBreakBefore/>" : ""}`, course(mots));
  }

  liste({ items }) {
    return items.map((item) => this.para(`${style("Compact")}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, item)).join("");
  }

  tableau({ legende, colonnes, rangees }) {
    const largeurs = colonnes.map(([, part]) => Math.round((LARGEUR * part) / 100));
    const rangee = (cellules, props) => `<w:tr><w:trPr><w:cantSplit/>${props}</w:trPr>${
      cellules.map((corps, rang) => `<w:tc><w:tcPr><w:tcW w:w="${largeurs[rang]}" w:type="dxa"/></w:tcPr>${corps}</w:tc>`).join("")}</w:tr>`;
    return p(style("Caption"), course(legende))
      + `<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="${LARGEUR}" w:type="dxa"/><w:tblLayout w:type="fixed"/>`
      + `<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>`
      + `<w:tblGrid>${largeurs.map((l) => `<w:gridCol w:w="${l}"/>`).join("")}</w:tblGrid>`
      + rangee(colonnes.map(([nom]) => p(style("Cellule"), course(nom, "<w:b/>"))), "<w:tblHeader/>")
      + rangees.map((cellules) => rangee(cellules.map((paras) => paras.map((q) => this.para(style("Cellule"), q.morceaux)).join("")), "")).join("")
      + `</w:tbl>${p(style("Compact"), "")}`;
  }

  corps({ titre, sousTitre, blocs }) {
    return p(style("Title"), course(titre)) + (sousTitre ? p(style("Subtitle"), course(sousTitre)) : "")
      + blocs.map((bloc) => (bloc.genre === "para" ? this.para(style(bloc.style || "BodyText"), bloc.morceaux) : this.bloc(bloc))).join("");
  }
}

const document_ = (corps) => `${ENTETE}<w:document ${W} xmlns:r="${R}"><w:body>${corps}<w:sectPr><w:footerReference w:type="default" r:id="pied"/>`
  + '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
  + "</w:sectPr></w:body></w:document>";

// Ce que les documents des kits prennent à pandoc, et qu’il faut dire ici.
const NOS_STYLES = '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="140" w:after="60"/></w:pPr><w:rPr><w:b/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>'
  + '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Cellule"><w:name w:val="Cellule"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="20"/></w:pPr><w:rPr><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>'
  + '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Pied"><w:name w:val="Pied"/><w:basedOn w:val="Normal"/><w:rPr><w:color w:val="5F5B4D"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>'
  + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1B5345"/><w:u w:val="single"/></w:rPr></w:style>';

const feuilleDeStyles = (communs) => `${ENTETE}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>`
  + `<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>${communs}${NOS_STYLES}</w:styles>`;

const REGLAGES = `${ENTETE}<w:settings ${W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="fr-FR"/></w:settings>`;
const PUCES = `${ENTETE}<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

const partie = (nom, type) => `<Override PartName="/${nom}" ContentType="application/vnd.openxmlformats-${type}+xml"/>`;
const TYPES = `${ENTETE}<Types xmlns="${PAQUET}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
  + partie("word/document.xml", "officedocument.wordprocessingml.document.main")
  + ["styles", "settings", "numbering"].map((nom) => partie(`word/${nom}.xml`, `officedocument.wordprocessingml.${nom}`)).join("")
  + partie("word/footer1.xml", "officedocument.wordprocessingml.footer")
  + `${partie("docProps/core.xml", "package.core-properties")}</Types>`;
const relations = (suite) => `${ENTETE}<Relationships xmlns="${PAQUET}/relationships">${suite.join("")}</Relationships>`;
const relation = (id, type, cible, plus = "") => `<Relationship Id="${id}" Type="${type}" Target="${cible}"${plus}/>`;

/** Le pied de page des documents des kits ; son champ « titre » est rempli d’avance, Word ne le calcule qu’à l’impression. */
const pied = (xml, titre) => xml.replace("<w:pPr>", `<w:pPr>${style("Pied")}`).replace("<w:t></w:t>", () => `<w:t>${echapper(titre)}</w:t>`);

function proprietes({ titre, sousTitre }) {
  return `${ENTETE}<cp:coreProperties xmlns:cp="${PAQUET}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`
    + `<dc:title>${echapper(titre)}</dc:title><dc:subject>${echapper(sousTitre)}</dc:subject><dc:creator>Accompagner les territoires</dc:creator><dc:language>fr-FR</dc:language></cp:coreProperties>`;
}

/** « styles » : ce que rend styles(). Rend un Blob. */
export function docx(feuillet, styles) {
  const redaction = new Redaction();
  const corps = redaction.corps(feuillet);
  return zipper([
    { nom: "[Content_Types].xml", texte: TYPES },
    { nom: "_rels/.rels", texte: relations([relation("doc", `${R}/officeDocument`, "word/document.xml"), relation("props", `${PAQUET}/relationships/metadata/core-properties`, "docProps/core.xml")]) },
    { nom: "word/document.xml", texte: document_(corps) },
    { nom: "word/_rels/document.xml.rels", texte: relations([
      ...["styles", "settings", "numbering"].map((nom) => relation(nom, `${R}/${nom}`, `${nom}.xml`)),
      relation("pied", `${R}/footer`, "footer1.xml"),
      ...redaction.liens.map((adresse, rang) => relation(`lien${rang + 1}`, `${R}/hyperlink`, echapper(adresse), ' TargetMode="External"')),
    ]) },
    { nom: "word/styles.xml", texte: feuilleDeStyles(styles.docx) },
    { nom: "word/settings.xml", texte: REGLAGES },
    { nom: "word/numbering.xml", texte: PUCES },
    { nom: "word/footer1.xml", texte: pied(styles.pied, feuillet.titre) },
    { nom: "docProps/core.xml", texte: proprietes(feuillet) },
  ], TYPE);
}
