// Portage de macros/regles/citations.py : un test compare les deux, champ par champ, sur des milliers de fiches.
import { ESPACE, decouper } from "../valeurs.js";

const CLES = `((?:s\\p{Nd}{1,3}|kit)(?:${ESPACE}*,${ESPACE}*(?:s\\p{Nd}{1,3}|kit))*)`;
/** « [s1] », « [s1, s3] » ou « [kit] ». */
export const CITATION = new RegExp(`\\[${CLES}\\]`, "gu");
const CITE = new RegExp(`\\[${CLES}\\]`, "u");
const PARAGRAPHES = new RegExp(`\\n${ESPACE}*\\n`, "u");
const LIEN = new RegExp(`\\]\\(${ESPACE}*((?:(?!${ESPACE})[^)])*)`, "gu");
const MOT = "[\\p{L}\\p{N}_]";
const COURRIEL = new RegExp(`(?<!${MOT})[a-z]{2,}[.-][a-z]{2,}@`, "iu");
const PORTABLE = new RegExp(`(?<!${MOT})0[67]([ .-]?\\p{Nd}{2}){4}(?!${MOT})`, "u");

/** Les clés citées, dans l’ordre, « kit » compris. */
export const clesCitees = (texte) =>
  [...texte.matchAll(CITATION)].flatMap((m) => m[1].split(",").map((cle) => decouper(cle).join(" ")));
export const cite = (texte) => CITE.test(texte);

export function* sources_citees({ occurrences, sources }) {
  const vues = new Set();
  for (const { chemin, valeur, marque } of occurrences) {
    const cles = marque === "x-cledesource" ? [valeur] : marque === "x-enonce" ? clesCitees(valeur) : [];
    for (const cle of cles) {
      vues.add(cle);
      if (!sources.includes(cle) && cle !== "kit") {
        yield [
          chemin,
          `la source « ${cle.slice(0, 20)} » n’est pas déclarée. Valeurs admises : ${[...sources, "kit"].join(", ")}.`,
        ];
      }
    }
  }
  for (const cle of sources) {
    if (!vues.has(cle))
      yield [["sources", cle], `source jamais citée. Citez-la là où elle sert ([${cle}]), ou retirez-la.`];
  }
}

export function* enonces_sources({ donnees, occurrences }) {
  if (donnees.etat !== "publiee") return;
  for (const { chemin, valeur, marque, dit } of occurrences) {
    if (marque !== "x-enonce" || !dit.cite) continue;
    for (const paragraphe of valeur.split(PARAGRAPHES)) {
      if (!cite(paragraphe)) {
        const debut = decouper(paragraphe)
          .join(" ")
          .slice(0, 50)
          .replace(/[ .]+$/u, "");
        yield [
          chemin,
          `énoncé sans source : « ${debut}… ». Ajoutez [s1] (clé de sources), ou [kit] si c’est notre proposition.`,
        ];
      }
    }
  }
}

export function* liens_surs({ occurrences }) {
  for (const { chemin, valeur, marque } of occurrences) {
    if (marque !== "x-enonce") continue;
    for (const [, adresse] of valeur.matchAll(LIEN)) {
      if (!/^(https?:\/\/|mailto:)/iu.test(adresse)) {
        yield [
          chemin,
          `adresse de lien refusée : « ${adresse.slice(0, 60)} ». Écrivez une adresse http, https ou mailto ; pour une autre fiche, utilisez fiches_liees.`,
        ];
      }
    }
  }
}

export function* personne_nommee({ donnees, occurrences }) {
  for (const { chemin, valeur, marque } of occurrences) {
    if (marque === "x-enonce") yield* personnel(valeur, chemin);
  }
  for (const nom of ["boite", "standard"]) {
    const valeur = donnees.premier_contact?.[nom];
    if (typeof valeur === "string") yield* personnel(valeur, ["premier_contact", nom]);
  }
}

function* personnel(texte, chemin) {
  if (COURRIEL.test(texte)) yield [chemin, "adresse nominative. Donnez une boîte fonctionnelle, ou rien."];
  if (PORTABLE.test(texte)) yield [chemin, "numéro de portable. Donnez un standard, ou rien."];
}
