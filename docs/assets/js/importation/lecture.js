// Un document ouvert devient un ou plusieurs brouillons. Ni page, ni fichier, ni réseau ici : Python fait lire ces
// modules par V8 (macros/contribution/navigateur.py), la règle n’est écrite qu’une fois.

import { dire } from "../partage/importation.js";
import { lireBlocs } from "./blocs.js";
import { completer } from "./completer.js";
import { oublies } from "./controle.js";
import { choisir, decouper } from "./decoupe.js";
import { recoller, remettreEnLignes } from "./lignes.js";
import { placer } from "./placement.js";
import { DocumentRefuse } from "./refus.js";
import { relire, typeDeFiche } from "./remplie.js";
import { reparer, signaler } from "./reparation.js";

export { DocumentRefuse };

/**
 * Les brouillons de { nom, texte } ou de { nom, membres } : { nature, reparations, brouillons }, chacun { type, champs,
 * doutes: [{chemin, texte}], restes, origines }. Le premier est celui du document. Lève DocumentRefuse.
 *
 * Un chemin s’écrit comme dans les messages : « seances[1].sequences[2].titre », les éléments comptés à partir de 1.
 */
export function lire(document, connu, jour, type = null) {
  const lus = lireBlocs(document, connu.limites);
  const textes = lus.map((bloc) => bloc.texte);
  const remplie = typeDeFiche(lus, connu);
  const lu = remplie
    ? { nature: dire("fiche_a_remplir"), brouillons: [relire(lus, remplie, connu)], reparations: [] }
    : lireDocument(lus, textes, connu, type);
  lu.brouillons.forEach((b, rang) => {
    const duSite = `${b.champs.titre ?? ""} ${b.champs.objet ?? ""}`;
    const source = remplie ? "" : String(lu.brouillons[0].champs.titre ?? document.nom);
    completer(b, document.nom, source, rang || remplie ? duSite : textes.join("\n"), jour, connu);
  });
  return { ...lu, brouillons: lu.brouillons.map((b) => ({ ...b })) };
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
