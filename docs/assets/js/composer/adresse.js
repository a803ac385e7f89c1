// La composition dans l’adresse de la page : « #c1. », puis le JSON sans ses champs vides, comprimé (zlib, qui porte
// une somme de contrôle) et écrit en base64 d’adresse. Le fragment n’est jamais envoyé au serveur. Une adresse peut
// avoir été coupée, abîmée ou écrite par n’importe qui : tout est relu par etat.js.
import { deBase64, enBase64, passer } from "../octets.js";
import { CompositionRefusee, valider } from "./etat.js";

const PREFIXE = "c1.";
const MAX_LIEN = 200_000; // caractères
const MAX_TEXTE = 600_000; // octets une fois ouvert : au-delà, ce n’est pas une composition

/** Vrai quand ce fragment prétend porter une composition. */
export const porteUneComposition = (fragment) => /^#c\d/u.test(fragment);

const estVide = (valeur) =>
  valeur === null || valeur === "" || valeur === false || (Array.isArray(valeur) && !valeur.length);

/** Le JSON sans les champs vides, que etat.js remet. `contact` n’y va que si on le demande. */
export function abreger(composition, { contact = false } = {}) {
  return JSON.stringify(composition, (cle, valeur) => {
    if (estVide(valeur) || (cle === "contact" && !contact)) return undefined;
    return valeur;
  });
}

/** « #c1.… » */
export async function ecrireLien(composition, options) {
  const octets = await passer(
    new TextEncoder().encode(abreger(composition, options)),
    new CompressionStream("deflate"),
  );
  return `#${PREFIXE}${enBase64(octets)}`;
}

/** La composition d’un fragment ; lève CompositionRefusee avec un message pour le lecteur. */
export async function lireLien(fragment) {
  const [version] = fragment.slice(1).split(".", 1);
  if (!fragment.startsWith(`#${PREFIXE}`)) {
    throw new CompositionRefusee(
      `Ce lien est d’une autre version (« ${version.slice(0, 8)} ») que cette page ne sait pas lire.`,
    );
  }
  if (fragment.length > MAX_LIEN) throw new CompositionRefusee("Ce lien est trop long pour être une composition.");
  let texte;
  try {
    const octets = await passer(
      deBase64(fragment.slice(1 + PREFIXE.length)),
      new DecompressionStream("deflate"),
      MAX_TEXTE,
    );
    texte = new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch (erreur) {
    throw new CompositionRefusee(
      erreur instanceof RangeError
        ? "Ce lien s’ouvre sur un texte bien trop long pour être une composition."
        : "Ce lien est coupé ou abîmé : demandez qu’on vous le renvoie entier, ou le fichier de la composition.",
    );
  }
  return lireTexte(texte, "Ce lien");
}

/** La composition d’un texte JSON (lien ouvert, fichier). `quoi` commence le message d’erreur. */
export function lireTexte(texte, quoi) {
  let brut;
  try {
    brut = JSON.parse(texte);
  } catch {
    throw new CompositionRefusee(`${quoi} ne contient pas une composition lisible.`);
  }
  try {
    return valider(brut);
  } catch (erreur) {
    if (!(erreur instanceof CompositionRefusee)) throw erreur;
    throw new CompositionRefusee(`${quoi} ne contient pas une composition valable. ${erreur.message}`);
  }
}
