// Un lieu tel qu’on l’écrit : nom, code postal, code INSEE, ancien nom, arrondissement, avec ou sans son département,
// et une ou deux lettres fausses. Rien n’est envoyé : le navigateur demande des tranches, jamais ce qui est écrit.
import partage from "../partage/lieux.js";
import { voisins } from "./fautes.js";
import {
  CODE,
  chercher,
  departementDe,
  lieu as lireLieu,
  lire,
  mots,
  natureDe,
  parTaille,
  plierMots,
  rang,
  rangees,
  uniques,
} from "./lieux.js";

const LONGUEUR = 120; // signes lus : aucun nom de lieu n’en a tant
const NOMS_VOISINS = 2;
const PEU = 3;
const BIEN_PLUS = 10;
const VILLES = { paris: 20, lyon: 9, marseille: 16 };
const ROMAINS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(" ");
const RANG = "(\\d{1,2}|[ivx]+) ?(?:er|e|eme|ieme)?";
const VILLE = `(${Object.keys(VILLES).join("|")})`;
const ARRONDISSEMENT = [
  new RegExp(`^(?<ville>${VILLE}) (?<rang>${RANG})(?: arr\\w*)?$`, "u"),
  new RegExp(`^(?<rang>${RANG}) arr\\w* (?:de |d )?(?<ville>${VILLE})$`, "u"),
];
/** Ce qui annonce un lieu sans en faire partie. */
const ANNONCES = new Set(["mairie", "commune", "ville", "village", "insee", "code", "postal", "cp"]);
const LIENS = new Set([...partage.liaisons, "a", "en", "dans", "departement", "dept", "dep"]);
const GROUPES = new Set(["agglo", "agglomeration", "metropole", "communaute", "interco", "intercommunalite"]);
const RIEN = { sorte: "rien", lieux: [], entier: true, dehors: [] };

/**
 * { sorte, lieux, entier, dehors } : les lieux que le texte désigne, le meilleur d’abord. `sorte` : « nombre » (code),
 * « exact », « debut » (le nom commence ainsi), « faute » (`ecart` de chaque lieu) ou « rien ». `entierement` : le
 * texte est fini, une faute y est cherchée même si un nom commence ainsi ; `fautes` : faux pour n’en chercher aucune.
 * `entier` est faux quand d’autres lieux commencent de même ; `dehors` : ceux de ce nom hors de France, avec leur
 * `pays`.
 */
export async function trouver(texte, { entierement = false, fautes = true } = {}) {
  const lus = mots(texte.slice(0, LONGUEUR));
  if (!lus.length) return RIEN;
  const { nombre, reste } = extraire(lus);
  if (nombre) return parNombre(nombre, reste);
  const quartier = arrondissement(lus);
  if (quartier) return { ...RIEN, sorte: "exact", lieux: (await chercher(quartier)).lieux };
  const lectures = [lus, sansAnnonce(lus)].filter(
    (lecture, i) => lecture.length && (!i || lecture.length < lus.length),
  );
  let debut = null;
  let dehors = [];
  for (const lecture of lectures) {
    const lu = await nommes(lecture);
    if (lu.sorte === "exact") return lu;
    debut ??= lu.lieux.length ? lu : null;
    dehors = [...dehors, ...lu.dehors];
  }
  const coupes = (await Promise.all(lectures.map(avecDepartement))).flat();
  for (const { nom, departement } of coupes) {
    const lu = await nommes(nom, departement);
    if (lu.lieux.length) return lu;
  }
  if (debut) return entierement ? avecFaute({ ...debut, dehors }, plierMots(lectures.at(-1))) : { ...debut, dehors };
  if (dehors.length || !fautes) return { ...RIEN, dehors };
  for (const { nom, departement } of [...coupes, { nom: lectures.at(-1), departement: null }]) {
    const lieux = await approchants(plierMots(nom), departement);
    if (lieux.length) return { ...RIEN, sorte: "faute", lieux };
  }
  return RIEN;
}

/** « Toulouze » est le début de Toulouzette, mais d’abord une faute pour Toulouse, mille fois plus peuplée. */
async function avecFaute(trouve, cle) {
  if (!trouve.entier || trouve.lieux.length > PEU || trouve.lieux.some((lieu) => cle.length > lieu.cle.length * 0.9))
    return trouve;
  const plus = trouve.lieux[0].population * BIEN_PLUS;
  const lieux = (await approchants(cle, null)).filter(({ ecart, population }) => ecart <= 1 && population > plus);
  return lieux.length ? { ...trouve, sorte: "faute", lieux: uniques([...lieux, ...trouve.lieux]) } : trouve;
}

/** Le lieu à ouvrir sans demander, ou null : la réponse est sûre, ou la faute est légère. */
export function meilleur({ sorte, lieux, dehors, entier }, texte) {
  const [premier] = lieux;
  if (!premier || (dehors.length && sorte !== "exact")) return null;
  const ecrit = plierMots(mots(texte)).length;
  if (sorte === "debut") return (entier && lieux.length === 1) || ecrit >= premier.cle.length / 2 ? premier : null;
  if (sorte === "faute") return premier.ecart <= 1 || ecrit > 7 || premier.population > 10_000 ? premier : null;
  return premier;
}

/** Le nombre qui désigne un lieu (code postal, code INSEE, numéro SIREN), et les autres mots. */
function extraire(lus) {
  const unis = [];
  for (const mot of lus) {
    // « 29 200 » et « 200 040 715 » s’écrivent aussi en plusieurs morceaux.
    const suite = /^\d{3}$/u.test(mot) && /^(?:\d{2}|2[ab]|\d{3}|\d{6})$/u.test(unis.at(-1) ?? "");
    if (suite) unis[unis.length - 1] += mot;
    else unis.push(mot);
  }
  const place = unis.findIndex((mot) => CODE.test(mot.toUpperCase()) || (unis.length === 1 && /^\d{4}$/u.test(mot)));
  if (place < 0) return { nombre: null, reste: lus };
  const reste = sansAnnonce(unis.filter((_, i) => i !== place));
  return { nombre: unis[place].toUpperCase().padStart(5, "0"), reste };
}

export async function parNombre(nombre, reste) {
  const [postal, actuel] = await Promise.all([numero(nombre), lireLieu(nombre)]);
  const lieux = uniques(await rangerNombres(postal, actuel && depuisCode(actuel)));
  if (reste.length) {
    const cle = plierMots(reste);
    const memeNom = lieux.filter((lieu) => lieu.cle.startsWith(cle));
    if (memeNom.length) return { ...RIEN, sorte: "exact", lieux: memeNom };
    const ailleurs = await nommes(reste, departementDe(nombre));
    if (ailleurs.sorte === "exact") return ailleurs;
  }
  return { ...RIEN, sorte: lieux.length ? "nombre" : "rien", lieux };
}

/** Un nombre est le code postal des uns et le code INSEE d’un autre : le plus peuplé d’abord. */
async function rangerNombres(postal, actuel) {
  if (!actuel || !postal.length) return actuel ? [actuel] : postal;
  const premier = postal[0].ancien ? null : await lireLieu(postal[0].code);
  return premier && premier.population > actuel.population ? [...postal, actuel] : [actuel, ...postal];
}

const depuisCode = ({ code, nom, population, departements }) => ({
  code,
  nom,
  population,
  departement: departements[0],
  cle: plierMots(mots(nom)),
});

/** Les communes d’un code postal, la plus peuplée d’abord ; celle qu’est devenue l’ancienne commune de ce code. */
export async function numero(nombre) {
  const bornes = await lire("nombres/index.json");
  const piece = await lire(`nombres/${Math.max(0, rang(bornes, nombre) - 1)}.json`);
  const [, ...postal] = piece.postes.find(([cle]) => cle === nombre) ?? [];
  const communes = [];
  for (let i = 0; i < postal.length; i += 2) communes.push({ code: postal[i], nom: postal[i + 1] });
  for (const [cle, code, nom, ancien, sorte] of piece.anciens) {
    if (cle === nombre) communes.push({ code, nom, ancien, sorte });
  }
  return communes.map((lu) => ({
    ...lu,
    population: null,
    departement: departementDe(lu.code),
    cle: plierMots(mots(lu.nom)),
  }));
}

/** Ce que devient la commune qui portait ce code : { code, nom, ancien, sorte }, ou null. */
export async function ancienne(code) {
  return (await numero(code)).find(({ ancien }) => ancien) ?? null;
}

function arrondissement(lus) {
  const { groups } = ARRONDISSEMENT.map((forme) => forme.exec(lus.join(" "))).find(Boolean) ?? {};
  if (!groups) return null;
  const lu = /^(\d+|[ivx]+)/u.exec(groups.rang)[0];
  const n = Number(lu) || ROMAINS.indexOf(lu) + 1;
  return n >= 1 && n <= VILLES[groups.ville] ? `${groups.ville} ${n}${n === 1 ? "er" : "e"} arrondissement` : null;
}

export function sansAnnonce(lus) {
  let debut = 0;
  while (debut < lus.length && (ANNONCES.has(lus[debut]) || (debut > 0 && partage.liaisons.includes(lus[debut])))) {
    debut += 1;
  }
  return lus.slice(debut);
}

/**
 * Les lieux de ce nom, dans ce département s’il est dit ; l’intercommunalité d’abord quand c’est elle qui est nommée.
 */
async function nommes(lus, departement = null) {
  const groupe = natureDe(lus) || (lus.length > 1 && GROUPES.has(lus.at(-1)));
  const lecture = groupe && GROUPES.has(lus.at(-1)) && !natureDe(lus) ? lus.slice(0, -1) : lus;
  const trouve = await chercher(lus.join(" "));
  if (groupe && !trouve.lieux.some(({ cle, code }) => cle === trouve.cle && code.length === 9)) {
    return intercommunalite(lecture, departement);
  }
  const { cle, lieux, entier, dehors } = trouve;
  const gardes = lieux.filter((lieu) => !departement || lieu.departement === departement);
  if (groupe) gardes.sort((a, b) => (a.code.length === 5) - (b.code.length === 5));
  const exact = gardes.some((lieu) => lieu.cle === cle);
  return { sorte: exact ? "exact" : "debut", lieux: gardes, entier, dehors };
}

/** « Agglo de Saint-Brieuc » : l’intercommunalité dont le nom commence ainsi, sinon celle de cette commune. */
async function intercommunalite(lus, departement) {
  const { cle, lieux, entier } = await chercher(lus.join(" "));
  const ici = lieux.filter((lieu) => !departement || lieu.departement === departement);
  const groupes = ici.filter(({ code }) => code.length === 9);
  if (groupes.length) return { sorte: "exact", lieux: groupes, entier, dehors: [] };
  const commune = ici.find((lieu) => lieu.cle === cle);
  const epci = commune && (await lireLieu(commune.code))?.epci;
  const trouve = epci && (await lireLieu(epci.code));
  return trouve ? { sorte: "exact", lieux: [depuisCode(trouve)], entier: true, dehors: [] } : { ...RIEN, entier };
}

/** Code du département que ces mots nomment, par son nom ou son numéro, ou null. */
export function departementNomme(lus, departements) {
  const [mot] = lus;
  if (lus.length === 1 && /^(?:\d{1,3}|2[ab])$/u.test(mot)) {
    const code = mot.toUpperCase().padStart(2, "0");
    return Object.hasOwn(departements, code) ? code : null;
  }
  const cle = plierMots(lus);
  return Object.keys(departements).find((code) => plierMots(mots(departements[code])) === cle) ?? null;
}

export const lireDepartements = () => lire("departements.json");

/** Les façons de séparer un nom du département qui le suit ou le précède. */
async function avecDepartement(lus) {
  const departements = await lireDepartements();
  const coupes = [];
  for (let fin = 1; fin < lus.length; fin += 1) {
    for (const [nom, suite] of [
      [lus.slice(0, fin), lus.slice(fin)],
      [lus.slice(fin), lus.slice(0, fin)],
    ]) {
      const dit = suite.slice(suite.findIndex((mot) => !LIENS.has(mot)));
      const departement = dit.length ? departementNomme(dit, departements) : null;
      const propre = sansLiens(nom);
      if (departement && propre.length) coupes.push({ nom: propre, departement });
    }
  }
  return coupes;
}

const sansLiens = (lus) => lus.slice(0, lus.findLastIndex((mot) => !LIENS.has(mot)) + 1);

/** Les lieux dont le nom ressemble, du plus proche au plus éloigné. */
async function approchants(cle, departement) {
  const proches = (await voisins(cle)).slice(0, departement ? NOMS_VOISINS + 1 : NOMS_VOISINS);
  const lus = await Promise.all(
    proches.map(async (voisin) => {
      const { lieux } = await rangees(voisin.cle);
      const ici = lieux.filter(
        (l) => l.code && l.cle === voisin.cle && (!departement || l.departement === departement),
      );
      return ici.sort(parTaille).map((lu) => ({ ...lu, ecart: voisin.ecart }));
    }),
  );
  return uniques(lus.flat());
}
