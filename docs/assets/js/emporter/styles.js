// Les styles des documents : les mêmes fichiers que pour les documents des kits (macros/documents/styles), demandés
// une fois, dès que la page propose d’emporter quelque chose, pour que tout marche ensuite hors ligne.
import { racine } from "../socle.js";

const FICHIERS = { odt: "odt.xml", docx: "docx.xml", pied: "docx-pied.xml" };
let demande = null;

async function charger() {
  const lus = await Promise.all(Object.entries(FICHIERS).map(async ([cle, nom]) => {
    const reponse = await fetch(new URL(`assets/documents/${nom}`, racine));
    if (!reponse.ok) throw new Error(`${nom} : ${reponse.status}`);
    return [cle, await reponse.text()];
  }));
  return Object.fromEntries(lus);
}

/** { odt, docx, pied } en texte. Échoue quand le réseau manque ; l’appel suivant réessaie. */
export function styles() {
  demande ??= charger().catch((erreur) => {
    demande = null;
    throw erreur;
  });
  return demande;
}
