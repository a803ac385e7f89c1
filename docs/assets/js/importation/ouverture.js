// Un fichier devient une suite de blocs : quel lecteur, et les limites que tous gardent.

import { Archive, DocumentRefuse } from "./archive.js";
import * as docx from "./docx.js";
import { nettoyer } from "./mots.js";
import * as odt from "./odt.js";
import * as txt from "./txt.js";

const TROP_LONG = "ce document est trop long pour une fiche. Gardez-en la partie utile.";
export const FORMATS = [".docx", ".odt", ".txt"];

/** {nom, blocs, remarques}. Lève DocumentRefuse, dont le message dit que faire. */
export async function ouvrir(fichier, limites) {
  const nom = fichier.name.replace(/^.*[\\/]/, "");
  const suffixe = (/\.[^.]+$/.exec(nom)?.[0] || "").toLowerCase();
  if (suffixe === ".pdf") {
    throw new DocumentRefuse(
      "un PDF ne se lit pas dans le navigateur. Copiez son texte dans un fichier .txt, ou lancez « python3 " +
        "scripts/importer.py » depuis le dossier du projet.",
    );
  }
  if (!FORMATS.includes(suffixe)) {
    throw new DocumentRefuse(
      `format « ${suffixe || "sans extension"} » inconnu. Formats lus : ${FORMATS.join(", ")}. ` +
        "Enregistrez le document dans l’un d’eux.",
    );
  }
  if (fichier.size > limites.octets) {
    throw new DocumentRefuse(`ce fichier dépasse ${Math.floor(limites.octets / 1_000_000)} Mo. Retirez-en les images.`);
  }
  const octets = new Uint8Array(await fichier.arrayBuffer());
  if (!octets.some((octet) => ![9, 10, 13, 32, 0].includes(octet))) throw new DocumentRefuse("ce fichier est vide.");
  if (suffixe === ".txt" && finsDeLigne(octets) > 2 * limites.blocs) throw new DocumentRefuse(TROP_LONG);
  const [blocs, remarques] = await lire(suffixe, octets, limites);
  if (blocs.length > limites.blocs) throw new DocumentRefuse(TROP_LONG);
  for (const bloc of blocs) {
    bloc.texte = nettoyer(bloc.texte);
    if (!bloc.texte) bloc.genre = "vide";
  }
  const taille = blocs.reduce((somme, bloc) => somme + bloc.texte.length, 0);
  if (taille > limites.caracteres) throw new DocumentRefuse(TROP_LONG);
  if (blocs.some((bloc) => bloc.texte.split("\n").some((ligne) => [...ligne].length > limites.paragraphe))) {
    throw new DocumentRefuse(
      `un paragraphe de ce document dépasse ${limites.paragraphe} caractères. Coupez-le, puis recommencez.`,
    );
  }
  if (!taille) {
    throw new DocumentRefuse("ce document ne contient pas de texte. S’il montre une image, recopiez-en le texte.");
  }
  return { nom, blocs, remarques };
}

const finsDeLigne = (octets) => octets.reduce((somme, octet) => somme + (octet === 10 || octet === 13), 0);

async function lire(suffixe, octets, limites) {
  if (suffixe === ".txt") return txt.lire(octets);
  const archive = new Archive(octets, limites);
  return [await (suffixe === ".docx" ? docx : odt).lire(archive, limites.profondeur), []];
}
