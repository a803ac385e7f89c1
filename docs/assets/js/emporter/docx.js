// Feuillet -> fichier DOCX : le même document que odt.js, dans les mots de Word.
import { fichiers } from "./modeles.js";
import { echapper, permis } from "./xml.js";
import { zipper } from "./zip.js";

const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const LIEN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
const LARGEUR = 9638; // vingtièmes de point entre les marges

const texte = (mots) =>
  permis(mots)
    .replaceAll("\t", " ")
    .split("\n")
    .map((ligne) => `<w:t xml:space="preserve">${echapper(ligne)}</w:t>`)
    .join("<w:br/>");
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
    return items
      .map((item) => this.para(`${style("Compact")}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, item))
      .join("");
  }

  tableau({ legende, colonnes, rangees }) {
    const largeurs = colonnes.map(([, part]) => Math.round((LARGEUR * part) / 100));
    const rangee = (cellules, props) =>
      `<w:tr><w:trPr><w:cantSplit/>${props}</w:trPr>${cellules
        .map((corps, rang) => `<w:tc><w:tcPr><w:tcW w:w="${largeurs[rang]}" w:type="dxa"/></w:tcPr>${corps}</w:tc>`)
        .join("")}</w:tr>`;
    return (
      p(style("Caption"), course(legende)) +
      `<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="${LARGEUR}" w:type="dxa"/>` +
      `<w:tblLayout w:type="fixed"/>` +
      `<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" ` +
      `w:noHBand="1" w:noVBand="1"/></w:tblPr>` +
      `<w:tblGrid>${largeurs.map((l) => `<w:gridCol w:w="${l}"/>`).join("")}</w:tblGrid>` +
      rangee(
        colonnes.map(([nom]) => p(style("Cellule"), course(nom, "<w:b/>"))),
        "<w:tblHeader/>",
      ) +
      rangees
        .map((cellules) =>
          rangee(
            cellules.map((paras) => paras.map((q) => this.para(style("Cellule"), q.morceaux)).join("")),
            "",
          ),
        )
        .join("") +
      `</w:tbl>${p(style("Compact"), "")}`
    );
  }

  corps({ titre, sousTitre, blocs }) {
    return (
      p(style("Title"), course(titre)) +
      (sousTitre ? p(style("Subtitle"), course(sousTitre)) : "") +
      blocs
        .map((bloc) =>
          bloc.genre === "para" ? this.para(style(bloc.style || "BodyText"), bloc.morceaux) : this.bloc(bloc),
        )
        .join("")
    );
  }
}

/** « modele » : modeles().docx. Rend un Blob. */
export function docx(feuillet, modele) {
  const redaction = new Redaction();
  const corps = redaction.corps(feuillet);
  const liens = redaction.liens
    .map(
      (adresse, rang) =>
        `<Relationship Id="lien${rang + 1}" Type="${LIEN}" Target="${echapper(adresse)}" TargetMode="External"/>`,
    )
    .join("");
  return zipper(
    fichiers(modele, { corps, liens, titre: echapper(feuillet.titre), sujet: echapper(feuillet.sousTitre) }),
    TYPE,
  );
}
