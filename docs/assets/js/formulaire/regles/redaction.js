// Portage de macros/regles/redaction.py.
import FICHE, { dire, motif } from "../../partage/fiche.js";
import { ESPACE } from "../../partage.js";
import { decouper, nomDeChamp, rogner, serrer } from "../valeurs.js";
import { CITATION, cite } from "./citations.js";

const MOTS_CITES = motif("mots_cites", "gu");
const ELOGE = motif("eloge", "giu");
const FIN = motif("fin_de_phrase");
const DE_NOUS = motif("parle_de_nous", "giu");
const ENTRE_PHRASES = motif("entre_phrases");
const MOTS = motif("mots", "gu");
const PHRASE_SUIVANTE = motif("phrase_suivante");
const SANS_SUJET = motif("debut_de_fiche", "iu");
const CHIFFRE = motif("chiffre");
const AVANT_CITATION = new RegExp(`${ESPACE}*${CITATION.source}`, "gu");

/** Le texte sans ses citations ni l’espace qui les précède. */
const nu = (texte) => rogner(texte.replace(AVANT_CITATION, ""));
const enonces = (occurrences) => occurrences.filter(({ marque }) => marque === "x-enonce");
const texteDe = (valeur) => (typeof valeur === "string" ? valeur : "");
const passe = (chemin, champs) => chemin.some((part) => champs.includes(part));

export function* sans_eloge({ donnees, occurrences }) {
  const textes = [[["titre"], texteDe(donnees.titre)], ...enonces(occurrences).map((o) => [o.chemin, o.valeur])];
  for (const [chemin, texte] of textes) {
    for (const [mot] of texte.replace(MOTS_CITES, " ").matchAll(ELOGE)) yield [chemin, dire("eloge", { mot })];
  }
}

export function* accroche({ donnees }) {
  const texte = serrer(nu(texteDe(donnees.accroche)));
  const chemin = ["accroche"];
  if (!texte) return;
  if (PHRASE_SUIVANTE.test(texte)) yield [chemin, dire("accroche_longue")];
  const debut = texte.replace(/^[« \u00a0\u202f]+/u, "");
  if (!/^[\p{Uppercase}\p{Nd}]/u.test(debut)) yield [chemin, dire("accroche_majuscule")];
  if (!texte.endsWith(".")) yield [chemin, dire("accroche_point")];
  const tort = SANS_SUJET.exec(debut);
  if (tort) yield [chemin, dire("accroche_debut", { mot: tort[0] })];
}

export function* fin_de_phrase({ occurrences }) {
  for (const { chemin, valeur } of enonces(occurrences)) {
    if (chemin[0] === "accroche" || passe(chemin, FICHE.pas_des_phrases)) continue;
    const texte = serrer(nu(valeur));
    const fin = [...texte].slice(-30).join("").trimStart();
    if (texte && !FIN.test(texte)) yield [chemin, dire("sans_point", { fin })];
  }
}

export function* pas_de_nous({ occurrences }) {
  for (const { chemin, valeur } of enonces(occurrences)) {
    for (const [mots] of valeur.replace(MOTS_CITES, " ").matchAll(DE_NOUS))
      yield [chemin, dire("parle_de_nous", { mots })];
  }
}

export function* dit_une_fois({ occurrences }) {
  const vues = new Map();
  for (const { chemin, valeur } of enonces(occurrences)) {
    if (passe(chemin, FICHE.peuvent_revenir)) continue;
    for (const phrase of valeur.replace(AVANT_CITATION, "").split(ENTRE_PHRASES)) {
      const mots = phrase.toLowerCase().match(MOTS) ?? [];
      if (mots.length < FICHE.limites.mots_d_une_phrase) continue;
      const [cle, ici] = [mots.join(" "), nomDeChamp(chemin)];
      if (!vues.has(cle)) vues.set(cle, ici);
      const ou = vues.get(cle);
      const debut = [...serrer(phrase)]
        .slice(0, 50)
        .join("")
        .replace(/[ .]+$/u, "");
      if (ou !== ici) yield [chemin, dire("deja_dit", { debut, ou })];
    }
  }
}

export function* mots_cles({ donnees }) {
  const mots = Array.isArray(donnees.mots_cles) ? donnees.mots_cles : [];
  for (const [rang, mot] of mots.entries()) {
    if (typeof mot === "string" && (FIN.test(mot) || decouper(mot).length > FICHE.limites.mots_d_un_mot_cle))
      yield [["mots_cles", rang], dire("mot_cle_phrase", { mot: [...mot].slice(0, 40).join("") })];
  }
}

export function* chiffres_sources({ donnees, occurrences }) {
  if (donnees.etat !== "publiee") return;
  for (const { chemin, valeur, dit } of enonces(occurrences)) {
    if (dit.cite || passe(chemin, FICHE.parlent_des_sources)) continue;
    if (CHIFFRE.test(nu(valeur)) && !cite(valeur))
      yield [chemin, dire("chiffre_sans_source", { citez: dire("citez") })];
  }
}
