// La sélection dans l’adresse : #selection=<version><forme><somme>.<octets>. Après le dièse : le serveur ne la reçoit
// pas.   version 1 ; forme z (compressée) ou b (telle quelle) ; somme de contrôle : un lien coupé se voit.   octets :
// le JSON [titre, fiche…], une fiche valant "d/atelier-flash" ou ["d/atelier-flash", note].
import { crc32 } from "../emporter/zip.js";
import { GENRES } from "../genres.js";
import { deBase64, enBase64, passer } from "../octets.js";
import { MAX, MAX_NOTE, MAX_TITRE, filtrer } from "./liste.js";

const VERSION = "1";
const MAX_LIEN = 200_000;
const MAX_CLAIR = 1_000_000;
const LETTRES = Object.fromEntries(Object.entries(GENRES).map(([type, { lettre }]) => [lettre, type]));
const FORME = /^#selection=(\d+)([a-z])([0-9a-z]+)\.([\w-]*)$/;

/** Le lien ne se lit pas ; le message dit pourquoi, en français. */
export class LienIllisible extends Error {}

function fiche({ type, url, note }) {
  const { dossier, lettre } = GENRES[type];
  const [, id] = new RegExp(`^${dossier}/([a-z0-9-]+)/$`).exec(url) ?? [];
  if (!id) return [];
  return [note ? [`${lettre}/${id}`, note] : `${lettre}/${id}`];
}

/** { titre, fiches } -> « #selection=… » */
export async function coder({ titre, fiches }) {
  const clair = new TextEncoder().encode(JSON.stringify([titre, ...fiches.flatMap(fiche)]));
  const somme = crc32(clair).toString(36);
  try {
    const serre = await passer(clair, new CompressionStream("deflate-raw"), MAX_CLAIR);
    return `#selection=${VERSION}z${somme}.${enBase64(serre)}`;
  } catch {
    return `#selection=${VERSION}b${somme}.${enBase64(clair)}`; // navigateur ancien
  }
}

async function lireOctets(forme, texte) {
  const octets = deBase64(texte);
  return forme === "z" ? passer(octets, new DecompressionStream("deflate-raw"), MAX_CLAIR) : octets;
}

function lireFiche(entree) {
  const [cle, note] = [entree].flat();
  const [, lettre, id] = typeof cle === "string" ? (/^([a-z])\/([a-z0-9-]{1,120})$/.exec(cle) ?? []) : [];
  if (!lettre || !Object.hasOwn(LETTRES, lettre)) return [];
  const type = LETTRES[lettre];
  return [
    {
      type,
      titre: id.replaceAll("-", " "),
      url: `${GENRES[type].dossier}/${id}/`,
      note: typeof note === "string" ? note.slice(0, MAX_NOTE) : "",
    },
  ];
}

/**
 * « #selection=… » -> { titre, fiches, ecartees } ; null quand l’adresse ne porte pas de sélection. « titre » d’une
 * fiche : son identifiant, faute de mieux. « ecartees » : entrées illisibles ou de trop. Échoue par LienIllisible.
 */
export async function decoder(fragment) {
  if (!fragment.startsWith("#selection=")) return null;
  const [, version, forme, somme, texte] = FORME.exec(fragment.slice(0, MAX_LIEN)) ?? [];
  if (version && version !== VERSION)
    throw new LienIllisible("Ce lien vient d’une autre version de ce site, que cette page ne sait pas lire.");
  try {
    const clair = await lireOctets(forme, texte);
    if (crc32(clair).toString(36) !== somme) throw new RangeError("somme");
    const [titre, ...entrees] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(clair));
    const fiches = filtrer(entrees.slice(0, MAX).flatMap(lireFiche));
    return {
      titre: typeof titre === "string" ? titre.slice(0, MAX_TITRE) : "",
      fiches,
      ecartees: entrees.length - fiches.length,
    };
  } catch {
    throw new LienIllisible(
      "Ce lien est incomplet ou abîmé\u00A0: la sélection qu’il portait ne peut pas être lue. Demandez qu’on " +
        "vous le renvoie en entier.",
    );
  }
}
