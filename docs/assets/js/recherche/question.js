// Comprendre une question : ses mots, ce qu’ils pèsent, ce qu’on voulait écrire, et les besoins qu’elle réunit.
import { mots, plier } from "./normalisation.js";

const MAX_MOTS = 12;
const SIGNES = /[,;/+&]|\n/u;

/**
 * Ce que dit une question. `telQuel` : rien n’y est corrigé.
 * mots : ce qu’il faut chercher, { forme, debut, idf, besoin } ; inconnus : { mot, proches } ; corriges : { mot,
 * formes } ; lus : tous ceux qui comptent, inconnus compris ; courants : les mots de tous les jours reconnus, avec
 * leurs places parmi eux et les besoins qu’ils disent ; besoins : combien elle en réunit ; vide : vrai quand elle ne
 * contient aucun mot.
 */
export async function comprendre(texte, index, { telQuel = false } = {}) {
  const dits = choisir(decouper(texte, index), index);
  const encours = /[\p{L}\p{N}]$/u.test(texte) && !telQuel;
  await Promise.all(dits.map((dit, rang) => lire(dit, index, encours && rang === dits.length - 1, telQuel)));
  const lus = dits.flatMap((dit) => dit.formes.map((forme) => ({ ...dit, ...forme })));
  const courants = index.courants.trouver(lus);
  for (const { places } of courants) for (const place of places) lus[place].courant = true;
  const retenus = sujets(lus, index);
  const cherches = new Map();
  for (const lu of retenus) if (lu.connu) cherches.set(lu.forme, lu);
  const reecrit = dits.reduce(
    (suite, { mot, corrige, formes }) =>
      corrige ? suite.replace(` ${mot} `, ` ${formes.map(({ forme }) => forme).join(" ")} `) : suite,
    ` ${mots(texte).join(" ")} `,
  );
  return {
    mots: [...cherches.values()],
    lus: retenus,
    courants: courants.map((trouve) => {
      const siens = trouve.places.map((place) => lus[place]);
      return { ...trouve, places: siens.map((lu) => retenus.indexOf(lu)), besoins: siens.map(({ besoin }) => besoin) };
    }),
    corriges: dits.filter(({ corrige }) => corrige).map(({ mot, formes }) => ({ mot, formes })),
    inconnus: retenus.filter((lu) => !lu.connu && !lu.courant && /\p{L}/u.test(lu.mot)),
    besoins: Math.max(0, ...retenus.map(({ besoin }) => besoin)) + 1,
    compris: reecrit.trim(),
    veut: intentions(dits, index),
    vide: dits.length === 0,
  };
}

export const somme = (liste) => liste.reduce((total, { idf }) => total + idf, 0);

/** Les mots, et le besoin auquel chacun appartient : « et », « puis » ou un signe en séparent deux. */
function decouper(texte, { coupures }) {
  let besoin = 0;
  return texte.split(SIGNES).flatMap((morceau, rang) => {
    if (rang) besoin += 1;
    return mots(morceau).flatMap((mot) => {
      if (!coupures.has(plier(mot))) return [{ mot, besoin }];
      besoin += 1;
      return [];
    });
  });
}

/**
 * Les mots qui peuvent compter : pas les mots grammaticaux, ni les lettres seules ; les plus longs d’une longue
 * question.
 */
function choisir(dits, { grammaire }) {
  const vus = new Set();
  const uniques = dits.filter(({ mot }) => {
    const deja = vus.has(mot);
    vus.add(mot);
    return !deja && !grammaire.has(plier(mot)) && (mot.length > 1 || /[^\p{Script=Latin}\d]/u.test(mot));
  });
  const longs = new Set([...uniques].sort((a, b) => b.mot.length - a.mot.length).slice(0, MAX_MOTS));
  // Les besoins qui ne disent rien ne comptent pas.
  const numeros = [...new Set(uniques.filter((dit) => longs.has(dit)).map(({ besoin }) => besoin))];
  return uniques.filter((dit) => longs.has(dit)).map((dit) => ({ ...dit, besoin: numeros.indexOf(dit.besoin) }));
}

/** Ajoute à un mot ce qu’il faut chercher pour lui. */
async function lire(dit, { lexique, formes, vides }, encours, telQuel) {
  const { mot } = dit;
  const connu = lexique.lire(mot, encours);
  dit.corrige = false;
  dit.formes = [connu ? { ...connu, connu: true } : { forme: mot, frequence: 0, connu: false }];
  if (connu || telQuel || vides.has(plier(mot)) || lexique.trouver(mot)) return;
  const { francais, lieu } = await formes.juger(mot).catch(() => ({ francais: true }));
  if (francais || lieu) return;
  const voulus = lexique.corriger(mot);
  if (!voulus) return;
  dit.corrige = true;
  dit.formes = voulus.map((voulu) => {
    const lu = lexique.lire(voulu);
    return lu ? { ...lu, connu: true } : { forme: voulu, frequence: 0, connu: false };
  });
}

/** Les mots qui décident, avec leur poids : ni les tournures, ni les nombres seuls ; à défaut, ce qu’il y a. */
function sujets(lus, { documents, vides, faibles, classement }) {
  for (const lu of lus) {
    const rare = Math.max(0.5, Math.log2(documents.length + 1) - lu.frequence);
    lu.idf = rare * (faibles.has(plier(lu.forme)) ? classement.faible : 1);
  }
  const pleins = lus.filter(({ forme, courant }) => courant || !vides.has(plier(forme)));
  const choisis = pleins.some(({ forme }) => !/^\d+$/.test(forme)) ? pleins : lus;
  const numeros = [...new Set(choisis.filter(({ forme }) => !faibles.has(plier(forme))).map(({ besoin }) => besoin))];
  return choisis.map((lu) => Object.assign(lu, { besoin: Math.max(0, numeros.indexOf(lu.besoin)) }));
}

/** Ce que la question veut : un appui, un exemple, du passé. */
function intentions(dits, { intentions: connues }) {
  const dit = (nom) => dits.some(({ mot }) => connues[nom].has(plier(mot)));
  const annee = dits.some(({ mot }) => /^20[01]\d$|^202[0-4]$/.test(mot));
  return { appui: dit("appui"), exemple: dit("exemple"), passe: annee || dit("passe") };
}
