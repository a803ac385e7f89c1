// Un document (.docx, .odt, .txt) ouvert dans le navigateur devient un ou plusieurs brouillons, sans rien perdre.
//
// La même chose que macros/contribution/importation/importer.py, avec le même fichier de correspondances
// (api/importation.json) ; un test compare les deux. Rien n’est envoyé : le fichier ne quitte pas l’appareil.

import { dire } from "../partage/importation.js";
import { DocumentRefuse } from "./archive.js";
import { completer } from "./completer.js";
import { oublies } from "./controle.js";
import { choisir, decouper } from "./decoupe.js";
import { recoller, remettreEnLignes } from "./lignes.js";
import { FORMATS, ouvrir } from "./ouverture.js";
import { placer } from "./placement.js";
import { relire, typeDeFiche } from "./remplie.js";
import { reparer, signaler } from "./reparation.js";
import { charger } from "../charger.js";
import { aujourdHui } from "../socle.js";

export { DocumentRefuse, FORMATS };

const FICHE = dire("fiche_a_remplir");
/**
 * Lit un fichier. Lève DocumentRefuse, dont le message, en français, nomme le fichier, dit pourquoi et que faire.
 *
 * Rend {type, champs, doutes: [{chemin, texte}], restes, origines, nature, reparations, remarques}, et « brouillons »
 * quand le document en donne plusieurs (le premier est celui du document). Un chemin s’écrit comme dans les messages :
 * « seances[1].sequences[2].titre », les éléments comptés à partir de 1.
 */
export async function importer(fichier, { type = null, jour = aujourdHui() } = {}) {
  const connu = await charger("api/importation.json");
  const {
    nom,
    blocs: lus,
    remarques,
  } = await ouvrir(fichier, connu.limites).catch((erreur) => {
    if (!(erreur instanceof DocumentRefuse)) throw erreur;
    throw new DocumentRefuse(`« ${fichier.name.slice(0, 60)} » : ${erreur.message}`);
  });
  const textes = lus.map((bloc) => bloc.texte);
  const remplie = typeDeFiche(lus, connu);
  const lu = remplie
    ? { nature: FICHE, brouillons: [relire(lus, remplie, connu)], reparations: [] }
    : lireDocument(lus, textes, connu, type);
  const { nature, brouillons, reparations } = lu;
  brouillons.forEach((b, rang) => {
    const duSite = `${b.champs.titre ?? ""} ${b.champs.objet ?? ""}`;
    const source = remplie ? "" : String(brouillons[0].champs.titre ?? nom);
    completer(b, nom, source, rang || remplie ? duSite : textes.join("\n"), jour, connu);
  });
  const premier = brouillons[0];
  const rendu = { ...premier, nature, reparations, remarques };
  return brouillons.length > 1 ? { ...rendu, brouillons: brouillons.map((b) => ({ ...b })) } : rendu;
}

function lireDocument(lus, textes, connu, type) {
  const blocs = recoller(remettreEnLignes(lus), connu.lignes, connu.creneaux.motif);
  const reparations = reparer(blocs, connu.reparations);
  signaler(blocs, connu.reparations, connu.sigles);
  const profil = choisir(blocs, connu, type);
  const brouillons = placer(decouper(blocs, profil, connu), profil, connu);
  const { restes } = brouillons[0];
  restes.push(...blocs.filter((bloc) => bloc.genre === "marge").map((bloc) => bloc.texte));
  restes.push(
    ...oublies(
      blocs.map((bloc) => bloc.texte),
      brouillons,
      reparations,
    ),
  );
  restes.push(...oublies(textes, brouillons, reparations));
  return { nature: profil.nom, brouillons, reparations };
}
