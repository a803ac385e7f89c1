// Un fichier du lecteur : son texte, ou les parties de son archive, que blocs.js lit ensuite. Python ouvre les siens de
// même.

import { dire } from "../partage/importation.js";
import { Archive } from "./archive.js";
import { DocumentRefuse, refus } from "./refus.js";
import * as txt from "./txt.js";
import { lireXml } from "./xml.js";

export const FORMATS = [".docx", ".odt", ".txt"];
const MANIFESTE = "META-INF/manifest.xml";

/** { nom, texte, membres, remarques }. Lève DocumentRefuse, dont le message dit que faire. */
export async function ouvrir(fichier, { limites, membres }) {
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
  if (suffixe === ".txt") {
    if (finsDeLigne(octets) > 2 * limites.blocs) throw refus("trop_long");
    const [texte, remarques] = txt.lire(octets);
    return { nom, texte, remarques };
  }
  const archive = new Archive(octets, limites);
  return { nom, membres: await parties(archive, new RegExp(membres[suffixe]), limites), remarques: [] };
}

const finsDeLigne = (octets) => octets.reduce((somme, octet) => somme + (octet === 10 || octet === 13), 0);

async function parties(archive, utiles, limites) {
  const manifeste = archive.noms().includes(MANIFESTE) ? await archive.lire(MANIFESTE) : new Uint8Array();
  if (new TextDecoder().decode(manifeste).includes("encryption-data")) throw refus("protege");
  const lues = {};
  for (const nom of archive.noms().filter((membre) => utiles.test(membre))) {
    lues[nom] = lireXml(await archive.lire(nom), limites.profondeur);
  }
  return lues;
}
