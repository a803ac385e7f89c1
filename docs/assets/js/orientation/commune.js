// Le champ « Votre commune » de l’orientation : il propose celle qui est retenue, et s’efface en le vidant.
import { relier } from "../commune/choix.js";
import { apostrophe, propositions } from "../commune/saisie.js";

/** `choisir(code)` reçoit le lieu choisi, ou « » quand le champ est vidé. Rend de quoi écrire le nom du lieu. */
export function animerChamp(champ, { choisir, proposee }) {
  let ecrit = "";
  const ecrire = (lieu) => {
    ecrit = lieu ? apostrophe(lieu.nom) : "";
    champ.value = ecrit;
  };
  const retenue = proposee ? [{ libelle: apostrophe(proposee.nom), precision: "", valeur: proposee.code }] : [];
  const proposer = async (texte) =>
    texte.trim() ? (await propositions(texte, () => champ.value === texte)).options : retenue;
  relier(champ, document.getElementById(champ.getAttribute("aria-controls")), { proposer, choisir });
  champ.addEventListener("focus", () => {
    if (!champ.value && proposee) champ.dispatchEvent(new Event("input"));
  });
  champ.addEventListener("change", () => {
    if (!champ.value.trim() && ecrit) {
      ecrit = "";
      choisir("");
    } else if (champ.value !== ecrit) champ.value = ecrit;
  });
  return ecrire;
}
