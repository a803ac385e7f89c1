// Faire voyager la composition : un lien à copier, un fichier à enregistrer ou à ouvrir.
import { identifiant } from "../francais.js";
import { copier, telecharger } from "../gestes.js";
import { CompositionRefusee } from "./etat.js";
import { ecrireLien, lireTexte } from "./adresse.js";

const MAX_FICHIER = 1_000_000; // octets
const LONG = 2000; // caractères : au-delà, des messageries coupent les adresses

/** Copie le lien de la composition ; rend ce qu’il faut en dire. */
export async function copierLien(composition, options) {
  const lien = new URL(location.pathname, location.origin).href + (await ecrireLien(composition, options));
  const reserve = lien.length > LONG ? " Il est long : si une messagerie le coupe, joignez plutôt le fichier." : "";
  if (await copier(lien)) return { mots: `Lien copié.${reserve}` };
  return { mots: `Votre navigateur refuse la copie : le lien est ci-dessous.${reserve}`, lien };
}

/** Enregistre la composition entière, contact compris. */
export function enregistrerFichier(composition) {
  const nom = `${identifiant(composition.titre, 60) || "atelier"}.json`;
  telecharger(new Blob([`${JSON.stringify(composition, null, 2)}\n`], { type: "application/json" }), nom);
  return `Enregistré : ${nom}.`;
}

/** La composition d’un fichier choisi ; lève CompositionRefusee avec un message pour le lecteur. */
export async function lireFichier(fichier) {
  if (fichier.size > MAX_FICHIER) throw new CompositionRefusee("Ce fichier est trop gros pour être une composition.");
  return lireTexte(await fichier.text(), "Ce fichier");
}
