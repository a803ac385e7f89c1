// Feuillet -> fichier ODT : A4, français, titres de vrais niveaux, tableaux dont l’en-tête se répète de page en page.
import { fichiers } from "./modeles.js";
import { echapper, permis } from "./xml.js";
import { zipper } from "./zip.js";

const TYPE = "application/vnd.oasis.opendocument.text";
const LARGEUR = 17; // centimètres entre les marges

/** Le texte d’un paragraphe : fins de ligne et espaces répétés compris, que XML confondrait. */
const texte = (mots) =>
  echapper(permis(mots).replaceAll("\t", " "))
    .replace(/ {2,}/g, (suite) => ` <text:s text:c="${suite.length - 1}"/>`)
    .replaceAll("\n", "<text:line-break/>");

function morceau(partie) {
  if (typeof partie === "string") return texte(partie);
  if (partie.lien)
    return (
      `<text:a xlink:type="simple" xlink:href="${echapper(partie.lien)}" ` +
      `text:style-name="Lien">${texte(partie.texte)}</text:a>`
    );
  return `<text:span text:style-name="Gras">${texte(partie.texte)}</text:span>`;
}
const p = (style, morceaux) => `<text:p text:style-name="${style}">${morceaux.map(morceau).join("")}</text:p>`;

const ecrire = {
  titre: ({ niveau, texte: mots, page }) =>
    `<text:h text:style-name="${page ? "Page1" : `Heading_20_${niveau}`}" ` +
    `text:outline-level="${niveau}">${texte(mots)}</text:h>`,
  para: ({ morceaux, style }) => p(style || "Text_20_body", morceaux),
  liste: ({ items }) => {
    const puces = items.map((i) => `<text:list-item>${p("Compact", i)}</text:list-item>`);
    return `<text:list text:style-name="Puces">${puces.join("")}</text:list>`;
  },
  tableau: ({ legende, colonnes, rangees }, rang) => {
    const cellule = (style, contenu) =>
      `<table:table-cell table:style-name="${style}" office:value-type="string">${contenu}</table:table-cell>`;
    const tetes = colonnes.map(([nom]) => cellule("Tete", p("Table_20_Heading", [nom]))).join("");
    const corps = rangees
      .map(
        (rangee) =>
          `<table:table-row table:style-name="Rangee">${rangee
            .map((paras) => cellule("Case", paras.map((q) => p("Table_20_Contents", q.morceaux)).join("")))
            .join("")}</table:table-row>`,
      )
      .join("");
    const largeurs = colonnes.map(([, part]) => `<table:table-column table:style-name="C${part}"/>`).join("");
    return (
      `${p("Legende", [legende])}<table:table table:name="Tableau${rang}" table:style-name="Tableau">${largeurs}` +
      `<table:table-header-rows><table:table-row table:style-name="Rangee">${tetes}</table:table-row>` +
      `</table:table-header-rows>${corps}</table:table>`
    );
  },
};

/** Les largeurs de colonnes employées : un style chacune. */
function colonnes(blocs) {
  const parts = new Set(
    blocs.filter(({ genre }) => genre === "tableau").flatMap((tableau) => tableau.colonnes.map(([, part]) => part)),
  );
  return [...parts]
    .map(
      (part) =>
        `<style:style style:name="C${part}" style:family="table-column">` +
        `<style:table-column-properties style:column-width="${((LARGEUR * part) / 100).toFixed(2)}cm"/></style:style>`,
    )
    .join("");
}

/** « modele » : modeles().odt. Rend un Blob. */
export function odt({ titre, sousTitre, blocs }, modele) {
  const corps =
    p("Title", [titre]) +
    (sousTitre ? p("Subtitle", [sousTitre]) : "") +
    blocs.map((bloc, rang) => ecrire[bloc.genre](bloc, rang)).join("");
  const valeurs = { corps, colonnes: colonnes(blocs), titre: echapper(titre), sujet: echapper(sousTitre) };
  return zipper([{ nom: "mimetype", texte: TYPE, brut: true }, ...fichiers(modele, valeurs)], TYPE);
}
