// Le moteur : une question en français → des fiches. Rien n’est demandé avant la première question ; importez ce module
// au premier usage, par import("./moteur.js"). Les nombres qui classent sont dans l’index (classement.yml).
import { racine } from "../socle.js";
import { estFiche } from "./commun.js";
import { extrait } from "./extrait.js";
import { Index } from "./index.js";
import { mots, motsDe, normaliser, parentes, plier, racineDe, singulier } from "./normalisation.js";

const NATIONAL = "national";
const MAX_TEXTE = 300;
const MAX_MOTS = 8;

let promesse;

/** Charge l’index sans rien chercher. */
export function precharger() {
  promesse ??= Index.ouvrir().catch((erreur) => {
    promesse = undefined;
    throw erreur;
  });
  return promesse;
}

/** Interroge l’index ; une fois de plus, sur un index relu, si une de ses parties n’est plus là : le site a pu changer. */
async function avecIndex(travail) {
  const premier = precharger();
  try {
    return await travail(await premier);
  } catch {
    if (promesse === premier) promesse = undefined;
    return travail(await precharger());
  }
}

// ---- Comprendre la question.

/** Les mots à chercher, dans l’ordre de la question. */
function motsUtiles(texte, { grammaire, vides }) {
  const tous = mots(texte);
  const pleins = tous.filter((mot) => !grammaire.has(plier(mot)));
  const sujets = pleins.filter((mot) => !vides.has(plier(mot)));
  const choisis = sujets.some((mot) => !/^\d+$/.test(mot)) ? sujets : pleins.length ? pleins : tous;
  return [...new Set(choisis)].slice(0, MAX_MOTS);
}

function comprendre(texte, index) {
  const { lexique, documents } = index;
  const utiles = motsUtiles(texte, index);
  const encours = /[\p{L}\p{N}]$/u.test(texte);
  const compris = new Map();
  let corrige = false;
  let reecrit = ` ${normaliser(texte)} `;
  utiles.forEach((mot, rang) => {
    const trouves = lexique.resoudre(mot, encours && rang === utiles.length - 1);
    if (trouves[0].corrige) {
      corrige = true;
      reecrit = reecrit.replace(` ${mot} `, ` ${trouves.map(({ forme }) => forme).join(" ")} `);
    }
    for (const { forme, frequence, corrige: autre, connu, debut = false } of trouves) {
      if (autre && utiles.length > 1 && index.vides.has(plier(forme))) continue;
      const idf = Math.max(0.5, Math.log2(documents.length + 1) - frequence); // jamais nul
      if (connu) compris.set(forme, { forme, debut, idf });
    }
  });
  return { mots: [...compris.values()], compris: reecrit.trim(), corrige };
}

/** Ce qui rend deux noms égaux : mêmes mots pleins, sans accent, sans espace, au singulier. */
function empreinte(dits, index) {
  const tous = dits.map(plier);
  const pleins = tous.filter((mot) => !index.grammaire.has(mot));
  return (pleins.length ? pleins : tous).map(singulier).join("");
}

// ---- Noter les documents.

const somme = (liste) => liste.reduce((total, { idf }) => total + idf, 0);

async function noter(index, question) {
  const { saturation, part, types, validites } = index.classement;
  const notes = new Map();
  const total = somme(question.mots);
  const listes = await Promise.all(question.mots.map(({ forme, debut }) => index.chercher(forme, debut)));
  listes.forEach((poids, rang) => {
    const { idf } = question.mots[rang];
    for (const [doc, p] of poids) {
      const note = notes.get(doc) ?? { somme: 0, part: 0, mots: 0 };
      note.somme += (idf * p) / (saturation + p);
      note.part += idf / total;
      note.mots += 1;
      notes.set(doc, note);
    }
  });
  for (const [rang, note] of notes) {
    const { type, validite } = index.documents[rang];
    note.note = note.somme * note.part ** part * (types[type] ?? 1) * (validites[validite] ?? 1);
  }
  return retenir(notes, question.mots.length, index.classement.assez);
}

/** Garde ce qui répond à toute la question ; à un mot près si elle est longue ; à moins s’il le faut. */
function retenir(notes, nombre, assez) {
  for (let seuil = nombre >= 3 ? nombre - 1 : nombre; seuil >= 1; seuil -= 1) {
    const gardes = [...notes].filter(([, note]) => note.mots >= seuil);
    if (gardes.length >= assez || seuil === 1) return new Map(gardes);
  }
  return new Map();
}

/** Rangs des documents, les meilleurs d’abord : d’abord celui qu’on a nommé, puis ceux dont un nom dit la question. */
function classer(index, notes, question, texte) {
  const { gain, socle, plein, autre } = index.classement.noms;
  const exacts = new Set([texte, question.compris].map((t) => empreinte(mots(t), index)).filter(Boolean));
  const cherches = question.mots.map(({ forme, idf }) => ({ racine: racineDe(forme), idf }));
  const total = somme(cherches) || 1;
  for (const [rang, note] of notes) {
    const doc = index.documents[rang];
    doc.nommes ??= doc.noms
      .map(motsDe)
      .map((dits) => ({ empreinte: empreinte(dits, index), racines: dits.map(racineDe) }));
    note.exact = doc.nommes.some((nom) => exacts.has(nom.empreinte));
    note.ordre = note.exact ? (estFiche(doc) ? 2 : 1) + (doc.validite === "historique" ? 0 : 0.5) : 0;
    let meilleur = 0;
    doc.nommes.forEach(({ racines }, place) => {
      const dits = cherches.filter(({ racine: r }) => racines.some((racine) => parentes(r, racine)));
      const part = somme(dits) / total;
      const dit = socle + (plein * dits.length) / Math.max(1, racines.length);
      meilleur = Math.max(meilleur, part * dit * (place ? autre : 1));
    });
    note.note *= 1 + gain * meilleur;
  }
  return [...notes].sort(([, a], [, b]) => b.ordre - a.ordre || b.note - a.note).map(([rang]) => rang);
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
 * Cherche. « filtres » : { facette: [valeurs] } ; « tri » : pertinence, titre ou fraicheur. Rend { resultats, total, fiches,
 * comptes, compris, corrige } : « fiches » en est le nombre, et les comptes ne portent que sur elles. Une question vide
 * donne toutes les fiches.
 */
export const chercher = (texte, options) => avecIndex((index) => repondre(index, texte, options));

async function repondre(index, texte, { filtres = {}, tri = "pertinence", limite = 10 } = {}) {
  const demande = String(texte ?? "").slice(0, MAX_TEXTE);
  const surs = filtresSurs(filtres, index.facettes);
  const question = comprendre(demande, index);
  let notes = new Map();
  let rangs = [...index.documents.keys()]; // par titre, comme l’index les range
  if (normaliser(demande)) {
    notes = await noter(index, question);
    rangs = tri === "titre" ? rangs.filter((rang) => notes.has(rang)) : classer(index, notes, question, demande);
  } else if (!surs.type) rangs = rangs.filter((rang) => estFiche(index.documents[rang]));
  const docs = rangs.map((rang) => index.documents[rang]);
  if (tri === "fraicheur") docs.sort((x, y) => (x.fraicheur < y.fraicheur) - (x.fraicheur > y.fraicheur));
  const retenus = docs.filter((doc) => repond(doc, surs));
  const formes = question.mots.map(({ forme }) => forme);
  const montrer = async (doc) => {
    const textes = await index.textes(doc);
    return {
      fiche: doc.uri.replace(/\/$/, ""),
      url: new URL(doc.uri, racine).href,
      type: doc.type,
      libelle: index.libelles[doc.type] ?? "",
      titre: doc.titre,
      accroche: textes[0] ?? "",
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
    corrige: question.corrige,
  };
}

const trigrammes = (mot) => new Set(Array.from({ length: Math.max(1, mot.length - 2) }, (_, i) => mot.slice(i, i + 3)));

/** La part des trigrammes que deux mots ont en commun. */
function ressemblance(x, y) {
  const [a, b] = [trigrammes(x), trigrammes(y)];
  return [...a].filter((t) => b.has(t)).length / Math.min(a.size, b.size);
}

/** Quand rien ne répond : les thèmes et les termes les plus proches. */
export const suggestions = (texte) =>
  avecIndex((index) => {
    const cherches = motsUtiles(String(texte ?? "").slice(0, MAX_TEXTE), index)
      .flatMap((mot) => [mot, ...index.lexique.proches(mot).slice(0, 3)])
      .map(racineDe);
    const meilleurs = (type) =>
      index.documents
        .filter((doc) => doc.type === type)
        .map(({ titre, uri, noms, champs }) => {
          const formes = mots([...noms, champs.mots_cles].join(" ")).map(racineDe);
          const notes = formes.flatMap((forme) => cherches.map((cherche) => ressemblance(cherche, forme)));
          return { titre, url: new URL(uri, racine).href, type, note: Math.max(0, ...notes) };
        })
        .filter(({ note }) => note >= 0.5)
        .sort((x, y) => y.note - x.note)
        .slice(0, 4);
    return { themes: meilleurs("theme"), termes: meilleurs("terme") };
  });
