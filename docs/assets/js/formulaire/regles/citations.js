// Portage de macros/regles/citations.py : un test compare les deux, champ par champ et mot pour mot, sur des milliers
// de fiches.
import { dire, motif } from "../../partage/fiche.js";
import { decouper, serrer } from "../valeurs.js";
import { remede } from "./forme.js";

/** « [s1] », « [s1, s3] » ou « [kit] ». */
export const CITATION = motif("citation", "gu");
const CITE = motif("citation");
const PARAGRAPHES = motif("paragraphes");
const LIEN = motif("lien", "gu");
const LIEN_SUR = motif("adresse_de_lien");
const HOTE_FAIBLE = motif("hote_faible", "iu");
const PERSONNELS = { adresse_nominative: motif("courriel", "iu"), portable: motif("portable") };

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
      if (!sources.includes(cle) && cle !== "kit")
        yield [chemin, `${dire("source_absente", { cle })} ${remede([...sources, "kit"])}`];
    }
  }
  for (const cle of sources) {
    if (!vues.has(cle)) yield [["sources", cle], dire("source_jamais_citee", { cle })];
  }
}

export function* enonces_sources({ donnees, occurrences }) {
  if (donnees.etat !== "publiee") return;
  for (const { chemin, valeur, marque, dit } of occurrences) {
    if (marque !== "x-enonce" || !dit.cite) continue;
    for (const paragraphe of valeur.split(PARAGRAPHES)) {
      const debut = [...serrer(paragraphe)]
        .slice(0, 50)
        .join("")
        .replace(/[ .]+$/u, "");
      if (!cite(paragraphe)) yield [chemin, dire("enonce_sans_source", { debut, citez: dire("citez") })];
    }
  }
}

export function* liens_surs({ occurrences }) {
  for (const { chemin, valeur, marque } of occurrences) {
    if (marque !== "x-enonce") continue;
    for (const [, lien] of valeur.matchAll(LIEN)) {
      const adresse = [...lien].slice(0, 60).join("");
      if (!LIEN_SUR.test(lien)) yield [chemin, dire("lien_refuse", { adresse })];
    }
  }
}

export function* hotes_durables({ donnees, sources }) {
  for (const cle of sources) {
    const adresse = donnees.sources[cle]?.url;
    const [, hote] = (typeof adresse === "string" && HOTE_FAIBLE.exec(adresse)) || [];
    if (hote) yield [["sources", cle, "url"], dire("hote_faible", { hote })];
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
  for (const [nom, trouver] of Object.entries(PERSONNELS)) {
    if (trouver.test(texte)) yield [chemin, dire(nom)];
  }
}
