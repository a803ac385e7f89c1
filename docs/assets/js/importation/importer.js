// Un document (.docx, .odt, .txt) ouvert dans le navigateur devient un ou plusieurs brouillons, sans rien perdre. Rien
// n’est envoyé : le fichier ne quitte pas l’appareil.

import { charger } from "../charger.js";
import { aujourdHui } from "../socle.js";
import { lire } from "./lecture.js";
import { FORMATS, ouvrir } from "./ouverture.js";
import { DocumentRefuse } from "./refus.js";

export { DocumentRefuse, FORMATS };

/**
 * Lit un fichier. Lève DocumentRefuse, dont le message, en français, nomme le fichier, dit pourquoi et que faire.
 *
 * Rend ce que rend « lire », avec les remarques, et le premier brouillon, celui du document, à plat.
 */
export async function importer(fichier, { type = null, jour = aujourdHui() } = {}) {
  const connu = await charger("api/importation.json");
  try {
    const lu = await ouvrir(fichier, connu);
    const { brouillons, ...rendu } = lire(lu, connu, jour, type);
    const plusieurs = brouillons.length > 1 ? { brouillons } : {};
    return { ...brouillons[0], ...rendu, remarques: lu.remarques, ...plusieurs };
  } catch (erreur) {
    if (!(erreur instanceof DocumentRefuse)) throw erreur;
    throw new DocumentRefuse(`« ${fichier.name.slice(0, 60)} » : ${erreur.message}`);
  }
}
