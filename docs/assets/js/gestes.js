// Ce que fait un bouton « emporter » : enregistrer un fichier, copier un texte, ouvrir la messagerie.
import { element } from "./socle.js";
import { permis } from "./emporter/xml.js";

const MAX_ADRESSE = 1900; // au-delà, des messageries coupent le message

export function telecharger(blob, nom) {
  const adresse = URL.createObjectURL(blob);
  const lien = element("a", "", { href: adresse, download: nom });
  document.body.append(lien); // Firefox ne suit qu’un lien de la page
  lien.click();
  lien.remove();
  setTimeout(() => URL.revokeObjectURL(adresse), 10_000);
}

/** Vrai quand le presse-papiers a accepté. */
export async function copier(texte) {
  try {
    await navigator.clipboard.writeText(texte);
    return true;
  } catch {
    return false;
  }
}

/** Presse-papiers refusé : le texte est donné dans un champ, prêt à copier à la main. */
export function montrerTexte(conteneur, texte, nom) {
  conteneur.querySelector("[data-texte-a-copier]")?.remove();
  const champ = element("textarea", "", {
    rows: "8",
    readonly: "",
    "aria-label": nom,
    class: "emporter__copie",
    "data-texte-a-copier": "",
  });
  champ.value = texte;
  conteneur.append(champ);
  champ.focus();
  champ.select();
}

/**
 * « versions » : le même message, du plus complet au plus court. Rend l’adresse « mailto: » de la première qu’une
 * messagerie prend en entier, ou de la dernière, et son rang. Le destinataire reste à choisir dans la messagerie.
 */
export function messagerie(objet, versions) {
  const coder = (mots) => encodeURIComponent(permis(mots).replaceAll("\n", "\r\n"));
  const adresses = versions.map((mots) => `mailto:?subject=${coder(objet.slice(0, 150))}&body=${coder(mots)}`);
  const bonne = adresses.findIndex((adresse) => adresse.length <= MAX_ADRESSE);
  const rang = bonne < 0 ? versions.length - 1 : bonne;
  return { adresse: adresses[rang], rang };
}
