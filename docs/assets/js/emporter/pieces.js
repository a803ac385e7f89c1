// Ce dont un document est fait, avant tout format : odt.js, docx.js et papier.js écrivent les mêmes morceaux.
//   feuillet : { titre, sousTitre, nom, blocs }
//   morceau de texte : une chaîne, { texte, gras } ou { texte, lien }
import { INSECABLE } from "../francais.js";

/** « page » fait commencer une page neuve. */
export const titre = (niveau, texte, { page = false } = {}) => ({ genre: "titre", niveau, texte, page });
export const para = (morceaux, style = "") => ({ genre: "para", morceaux: [morceaux].flat(), style });
export const mention = (morceaux) => para(morceaux, "Mention");
export const liste = (items) => ({ genre: "liste", items: items.map((item) => [item].flat()) });

/** Une ligne à compléter ; elle reste vide, sur ses pointillés, quand on ne sait rien. */
export const champ = (libelle, valeur = "") =>
  para([gras(`${libelle}${INSECABLE}:`), ` ${valeur || INSECABLE}`], "Champ");

/** « colonnes » : [[titre, largeur en pour cent]…] ; une cellule est un texte ou une liste de paragraphes. */
export const tableau = (legende, colonnes, rangees) => ({
  genre: "tableau",
  legende,
  colonnes,
  rangees: rangees.map((rangee) => rangee.map((cellule) => [cellule].flat().map((p) => (p?.genre ? p : para(p))))),
});
export const gras = (texte) => ({ texte, gras: true });
export const lien = (adresse, texte = adresse) => ({ texte, lien: adresse });
export const fait = (libelle, ...morceaux) => para([gras(`${libelle}${INSECABLE}:`), " ", ...morceaux], "Compact");
