// Une archive zip, telle que la lisent LibreOffice et Word. Sans date : le même contenu donne les mêmes octets.
// Chaque fichier est compressé par le navigateur quand il sait le faire, rangé tel quel sinon.
import { passer } from "../octets.js";

const TABLE = Uint32Array.from({ length: 256 }, (_, rang) => {
  let reste = rang;
  for (let bit = 0; bit < 8; bit += 1) reste = reste & 1 ? (reste >>> 1) ^ 0xedb88320 : reste >>> 1;
  return reste >>> 0;
});
const JOUR = 0x0021; // 1er janvier 1980, la plus ancienne date que le format sache écrire
const UTF8 = 0x0800;
const VERSION = 20;

export function crc32(octets) {
  let reste = 0xffffffff;
  for (const octet of octets) reste = TABLE[(reste ^ octet) & 0xff] ^ (reste >>> 8);
  return (reste ^ 0xffffffff) >>> 0;
}

/** Rend null dans un navigateur ancien, qui ne sait pas compresser. */
async function degonfler(octets) {
  try {
    return await passer(octets, new CompressionStream("deflate-raw"));
  } catch {
    return null;
  }
}

/** Les champs communs aux deux en-têtes d’un fichier de l’archive. */
function champs(entree) {
  return [
    [2, VERSION],
    [2, UTF8],
    [2, entree.methode],
    [2, 0],
    [2, JOUR],
    [4, entree.crc],
    [4, entree.contenu.length],
    [4, entree.taille],
    [2, entree.nom.length],
    [2, 0],
  ];
}

function octetsDe(suite) {
  const vue = new DataView(new ArrayBuffer(suite.reduce((somme, [taille]) => somme + taille, 0)));
  let place = 0;
  for (const [taille, valeur] of suite) {
    if (taille === 2) vue.setUint16(place, valeur, true);
    else vue.setUint32(place, valeur, true);
    place += taille;
  }
  return new Uint8Array(vue.buffer);
}

/**
 * [{ nom, texte ou octets, brut }…] -> Blob, dans l’ordre donné. « brut » range sans compresser : le « mimetype » d’un
 * ODT, en tête ; une image, qui l’est déjà.
 */
export async function zipper(fichiers, type = "application/zip") {
  const encodeur = new TextEncoder();
  const morceaux = [];
  const annuaire = [];
  let place = 0;
  for (const { nom, texte, octets, brut = false } of fichiers) {
    const clair = octets ?? encodeur.encode(texte);
    const compresse = brut ? null : await degonfler(clair);
    const entree = {
      nom: encodeur.encode(nom),
      crc: crc32(clair),
      taille: clair.length,
      contenu: compresse ?? clair,
      methode: compresse ? 8 : 0,
    };
    const tete = octetsDe([[4, 0x04034b50], ...champs(entree)]);
    annuaire.push(
      octetsDe([[4, 0x02014b50], [2, VERSION], ...champs(entree), [2, 0], [2, 0], [2, 0], [4, 0], [4, place]]),
      entree.nom,
    );
    morceaux.push(tete, entree.nom, entree.contenu);
    place += tete.length + entree.nom.length + entree.contenu.length;
  }
  const taille = annuaire.reduce((somme, morceau) => somme + morceau.length, 0);
  const fin = octetsDe([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, fichiers.length],
    [2, fichiers.length],
    [4, taille],
    [4, place],
    [2, 0],
  ]);
  return new Blob([...morceaux, ...annuaire, fin], { type });
}
