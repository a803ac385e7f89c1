// Le champ « Votre commune » de l’orientation : il propose celle qui est retenue, et s’efface en le vidant.
import { relier } from "../commune/choix.js";
import { MINIMUM, plier } from "../commune/lieux.js";
import { trouver } from "../commune/trouver.js";

const PROPOSES = 8;
const apostrophe = (nom) => nom.replaceAll("'", "’");
const option = ({ code, nom, departement = "" }) => ({
  libelle: apostrophe(nom),
  precision: departement,
  valeur: code,
});

/** `choisir(code)` reçoit le lieu choisi, ou « » quand le champ est vidé. Rend de quoi écrire le nom du lieu. */
export function animerChamp(champ, { choisir, proposee }) {
  let ecrit = "";
  const ecrire = (lieu) => {
    ecrit = lieu ? apostrophe(lieu.nom) : "";
    champ.value = ecrit;
  };
  const proposer = async (texte) => {
    if (!texte.trim()) return proposee ? [option(proposee)] : [];
    if (plier(texte).length < MINIMUM) return [];
    try {
      return (await trouver(texte)).lieux.slice(0, PROPOSES).map(option);
    } catch {
      return [];
    }
  };
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
