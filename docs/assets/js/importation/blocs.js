// Ce qu’un fichier contient devient une suite de blocs, dans les limites que toute lecture garde. Un bloc est un titre,
// un paragraphe, un élément de liste, une ligne de tableau (cellules séparées par des tabulations), une marge, un vide.
import * as docx from "./docx.js";
import { nettoyer } from "./mots.js";
import * as odt from "./odt.js";
import { refus } from "./refus.js";

/** Les blocs de { nom, texte } ou de { nom, membres }. Lève DocumentRefuse. */
export function lireBlocs({ nom, texte, membres }, limites) {
  const blocs = membres ? (/\.docx$/i.test(nom) ? docx : odt).lire(membres) : lignes(texte);
  if (blocs.length > limites.blocs) throw refus("trop_long");
  for (const bloc of blocs) {
    bloc.texte = nettoyer(bloc.texte);
    if (!bloc.texte) bloc.genre = "vide";
  }
  const taille = blocs.reduce((somme, bloc) => somme + bloc.texte.length, 0);
  if (taille > limites.caracteres) throw refus("trop_long");
  if (blocs.some((bloc) => bloc.texte.split("\n").some((ligne) => [...ligne].length > limites.paragraphe))) {
    throw refus("paragraphe_trop_long", { limite: limites.paragraphe });
  }
  if (!taille) throw refus("sans_texte");
  return blocs;
}

const lignes = (texte) =>
  texte.split(/\r\n|[\r\n\x0c]/).map((ligne) => ({
    genre: ligne.trim() ? "paragraphe" : "vide",
    texte: ligne,
    niveau: 0,
    alertes: [],
  }));
