// Le moteur : une question en français → des fiches. Rien n’est demandé avant la première question ; importez ce module
// au premier usage, par import("./moteur.js"). Les nombres qui classent sont dans l’index (classement.yml).
import { racine } from "../socle.js";
import { estFiche } from "./commun.js";
import { extrait } from "./extrait.js";
import { Index } from "./index.js";
import { classer } from "./classement.js";
import { SANS_LIEU, lieuDe } from "./lieux.js";
import { comprendre } from "./question.js";

const NATIONAL = "national";
const MAX_TEXTE = 300;

const adresseDe = ({ uri }) => new URL(uri, racine).href;

let promesse;

/** Charge l’index sans rien chercher ; `options` de fetch. */
export function precharger(options) {
  promesse ??= Index.ouvrir(options).catch((erreur) => {
    promesse = undefined;
    throw erreur;
  });
  return promesse;
}

/**
 * Interroge l’index ; une fois de plus, sur un index relu, si une de ses parties n’est plus là : le site a pu changer.
 */
async function avecIndex(travail) {
  const premier = precharger();
  try {
    return await travail(await premier);
  } catch {
    if (promesse === premier) promesse = undefined;
    return travail(await precharger({ cache: "reload" }));
  }
}

// ---- Les facettes : OU dans une facette, ET entre elles. Une fiche nationale vaut dans chaque département.

const a = ({ valeurs }, facette, valeur) =>
  valeurs[facette]?.includes(valeur) || (facette === "departement" && valeurs[facette]?.includes(NATIONAL));

const repond = (doc, filtres, sauf = "") =>
  Object.entries(filtres).every(([facette, valeurs]) => facette === sauf || valeurs.some((v) => a(doc, facette, v)));

/** Combien de fiches donnerait chaque valeur : une facette ignore ses propres valeurs choisies. */
function compter(facettes, fiches, filtres) {
  const comptes = {};
  for (const [facette, valeurs] of facettes) {
    const nombres = Object.fromEntries([...valeurs].map((valeur) => [valeur, 0]));
    for (const doc of fiches.filter((fiche) => repond(fiche, filtres, facette))) {
      for (const valeur of doc.valeurs[facette] ?? []) nombres[valeur] += 1;
    }
    comptes[facette] = nombres;
  }
  const { [NATIONAL]: partout = 0, ...codes } = comptes.departement ?? {};
  for (const code of Object.keys(codes)) comptes.departement[code] += partout;
  return comptes;
}

/** Ne garde que des facettes qui existent : l’adresse d’une page peut contenir n’importe quoi. */
function filtresSurs(filtres, connues) {
  const surs = Object.entries(filtres ?? {}).filter(([facette]) => connues.has(facette));
  return Object.fromEntries(surs.map(([facette, valeurs]) => [facette, [valeurs].flat()]));
}

// ---- Ce que l’interface appelle.

/**
 * Cherche. « filtres » : { facette: [valeurs] } ; « tri » : pertinence, titre ou fraicheur. Rend { resultats, total,
 * fiches, comptes, compris, corrige } : « fiches » en est le nombre, et les comptes ne portent que sur elles. Une
 * question vide donne toutes les fiches.
 */
export const chercher = (texte, options) => avecIndex((index) => repondre(index, texte, options));

/** La même réponse, d’un index donné. */
export async function repondre(index, texte, { filtres = {}, tri = "pertinence", limite = 10, telQuel = false } = {}) {
  const demande = String(texte ?? "").slice(0, MAX_TEXTE);
  const surs = filtresSurs(filtres, index.facettes);
  const lieu = telQuel ? SANS_LIEU : await lieuDe(demande, index);
  const reste = lieu.reste ?? demande;
  const question = await comprendre(reste, index, { telQuel });
  let notes = new Map();
  let rangs = [...index.documents.keys()]; // par titre, comme l’index les range
  if (demande.trim()) {
    const classes = await classer(index, question, reste, lieu);
    notes = classes.notes;
    rangs = tri === "titre" ? rangs.filter((rang) => notes.has(rang)) : classes.rangs;
  } else if (!surs.type) rangs = rangs.filter((rang) => estFiche(index.documents[rang]));
  const docs = rangs.map((rang) => index.documents[rang]);
  if (tri === "fraicheur") docs.sort((x, y) => (x.fraicheur < y.fraicheur) - (x.fraicheur > y.fraicheur));
  const retenus = docs.filter((doc) => repond(doc, surs));
  const lien = (rang) =>
    rang < 0 ? null : { titre: index.documents[rang].titre, url: adresseDe(index.documents[rang]) };
  const formes = question.mots.map(({ forme }) => forme);
  const montrer = async (doc) => {
    const [faits = [], ...textes] = await index.textes(doc);
    return {
      fiche: doc.uri.replace(/\/$/, ""),
      url: adresseDe(doc),
      type: doc.type,
      libelle: index.libelles[doc.type] ?? "",
      titre: doc.titre,
      accroche: textes[0] ?? "",
      faits,
      extrait: extrait(textes, formes),
      nature: doc.nature,
      validite: doc.validite,
      fraicheur: doc.fraicheur,
      exact: notes.get(doc.rang)?.exact ?? false,
    };
  };
  return {
    resultats: await Promise.all(retenus.slice(0, limite).map(montrer)),
    total: retenus.length,
    fiches: retenus.filter(estFiche).length,
    comptes: compter(index.facettes, docs.filter(estFiche), surs),
    compris: question.compris,
    corriges: question.corriges.map(({ mot, formes: f }) => ({ mot, forme: f.map(({ forme }) => forme).join(" ") })),
    inconnus: question.inconnus.map(({ mot }) => ({
      mot,
      proches: telQuel
        ? []
        : index.lexique
            .proches(mot)
            .slice(0, 2)
            .map(({ forme }) => forme),
    })),
    courants: question.courants.map(({ texte: dit, theme, dire, titre, url, documents }) => ({
      texte: dit,
      theme: lien(theme),
      dire,
      porte: url ? { titre, url } : null,
      fiches: documents.length,
    })),
    lieux: lieu.lieux.map(({ code, nom, departement }) => ({ code, nom, departement })),
    departement: lieu.departement,
    vide: Boolean(demande) && !lieu.lieux.length && question.vide,
  };
}
