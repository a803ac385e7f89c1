// Ce qu’un ODT et un DOCX contiennent en plus de leur texte (macros/sorties/documents/navigateur.py) : les styles des
// documents des kits. Demandé une fois, dès que la page propose d’emporter quelque chose, pour que tout marche
// ensuite hors ligne.
import { racine } from "../socle.js";

let demande = null;

async function charger() {
  const reponse = await fetch(new URL("assets/documents/modeles.json", racine));
  if (!reponse.ok) throw new Error(String(reponse.status));
  return reponse.json();
}

/** { odt, docx }, chacun { chemin: XML }. Échoue quand le réseau manque ; l’appel suivant réessaie. */
export function modeles() {
  demande ??= charger().catch((erreur) => {
    demande = null;
    throw erreur;
  });
  return demande;
}

/** Remplit les marques <!--nom--> d’un XML ; « valeurs » sont déjà du XML. */
export const remplir = (xml, valeurs) => xml.replace(/<!--(\w+)-->/g, (marque, nom) => valeurs[nom] ?? marque);

/** Les fichiers de l’archive, marques remplies. */
export const fichiers = (modele, valeurs) =>
  Object.entries(modele).map(([nom, xml]) => ({ nom, texte: remplir(xml, valeurs) }));
