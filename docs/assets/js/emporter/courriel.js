// Programme calculé -> texte brut, à coller dans un courriel.
import { INSECABLE, dateLongue } from "../francais.js";
import { horaire, nomDuJour, quand } from "./trames.js";

export const objet = (programme) =>
  [programme.titre || "Atelier", quand(programme), programme.lieu?.nom].filter(Boolean).join(", ");

function jourEnTexte(jour, rang) {
  const tete = [nomDuJour(jour, rang), dateLongue(jour.date)].filter(Boolean).join(", ");
  const lignes = jour.sequences.map((s) => `${horaire(s)}${INSECABLE}: ${s.titre}${s.lieu ? ` (${s.lieu})` : ""}`);
  return [tete, ...lignes].join("\n");
}

export function texte(programme) {
  const faits = [
    ["Lieu", programme.lieu?.nom],
    ["Contact", programme.contact],
  ].filter(([, mots]) => mots);
  return [
    programme.titre || "Atelier",
    ...(faits.length ? [faits.map(([nom, mots]) => `${nom}${INSECABLE}: ${mots}`).join("\n")] : []),
    ...programme.jours.map(jourEnTexte),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Ce que dit le message quand le programme est trop long pour y entrer d’office. */
export const court = (programme) =>
  `Bonjour,\n\nVoici le programme de «${INSECABLE}${programme.titre || "l’atelier"}${INSECABLE}»${INSECABLE}: ` +
  "[collez-le ici, il est dans le presse-papiers]\n";
