// Portage de macros/regles/redaction.py. Les limites de mot sont celles de Python, qui connaît les accents.
import { ESPACE, decouper, serrer } from "../valeurs.js";
import { CITATION, cite } from "./citations.js";

const MOT = "[\\p{L}\\p{N}_]";
const AVANT = `(?<!${MOT})`;
const APRES = `(?!${MOT})`;
const MOTS_CITES = /«[^«»]*»/gu;
const ELOGE = new RegExp(
  `${AVANT}(?:innovant${MOT}*|ambitieu(?:x|ses?)|incontournables?|performante?s?|formidables?|exceptionnel(?:le)?s?` +
    "|remarquables?|inédite?s?|uniques? en (?:son|leur) genre" +
    `|(?<!${AVANT}un )(?<!${AVANT}deux )(?<!${AVANT}chaque )exemplaires?` +
    `|(?:communes?|équipes?|territoires?|villes?|bourgs?|réseaux?|acteurs?) dynamiques?)${APRES}`,
  "giu",
);
const FIN = new RegExp(`[.!?…](?:(?:[»)]|${ESPACE})|\\*)*$`, "u");
const PHRASE_SUIVANTE = new RegExp(`[.!?…]${ESPACE}+(?=(?:«|${ESPACE})*[A-ZÀ-ÖØ-Ý])`, "u");
const PRONOM = new RegExp(
  `^(?:(?:ils?|elles?|on|nous|vous|je|ceci|cela|ça|ce|cet|cette|ces)${APRES}|(?:c|j)’|(?:la|notre) (?:présente )?fiche${APRES})`,
  "iu",
);
const VERBE = new RegExp(
  "^(?:accompagne|permet|propose|réunit|finance|conseille|organise|intervient|sert|donne|offre|met|est|sont|soutient" +
    `|anime|apporte|vise|facilite|regroupe|rassemble|fédère|assure|gère)(?:nt)?${APRES}`,
  "iu",
);
const AVANT_CITATION = new RegExp(`${ESPACE}*${CITATION.source}`, "gu");
const PARLE_DES_SOURCES = ["validite", "inconnues"];
const PAS_UNE_PHRASE = ["inconnues", "legende"];

/** Le texte sans ses citations ni l’espace qui les précède. */
export const nu = (texte) => decouperBords(texte.replace(AVANT_CITATION, ""));
const decouperBords = (texte) => texte.replace(new RegExp(`^${ESPACE}+|${ESPACE}+$`, "gu"), "");
const enonces = (occurrences) => occurrences.filter(({ marque }) => marque === "x-enonce");
const texteDe = (valeur) => (typeof valeur === "string" ? valeur : "");

export function* sans_eloge({ donnees, occurrences }) {
  const textes = [[["titre"], texteDe(donnees.titre)], ...enonces(occurrences).map((o) => [o.chemin, o.valeur])];
  for (const [chemin, texte] of textes) {
    for (const [mot] of texte.replace(MOTS_CITES, " ").matchAll(ELOGE)) {
      yield [
        chemin,
        `« ${mot} » vante. Dites le fait qui le montre ; si c’est le mot de la source, mettez-le entre guillemets « ».`,
      ];
    }
  }
}

export function* accroche({ donnees }) {
  const texte = serrer(nu(texteDe(donnees.accroche)));
  const chemin = ["accroche"];
  if (!texte) return;
  if (PHRASE_SUIVANTE.test(texte))
    yield [chemin, "l’accroche tient en une phrase. Gardez la première ; le reste va dans resume."];
  const debut = texte.replace(/^[« \u00a0\u202f]+/u, "");
  const premiere = [...debut][0] ?? "";
  if (!/^[\p{Uppercase}\p{Nd}]$/u.test(premiere)) yield [chemin, "l’accroche commence par une majuscule. Ajoutez-la."];
  if (!texte.endsWith(".")) yield [chemin, "l’accroche finit par un point, après la citation. Ajoutez-le."];
  const tort = PRONOM.exec(debut) ?? VERBE.exec(debut);
  if (tort) {
    yield [
      chemin,
      `l’accroche commence par « ${tort[0]} ». Commencez par un infinitif ou un groupe nominal : « Réunir… », « Deux jours… ».`,
    ];
  }
}

export function* fin_de_phrase({ occurrences }) {
  for (const { chemin, valeur } of enonces(occurrences)) {
    if (chemin[0] === "accroche" || chemin.some((part) => PAS_UNE_PHRASE.includes(part))) continue;
    const fin = serrer(nu(valeur));
    if (fin && !FIN.test(fin)) {
      yield [
        chemin,
        `phrase sans point final : « …${fin.slice(-30).trimStart()} ». Finissez par un point, après la citation.`,
      ];
    }
  }
}

export function* mots_cles({ donnees }) {
  const mots = Array.isArray(donnees.mots_cles) ? donnees.mots_cles : [];
  for (const [rang, mot] of mots.entries()) {
    if (typeof mot === "string" && (FIN.test(mot) || decouper(mot).length > 8)) {
      yield [
        ["mots_cles", rang],
        `« ${mot.slice(0, 40)} » est une phrase. Gardez les mots que l’on chercherait, sans point.`,
      ];
    }
  }
}

export function* chiffres_sources({ donnees, occurrences }) {
  if (donnees.etat !== "publiee") return;
  for (const { chemin, valeur, dit } of enonces(occurrences)) {
    if (dit.cite || chemin.some((part) => PARLE_DES_SOURCES.includes(part))) continue;
    if (/\p{Nd}/u.test(nu(valeur)) && !cite(valeur)) {
      yield [chemin, "chiffre sans source. Ajoutez [s1] (clé de sources), ou [kit] si c’est notre proposition."];
    }
  }
}
