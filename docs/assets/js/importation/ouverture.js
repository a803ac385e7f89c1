// Un fichier devient une suite de blocs : quel lecteur, et les limites que tous gardent.

import { dire } from "../partage/importation.js";
import { Archive, DocumentRefuse, refus } from "./archive.js";
import * as docx from "./docx.js";
import { nettoyer } from "./mots.js";
import * as odt from "./odt.js";
import * as txt from "./txt.js";

export const FORMATS = [".docx", ".odt", ".txt"];

/** {nom, blocs, remarques}. Lève DocumentRefuse, dont le message dit que faire. */
export async function ouvrir(fichier, limites) {
  const nom = fichier.name.replace(/^.*[\\/]/, "");
  const suffixe = (/\.[^.]+$/.exec(nom)?.[0] || "").toLowerCase();
  if (suffixe === ".pdf") {
    throw new DocumentRefuse(
      "un PDF ne se lit pas dans le navigateur. Recopiez-le en .txt, ou lancez « python3 scripts/importer.py " +
        "» depuis le dossier du projet.",
    );
  }
  if (!FORMATS.includes(suffixe)) {
    throw refus("format_inconnu", {
      suffixe: suffixe || dire("sans_extension"),
      formats: FORMATS.join(", "),
    });
  }
  if (fichier.size > limites.octets) {
    throw refus("trop_gros", { mo: Math.floor(limites.octets / 1_000_000) });
  }
  const octets = new Uint8Array(await fichier.arrayBuffer());
  if (!octets.some((octet) => ![9, 10, 13, 32, 0].includes(octet))) throw refus("vide");
  if (suffixe === ".txt" && finsDeLigne(octets) > 2 * limites.blocs) throw refus("trop_long");
  const [blocs, remarques] = await lire(suffixe, octets, limites);
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
  if (!taille) {
    throw refus("sans_texte");
  }
  return { nom, blocs, remarques };
}

const finsDeLigne = (octets) => octets.reduce((somme, octet) => somme + (octet === 10 || octet === 13), 0);

async function lire(suffixe, octets, limites) {
  if (suffixe === ".txt") return txt.lire(octets);
  const archive = new Archive(octets, limites);
  return [await (suffixe === ".docx" ? docx : odt).lire(archive, limites.profondeur), []];
}
