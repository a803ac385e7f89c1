// Faire voyager la composition : un lien à copier, un fichier à enregistrer ou à ouvrir.
import { element } from "../socle.js";
import { CompositionRefusee } from "./etat.js";
import { ecrireLien, lireTexte } from "./adresse.js";

const MAX_FICHIER = 1_000_000; // octets
const LONG = 2000; // caractères : au-delà, des messageries coupent les adresses

/** Copie le lien de la composition ; rend ce qu’il faut en dire. */
export async function copierLien(composition, options) {
  const lien = new URL(location.pathname, location.origin).href + (await ecrireLien(composition, options));
  const reserve = lien.length > LONG ? " Il est long : si une messagerie le coupe, joignez plutôt le fichier." : "";
  try {
    await navigator.clipboard.writeText(lien);
    return { mots: `Lien copié.${reserve}` };
  } catch {
    return { mots: `Votre navigateur refuse la copie : le lien est ci-dessous.${reserve}`, lien };
  }
}

const nomDeFichier = (titre) =>
  `${
    titre
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/gu, "")
      .replace(/[^a-z0-9]+/gu, "-")
      .replace(/^-|-$/gu, "")
      .slice(0, 60) || "atelier"
  }.json`;

/** Enregistre la composition entière, contact compris. */
export function enregistrerFichier(composition) {
  const adresse = URL.createObjectURL(
    new Blob([`${JSON.stringify(composition, null, 2)}\n`], { type: "application/json" }),
  );
  const lien = element("a", "", { href: adresse, download: nomDeFichier(composition.titre) });
  lien.click();
  setTimeout(() => URL.revokeObjectURL(adresse), 1000);
  return `Enregistré : ${lien.download}.`;
}

/** La composition d’un fichier choisi ; lève CompositionRefusee avec un message pour le lecteur. */
export async function lireFichier(fichier) {
  if (fichier.size > MAX_FICHIER) throw new CompositionRefusee("Ce fichier est trop gros pour être une composition.");
  return lireTexte(await fichier.text(), "Ce fichier");
}
