// Fautes de numérisation : réparées quand rien d’autre ne peut être dit, signalées sinon.

import { dire } from "../partage/importation.js";
import { mots, motif, motifs } from "./mots.js";

const MOT_EN_6 = "(?<![A-Za-zÀ-ÿœŒ0-9])[A-Za-zÀ-ÿœŒ]*6[A-Za-zÀ-ÿœŒ]*(?![A-Za-zÀ-ÿœŒ0-9])";
// Caractères montrés au plus de chaque côté d’une réparation.
const AUTOUR = 80;
const MOT = "[A-Za-zÀ-ÿœŒ]+";

/** Répare les blocs ; rend ce qui a changé, et ce qui a été laissé de côté. */
export function reparer(blocs, regles) {
  const faites = [];
  for (const bloc of blocs) {
    let { texte } = bloc;
    for (const retrait of regles.retraits) {
      for (const trouve of texte.matchAll(motifs(retrait))) faites.push(dire("retire", { lu: trouve[0] }));
      texte = texte.replace(motifs(retrait), " ").replace(/ {2,}/g, " ");
    }
    texte = motsEntiers(texte, regles, faites);
    for (const regle of regles.certaines) texte = appliquer(texte, regle, faites, regles.maximum);
    bloc.texte = texte.trim();
    if (!bloc.texte) bloc.genre = "vide";
  }
  return [...new Set(faites)];
}

function motsEntiers(texte, regles, faites) {
  const enO = new Map(regles.mots_en_o.map((mot) => [mot.replace(/ô/g, "6"), mot]));
  const remplacer = (lu) => {
    const bas = lu.slice(0, 1).toLowerCase() + lu.slice(1);
    const lexique = Object.hasOwn(regles.lexique, lu) ? regles.lexique[lu] : "";
    let juste = lexique || enO.get(lu) || enO.get(bas) || "";
    if (!juste) return lu;
    if (lu !== bas) juste = juste.slice(0, 1).toUpperCase() + juste.slice(1);
    faites.push(`« ${lu} » → « ${juste} »`);
    return juste;
  };
  return texte.replace(motifs(MOT_EN_6), remplacer).replace(motifs(MOT), remplacer);
}

function appliquer(texte, regle, faites, maximum) {
  while (faites.length < maximum) {
    const trouve = motif(regle.motif).exec(texte);
    if (!trouve) break;
    const neuf = regle.par.replace(/\{([0-9])\}/g, (_, rang) => trouve[Number(rang)] || "");
    const fin = trouve.index + trouve[0].length;
    const repare = texte.slice(0, trouve.index) + neuf + texte.slice(fin);
    if (repare === texte) break;
    const avant = autour(texte, trouve.index, fin);
    faites.push(`« ${avant} » → « ${autour(repare, trouve.index, trouve.index + neuf.length)} »`);
    texte = repare;
  }
  return texte;
}

function autour(texte, debut, fin) {
  const [gauche, droite] = [Math.max(0, debut - AUTOUR), Math.min(texte.length, fin + AUTOUR)];
  while (debut > gauche && !/\s/.test(texte[debut - 1])) debut -= 1;
  while (fin < droite && !/\s/.test(texte[fin])) fin += 1;
  return texte.slice(debut, fin).split(/\s+/).filter(Boolean).join(" ");
}

/** Note sur chaque bloc ce qui peut être une faute, et ce qui nomme une personne. */
export function signaler(blocs, regles, sigles) {
  const connus = new Set(sigles);
  for (const bloc of blocs) {
    const trouvees = [];
    for (const regle of [...regles.douteuses, ...regles.personnelles]) {
      for (const trouve of bloc.texte.matchAll(motifs(regle.motif))) {
        if (mots(trouve[0]).some((mot) => connus.has(mot))) continue;
        const vu = autour(bloc.texte, trouve.index, trouve.index + trouve[0].length);
        trouvees.push(`${regle.raison} : « ${vu} »`);
      }
    }
    bloc.alertes = [...bloc.alertes, ...new Set(trouvees)];
  }
}
