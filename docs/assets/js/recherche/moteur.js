// Le moteur : une question en français → des fiches. Rien de Pagefind n’est demandé avant la première question ;
// importez ce module au premier usage, par import("./moteur.js").
import { GENRES } from "../genres.js";
import { estPassee, racine } from "../socle.js";
import { Correcteur } from "./correction.js";
import { empreinte, montrer, mots, motsUtiles, normaliser, plier, singulier } from "./normalisation.js";

const BASE = new URL("pagefind/", racine);
const AUTRES = { terme: "Glossaire", theme: "Thème", page: "Page" };
const FICHES = Object.keys(GENRES);
const PART_DU_TYPE = { terme: 0.45, theme: 0.5, page: 0.5 };
const PART_DE_LA_VALIDITE = { historique: 0.6, "a-confirmer": 0.95 };
const RELUS = 12;
/** Fiches au moins à garder avant de renoncer à un mot de la question. */
const ASSEZ = 3;
const NATIONAL = "national";
/** Mot présent dans chaque document : le demander les donne tous, sans charger tout l’index. */
const PARTOUT = "zzzz";

let promesse;

/** Charge le moteur sans rien chercher. */
export function precharger() {
  promesse ??= charger().catch((erreur) => {
    promesse = undefined;
    throw erreur;
  });
  return promesse;
}

async function charger() {
  const [pagefind, corpus] = await Promise.all([import(new URL("pagefind.js", BASE).href), lireCorpus()]);
  const index = pagefind.createInstance({
    basePath: BASE.pathname,
    baseUrl: "/",
    noWorker: true,
    ranking: {
      termSimilarity: 3,
      pageLength: 0.35,
      termSaturation: 1.6,
      diacriticSimilarity: 0.2,
      metaWeights: { title: 4, m: 0 },
    },
  });
  await index.init();
  return { index, corpus, correcteur: new Correcteur(corpus.mots), memoire: new Map() };
}

async function lireCorpus() {
  const reponse = await fetch(new URL("corpus.bin", BASE));
  if (!reponse.ok) throw new Error("corpus");
  const flux = reponse.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(flux).json();
}

/** Les facettes et leurs valeurs : { facette: { valeur: libellé } }, dans l’ordre où les montrer. */
export const facettes = async () => (await precharger()).corpus.facettes;

// ---- Comprendre la question.

function comprendre(texte, correcteur, nombre) {
  const utiles = motsUtiles(texte);
  const encours = /[\p{L}\p{N}]$/u.test(texte);
  const compris = new Map();
  let corrige = false;
  let reecrit = ` ${normaliser(texte)} `;
  utiles.forEach((mot, rang) => {
    for (const { forme, frequence, corrige: c, connu } of correcteur.resoudre(
      mot,
      encours && rang === utiles.length - 1,
    )) {
      corrige ||= c;
      if (c)
        reecrit = reecrit.replace(
          ` ${mot} `,
          ` ${correcteur
            .resoudre(mot)
            .map((m) => m.forme)
            .join(" ")} `,
        );
      if (connu) compris.set(forme, Math.max(0.5, Math.log2(nombre + 1) - frequence));
    }
  });
  return {
    mots: [...compris].map(([forme, idf]) => ({ forme, idf })),
    inconnus: utiles.length - compris.size,
    compris: reecrit.trim(),
    corrige,
  };
}

// ---- Interroger l’index.

function seSouvenir(etat, cle, calcul) {
  if (!etat.memoire.has(cle)) {
    if (etat.memoire.size > 600) etat.memoire.clear();
    etat.memoire.set(cle, calcul());
  }
  return etat.memoire.get(cle);
}

const chercherUnMot = (etat, forme) =>
  seSouvenir(etat, `mot ${forme}`, async () => (await etat.index.search(forme)).results);

const membres = (etat, facette, valeur) =>
  seSouvenir(etat, `${facette}=${valeur}`, async () => {
    const { results } = await etat.index.search(PARTOUT, { filters: { [facette]: valeur } });
    return new Set(results.map((r) => r.id));
  });

const enOrdre = (etat, tri) =>
  seSouvenir(etat, `tri ${tri}`, async () => {
    const { results } = await etat.index.search(PARTOUT, { sort: { [tri]: tri === "titre" ? "asc" : "desc" } });
    return results;
  });

/** Les documents d’une valeur. Une fiche nationale vaut dans chaque département. */
async function documentsDe(etat, facette, valeur) {
  const propres = await membres(etat, facette, valeur);
  if (facette !== "departement" || valeur === NATIONAL) return propres;
  return new Set([...propres, ...(await membres(etat, facette, NATIONAL))]);
}

async function noter(etat, question) {
  const notes = new Map();
  const [historiques, aConfirmer, ...autres] = await Promise.all([
    membres(etat, "validite", "historique"),
    membres(etat, "validite", "a-confirmer"),
    ...Object.keys(PART_DU_TYPE).map((type) => membres(etat, "type", type)),
  ]);
  const total = question.mots.reduce((somme, { idf }) => somme + idf, 0);
  const listes = await Promise.all(question.mots.map(({ forme }) => chercherUnMot(etat, forme)));
  listes.forEach((resultats, rang) => {
    const { idf } = question.mots[rang];
    for (const resultat of resultats) {
      const note = notes.get(resultat.id) ?? { resultat, somme: 0, part: 0, mots: 0 };
      note.somme += resultat.score;
      note.part += idf / total;
      note.mots += 1;
      notes.set(resultat.id, note);
    }
  });
  const poids = Object.values(PART_DU_TYPE);
  for (const [id, note] of notes) {
    let facteur = note.part ** 2;
    autres.forEach((ensemble, rang) => {
      if (ensemble.has(id)) facteur *= poids[rang];
    });
    if (historiques.has(id)) facteur *= PART_DE_LA_VALIDITE.historique;
    if (aConfirmer.has(id)) facteur *= PART_DE_LA_VALIDITE["a-confirmer"];
    note.note = note.somme * facteur;
  }
  return notes;
}

/** Garde ce qui répond à toute la question ; à un mot près si elle est longue ; à moins s’il le faut. */
function retenir(notes, nombre) {
  for (let seuil = nombre >= 3 ? nombre - 1 : nombre; seuil >= 1; seuil -= 1) {
    const gardes = [...notes].filter(([, note]) => note.mots >= seuil);
    if (gardes.length >= ASSEZ || seuil === 1) return new Map(gardes);
  }
  return new Map();
}

// ---- Lire les fiches trouvées.

const lire = (etat, resultat) => seSouvenir(etat, `lu ${resultat.id}`, () => lireVraiment(etat, resultat));

async function lireVraiment(etat, resultat) {
  const donnees = await resultat.data();
  const [uri, type, nature = "", inscrite = "", fraicheur = "", fin = ""] = String(donnees.meta.m ?? "").split("|");
  const [visible, cache = ""] = donnees.content.split("‡");
  const blocs = visible.split("¶").map((bloc) => propre(montrer(bloc, etat.corpus.vides)));
  const [titre = "", accroche = "", ...textes] = blocs;
  const noms = propre(montrer(cache.split("¶")[0] ?? "", etat.corpus.vides))
    .split(" · ")
    .filter(Boolean);
  const validite = inscrite === "en-vigueur" && estPassee(fin) ? "a-confirmer" : inscrite;
  return { uri, type, nature, validite, fraicheur, titre, accroche, textes, noms: [titre, ...noms] };
}

// Pagefind finit par un point les blocs qui n’en ont pas.
const propre = (texte) =>
  texte
    .trim()
    .replace(/^[.\s]+/, "")
    .replace(/([.!?…»])\.$|(?<![.!?…])\.$/u, "$1");

function reclasser(lus, question, texte) {
  const exacts = new Set([empreinte(texte), empreinte(question.compris)].filter(Boolean));
  const cherches = question.mots.map(({ forme, idf }) => ({ racine: racineDe(forme), idf }));
  const total = cherches.reduce((somme, { idf }) => somme + idf, 0) || 1;
  for (const lu of lus) {
    lu.exact = lu.noms.some((nom) => exacts.has(empreinte(nom)));
    let meilleur = 0;
    lu.noms.forEach((nom, rang) => {
      const racines = mots(nom).map(racineDe);
      const dits = cherches.filter(({ racine: r }) => racines.some((autre) => proches(r, autre)));
      const part = dits.reduce((somme, { idf }) => somme + idf, 0) / total;
      const plein = dits.length / Math.max(1, Math.min(racines.length, 6));
      meilleur = Math.max(meilleur, part * (0.7 + 0.6 * plein) * (rang ? 0.9 : 1));
    });
    lu.rang = lu.note * (1 + 1.6 * meilleur);
  }
  return lus.sort((a, b) => ordreExact(b) - ordreExact(a) || b.rang - a.rang);
}

const ordreExact = (lu) =>
  lu.exact ? (FICHES.includes(lu.type) ? 2 : 1) + (lu.validite === "historique" ? 0 : 0.5) : 0;
const racineDe = (mot) => {
  const nu = singulier(plier(mot));
  return nu.length > 6 ? nu.slice(0, Math.max(5, nu.length - 3)) : nu;
};
const proches = (a, b) => a === b || (a.length >= 5 && b.startsWith(a)) || (b.length >= 5 && a.startsWith(b));

// ---- Montrer pourquoi : un extrait en segments, jamais du HTML.

const LARGEUR = 30;

function extrait(lu, question) {
  const racines = question.mots.map(({ forme }) => racineDe(forme));
  lu.candidats ??= [lu.accroche, ...lu.textes].filter(Boolean).map((texte) => {
    const jetons = texte.split(/(?<=[\s-])/);
    return { jetons, racines: jetons.map((jeton) => mots(jeton).map(racineDe)) };
  });
  let choisi = null;
  lu.candidats.forEach(({ jetons, racines: duTexte }, rang) => {
    const dits = new Set();
    const marques = duTexte.map((celles) => {
      const trouve = celles.length ? racines.findIndex((r) => celles.some((autre) => proches(r, autre))) : -1;
      if (trouve >= 0) dits.add(trouve);
      return trouve >= 0;
    });
    const note = dits.size - rang * 0.001;
    if (!choisi || note > choisi.note) choisi = { note, jetons, marques };
  });
  return choisi ? segments(choisi.jetons, choisi.marques) : [];
}

function segments(jetons, marques) {
  const premier = Math.max(0, marques.indexOf(true));
  let debut = jetons.length <= LARGEUR ? 0 : Math.max(0, Math.min(premier - 6, jetons.length - LARGEUR));
  if (debut < 4) debut = 0;
  const fin = Math.min(jetons.length, debut + LARGEUR);
  const suite = [];
  const ajouter = (texte, marque) => {
    if (!texte) return;
    if (suite.at(-1)?.marque === marque) suite.at(-1).texte += texte;
    else suite.push({ texte, marque });
  };
  if (debut > 0) ajouter("… ", false);
  for (let i = debut; i < fin; i += 1) {
    // La ponctuation et l’espace qui suivent ne sont pas surlignés, ni l’article élidé qui précède.
    const [, tete, coeur, queue] = jetons[i].match(/^((?:[cdjlmnst]|qu)’|[^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/isu) ?? [
      null,
      "",
      jetons[i],
      "",
    ];
    ajouter(tete, false);
    ajouter(coeur, marques[i]);
    ajouter(queue, false);
  }
  if (fin < jetons.length) ajouter("…", false);
  return suite;
}

// ---- Les facettes.

/** Les ensembles de documents de ces valeurs : { facette: { valeur: ensemble } }. */
async function ensemblesDe(etat, choix) {
  const paires = Object.entries(choix).flatMap(([facette, valeurs]) => valeurs.map((valeur) => [facette, valeur]));
  const trouves = await Promise.all(paires.map(([facette, valeur]) => documentsDe(etat, facette, valeur)));
  const ensembles = {};
  paires.forEach(([facette, valeur], rang) => {
    (ensembles[facette] ??= {})[valeur] = trouves[rang];
  });
  return ensembles;
}

const filtrer = (ids, ensembles, sauf = "") =>
  Object.entries(ensembles).reduce((restants, [facette, valeurs]) => {
    const admis = Object.values(valeurs);
    return facette === sauf ? restants : restants.filter((id) => admis.some((ensemble) => ensemble.has(id)));
  }, ids);

/** OU dans une facette, ET entre elles : une facette ignore ses propres valeurs choisies. */
async function compter(etat, ids, choisis) {
  const toutes = Object.fromEntries(
    Object.entries(etat.corpus.facettes).map(([f, valeurs]) => [f, Object.keys(valeurs)]),
  );
  const ensembles = await ensemblesDe(etat, toutes);
  const comptes = {};
  for (const [facette, valeurs] of Object.entries(ensembles)) {
    const restants = filtrer(ids, choisis, facette);
    comptes[facette] = {};
    for (const [valeur, ensemble] of Object.entries(valeurs)) {
      let nombre = 0;
      for (const id of restants) if (ensemble.has(id)) nombre += 1;
      comptes[facette][valeur] = nombre;
    }
  }
  return comptes;
}

/** Ne garde que des facettes et des valeurs qui existent : l’adresse d’une page peut contenir n’importe quoi. */
function filtresSurs(filtres, connues) {
  const surs = {};
  for (const [facette, valeurs] of Object.entries(filtres ?? {})) {
    if (!Object.hasOwn(connues, facette)) continue;
    const retenues = [valeurs]
      .flat()
      .map(String)
      .filter((v) => Object.hasOwn(connues[facette], v));
    if (retenues.length) surs[facette] = [...new Set(retenues)];
  }
  return surs;
}

// ---- Ce que l’interface appelle.

/**
 * Cherche. « filtres » : { facette: [valeurs] } ; « tri » : pertinence, titre ou fraicheur ; « comptes: false » évite
 * de compter les facettes quand rien ne les montre.
 */
export async function chercher(texte, { filtres = {}, tri = "pertinence", limite = 10, comptes = true } = {}) {
  const etat = await precharger();
  const demande = String(texte ?? "").slice(0, 300);
  const surs = filtresSurs(filtres, etat.corpus.facettes);
  const question = comprendre(demande, etat.correcteur, etat.corpus.documents);
  const parRang = tri === "titre" || tri === "fraicheur" ? tri : "";
  const vide = !normaliser(demande);

  let notes = new Map();
  let ids;
  if (vide) {
    const resultats = await enOrdre(etat, parRang || "titre");
    const genres = await Promise.all((surs.type ?? FICHES).map((type) => membres(etat, "type", type)));
    notes = new Map(
      resultats
        .filter((r) => surs.type || genres.some((g) => g.has(r.id)))
        .map((r) => [r.id, { resultat: r, note: 0 }]),
    );
    ids = [...notes.keys()];
  } else {
    notes = retenir(await noter(etat, question), question.mots.length);
    ids = [...notes.keys()].sort((a, b) => notes.get(b).note - notes.get(a).note);
    if (parRang) {
      const rangs = new Map((await enOrdre(etat, parRang)).map((r, rang) => [r.id, rang]));
      ids.sort((a, b) => rangs.get(a) - rangs.get(b));
    }
  }
  const choisis = await ensemblesDe(etat, surs);
  const retenus = filtrer(ids, choisis);
  const classer = !vide && !parRang;
  // Une copie : ce qui dépend de la question ne reste pas dans la mémoire des fiches lues.
  const aLire = retenus.slice(0, classer ? Math.max(limite, RELUS) : limite);
  const lus = await Promise.all(
    aLire.map(async (id) => ({ ...(await lire(etat, notes.get(id).resultat)), note: notes.get(id).note })),
  );
  const ranges = classer ? reclasser(lus, question, demande) : lus;
  return {
    resultats: ranges.slice(0, limite).map((lu) => ({
      fiche: lu.uri.replace(/\/$/, ""),
      url: new URL(lu.uri, racine).href,
      type: lu.type,
      libelle: GENRES[lu.type]?.libelle ?? AUTRES[lu.type] ?? "",
      titre: lu.titre,
      accroche: lu.accroche,
      extrait: extrait(lu, question),
      nature: lu.nature,
      validite: lu.validite,
      fraicheur: lu.fraicheur,
      exact: Boolean(lu.exact),
    })),
    total: retenus.length,
    comptes: comptes ? await compter(etat, ids, choisis) : {},
    compris: question.compris,
    corrige: question.corrige,
  };
}

/** Quand rien ne répond : les thèmes et les termes les plus proches, et à qui s’adresser. */
export async function suggestions(texte) {
  const { corpus, correcteur } = await precharger();
  const cherches = motsUtiles(String(texte ?? "").slice(0, 300))
    .flatMap((mot) => [mot, ...correcteur.proches(mot).slice(0, 3)])
    .map(racineDe);
  const trigrammes = (mot) =>
    new Set(Array.from({ length: Math.max(1, mot.length - 2) }, (_, i) => mot.slice(i, i + 3)));
  const ressemble = (a, b) => {
    const [x, y] = [trigrammes(a), trigrammes(b)];
    return [...x].filter((t) => y.has(t)).length / Math.max(1, Math.min(x.size, y.size));
  };
  const noter1 = (formes) =>
    Math.max(
      0,
      ...cherches.flatMap((mot) => formes.flatMap((f) => mots(f)).map((autre) => ressemble(mot, racineDe(autre)))),
    );
  const meilleurs = (liste) =>
    liste
      .filter(({ note }) => note >= 0.5)
      .sort((a, b) => b.note - a.note)
      .slice(0, 4);
  const themes = meilleurs(
    corpus.themes.map(([id, libelle, synonymes]) => ({
      titre: libelle,
      url: new URL(`themes/${id}/`, racine).href,
      type: "theme",
      note: noter1([libelle, ...synonymes]),
    })),
  );
  const termes = meilleurs(
    corpus.termes.map(([id, terme, developpe]) => ({
      titre: developpe ? `${terme} : ${developpe}` : terme,
      url: new URL(`glossaire/#${id}`, racine).href,
      type: "terme",
      note: noter1([terme, developpe]),
    })),
  );
  return {
    themes,
    termes,
    contacts: [
      { titre: "Qui peut aider", url: new URL("partenaires/", racine).href, type: "page" },
      { titre: "Trouver un appui", url: new URL("trouver-un-appui/", racine).href, type: "page" },
    ],
  };
}
