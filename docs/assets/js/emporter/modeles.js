// Ce qu’un ODT et un DOCX contiennent en plus de leur texte (macros/sorties/documents/navigateur.py) : les styles des
// documents des kits. Demandé une fois, dès que la page propose d’emporter quelque chose, pour que tout marche
// ensuite hors ligne.
import { charger } from "../charger.js";

/** { odt, docx }, chacun { chemin: XML }. Échoue quand le réseau manque. */
export const modeles = () => charger("assets/documents/modeles.json");

/** Remplit les marques <!--nom--> d’un XML ; « valeurs » sont déjà du XML. */
export const remplir = (xml, valeurs) => xml.replace(/<!--(\w+)-->/g, (marque, nom) => valeurs[nom] ?? marque);

/** Les fichiers de l’archive, marques remplies. */
export const fichiers = (modele, valeurs) =>
  Object.entries(modele).map(([nom, xml]) => ({ nom, texte: remplir(xml, valeurs) }));
