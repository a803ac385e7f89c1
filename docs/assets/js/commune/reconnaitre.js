// Un lieu dans une question : « friche Plédran », « 59218 », « école saint-denis 974 », « atelier flash dans le Nord ».
// La prudence d’abord : un mot français qui est aussi le nom d’une commune (« friche à Orange », « place », « pont »)
// ne compte qu’avec un indice. Les tranches de noms se lisent comme pour « Ma commune » ; rien n’est envoyé.
import partage from "../partage/lieux.js";
import { CODE, MINIMUM, mots, natureDe, parTaille, plierMots, rangees, uniques } from "./lieux.js";
import { GUICHETS } from "./services.js";
import { departementNomme, lireDepartements, parNombre } from "./trouver.js";

const MOTS_LUS = 30;
const MOTS_D_UN_NOM = 8;
const COURT = 4; // lettres : plus court, seul un nom connu de tous compte
const VILLE = 10_000; // habitants : un nom de trois lettres y suffit (Gap, Dax)
const BOURG = 1000; // habitants : « friche Orange » nomme la ville, par sa majuscule
const GRANDE = 100_000; // habitants : « tours », « paris » sont d’abord des villes
const MOTS_OUTILS = `a au aux avec ce ces cet cette chez comment dans donc elle en est et il je ma mes moi mon nos notre
  nous on ou par pas pour qu que quel quelle qui quoi sa sans se ses si son sous sur ta un une vos votre vous y`;
const OUTILS = new Set([...partage.liaisons, ...MOTS_OUTILS.split(/\s+/u)]);
const ANNONCES = new Set(["mairie", "commune", "ville", "village", "maire", "bourg"]);
const UNITES = /^(?:€|%|habitant|hab$|euro|eur$|m2|m²|ha$|hectare|km|an$|ans$|logement|place|personne|signe)/u;
const DANS = new Set(["dans", "en", "departement", "departements", "dept", "dep"]);
/** Ce qui rattache un lieu à la question. */
const LIENS = new Set([...partage.liaisons, ...DANS, "a", "au", "aux", "sur", "pour"]);
/**
 * Départements dont le nom est aussi un mot, ou d’abord un cours d’eau : « dans le Nord », « DDT Marne », mais
 * « façade nord ».
 */
const AMBIGUS = new Set(
  "01 02 03 10 13 15 18 23 27 33 38 39 40 42 46 49 50 51 53 55 58 59 60 61 69 75 80 83 86 974 978".split(" "),
);

/**
 * { lieux, ecrit, reste, departement } : les lieux du nom reconnu, le meilleur d’abord (`code`, `nom`, `departement`,
 * `population`, `ancien`…) ; ce qui les nomme dans la question ; la question sans lui ; le code du département dit, ou
 * null.
 */
export async function reconnaitreDans(question) {
  const jetons = decouper(question);
  const departements = await lireDepartements();
  const nombre = await codeDans(jetons, question);
  const dits = departementsDits(jetons, departements, question);
  const nom = await nomDans(jetons, dits, nombre);
  if (!nom && !nombre) return sansLieu(question, jetons, dits);
  const departement = nom?.dit ?? null;
  const retires = [nombre, nom, departement].filter(Boolean);
  return {
    lieux: nom ? nom.lieux : nombre.lieux,
    ecrit: jetons
      .slice((nom ?? nombre).debut, (nom ?? nombre).fin)
      .map(({ texte }) => texte)
      .join(" "),
    reste: sansCela(question, jetons, retires),
    departement: departement?.code ?? null,
  };
}

function sansLieu(question, jetons, dits) {
  const dit = dits.find(({ sur }) => sur);
  return {
    lieux: [],
    ecrit: "",
    reste: dit ? sansCela(question, jetons, [dit]) : question,
    departement: dit?.code ?? null,
  };
}

/** Les mots de la question : leur texte, leur place, leur forme pliée. */
function decouper(question) {
  return [...question.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].slice(0, MOTS_LUS).map((trouve) => ({
    texte: trouve[0],
    place: trouve.index,
    apres: trouve.index + trouve[0].length,
    mot: mots(trouve[0]).join(""),
  }));
}

const majuscule = ({ texte }) => /^\p{Lu}/u.test(texte);

/** Le code postal ou INSEE de la question, et ses lieux ; jamais un nombre d’habitants ni une somme. */
async function codeDans(jetons, question) {
  for (const [debut, { mot, apres }] of jetons.entries()) {
    const code = mot.toUpperCase();
    const suite = question.slice(apres).trimStart().toLowerCase();
    const rond =
      code.endsWith("000") && jetons.length > 1 && ["de", "a", "moins", "plus"].includes(jetons[debut - 1]?.mot);
    if (!CODE.test(code) || UNITES.test(suite) || rond) continue;
    const { lieux } = await parNombre(code, []);
    if (lieux.length) return { debut, fin: debut + 1, lieux };
  }
  return null;
}

/** Les départements que la question nomme ; `sur` : sans lieu à côté, c’est bien d’un département qu’elle parle. */
function departementsDits(jetons, departements, question) {
  const dits = [];
  const guichet = jetons.some(({ mot }) => GUICHETS.has(mot));
  for (let debut = 0; debut < jetons.length; debut += 1) {
    for (let fin = Math.min(jetons.length, debut + MOTS_D_UN_NOM); fin > debut; fin -= 1) {
      const lus = jetons.slice(debut, fin).map(({ mot }) => mot);
      if (partage.liaisons.includes(lus[0])) break;
      const code = departementNomme(lus, departements);
      if (!code) continue;
      const avant = motAvant(jetons, debut);
      const nombre = /^\d/u.test(lus[0]);
      const entreParentheses = question[jetons[debut].place - 1] === "(";
      const sur = guichet || DANS.has(avant) || entreParentheses || (nombre ? code.length === 3 : !AMBIGUS.has(code));
      dits.push({ code, debut, fin, sur });
      debut = fin - 1;
      break;
    }
  }
  return dits;
}

/** Le mot qui précède, articles passés : « dans le Nord », « mairie de La Rochelle ». */
function motAvant(jetons, debut) {
  let place = debut - 1;
  while (place >= 0 && partage.liaisons.includes(jetons[place].mot)) place -= 1;
  return jetons[place]?.mot ?? "";
}

/** Le nom de lieu le plus long, celui qu’un indice confirme d’abord. */
async function nomDans(jetons, dits, nombre) {
  const trouves = [];
  for (let debut = 0; debut < jetons.length; debut += 1) {
    if (OUTILS.has(jetons[debut].mot) || /^\d/u.test(jetons[debut].mot)) continue;
    const trouve = await nomDepuis(jetons, debut, dits, nombre);
    if (!trouve) continue;
    trouves.push(trouve);
    debut = trouve.fin - 1;
  }
  const poids = ({ indice, debut, fin }) => (indice ? MOTS_LUS : 0) + fin - debut;
  return trouves.sort((a, b) => poids(b) - poids(a))[0] ?? null;
}

/** Le nom le plus long qui commence à ce mot, s’il est sûr. */
async function nomDepuis(jetons, debut, dits, nombre) {
  let retenu = null;
  for (let fin = debut + 1; fin <= Math.min(jetons.length, debut + MOTS_D_UN_NOM); fin += 1) {
    const lus = jetons.slice(debut, fin).map(({ mot }) => mot);
    const cle = plierMots(lus);
    const { lieux } = await rangees(cle);
    const exacts = lieux
      .filter((lieu) => lieu.code && lieu.cle === cle && memesMots(lieu, lus))
      .sort((a, b) => a.code.length - b.code.length || parTaille(a, b));
    if (exacts.length) retenu = confirmer({ debut, fin, lieux: uniques(exacts) }, jetons, dits, nombre) ?? retenu;
    const annonce = partage.natures.some((nature) => `${nature} `.startsWith(`${lus.join(" ")} `)) || natureDe(lus);
    if (!annonce && !lieux.some((lieu) => lieu.code && lieu.cle.startsWith(cle))) break;
  }
  return retenu;
}

const ARTICLE = /^(?:L[ae]s? |L['’])/u;
const sansArticle = (lus) => lus.length - (lus.length > 1 && partage.articles.includes(lus[0]) ? 1 : 0);

/** « ville moyenne » n’est pas Villemoyenne. */
const memesMots = ({ code, nom, ancien }, lus) =>
  code.length === 9 || sansArticle(lus) === sansArticle(mots(ancien ?? nom));

/** Ce nom avec l’indice qui le confirme, ou null quand la prudence l’écarte. */
function confirmer(nom, jetons, dits, nombre) {
  const { debut, fin, lieux } = nom;
  if (dits.some((dit) => dit.fin - dit.debut > fin - debut && dit.debut <= debut && dit.fin >= fin)) return null;
  const codes = new Set(nombre?.lieux.map(({ code }) => code));
  const postaux = lieux.filter(({ code }) => codes.has(code));
  if (postaux.length) return { ...nom, lieux: postaux, indice: true };
  for (const dit of dits) {
    const ici = lieux.filter(({ departement }) => departement === dit.code);
    const dehors = dit.debut >= fin || dit.fin <= debut;
    if (ici.length && dehors && (dit.sur || accole(jetons, nom, dit))) return { ...nom, lieux: ici, dit, indice: true };
  }
  const avant = motAvant(jetons, debut);
  const annonce =
    ANNONCES.has(avant) ||
    (avant === "a" && jetons[debut - 1].mot === "a") ||
    natureDe(jetons.slice(debut, fin).map(({ mot }) => mot));
  const avantLui = jetons[debut - 1];
  const propre = avantLui && !majuscule(avantLui) && avantLui.mot === avant && lieux[0].population >= BOURG;
  if (majuscule(jetons[debut]) && (annonce || propre)) return { ...nom, indice: true };
  return assezSur(nom, jetons) ? { ...nom, indice: false } : null;
}

/** Rien qu’un article ou une préposition entre le nom et le département. */
function accole(jetons, nom, dit) {
  const [debut, fin] = dit.debut >= nom.fin ? [nom.fin, dit.debut] : [dit.fin, nom.debut];
  return jetons.slice(debut, fin).every(({ mot }) => OUTILS.has(mot));
}

function assezSur({ debut, fin, lieux }, jetons) {
  const lus = jetons.slice(debut, fin);
  const lettres = lus.map(({ mot }) => mot).join("").length;
  const { population } = lieux[0];
  if (lettres < COURT) return lettres >= MINIMUM && population >= VILLE && !lieux.some(({ mot }) => mot);
  const article = !ARTICLE.test(lieux[0].ancien ?? lieux[0].nom) || partage.articles.includes(jetons[debut - 1]?.mot);
  if (!lieux.some(({ mot }) => mot)) return article || lus.length > 1 || majuscule(lus[0]);
  // « Bois-Guillaume » : le trait d’union fait le nom.
  if (lus.length > 1 && lus.every((jeton, i) => !i || jeton.place === lus[i - 1].apres + 1)) return majuscule(lus[0]);
  return population >= GRANDE && article;
}

/** La question sans ces passages, ni ce qui les rattachait à elle. */
function sansCela(question, jetons, retires) {
  const otes = new Set();
  for (const { debut, fin } of retires) {
    for (let i = debut; i < fin; i += 1) otes.add(i);
    let place = debut - 1;
    const rattache = ({ mot }) => LIENS.has(mot) || (place < debut - 1 && ANNONCES.has(mot));
    while (place >= 0 && rattache(jetons[place])) {
      otes.add(place);
      place -= 1;
    }
  }
  let reste = "";
  let place = 0;
  for (const [i, jeton] of jetons.entries()) {
    if (otes.has(i)) reste += question.slice(place, jeton.place).replace(/[-'’(]/gu, " ");
    else reste += question.slice(place, jeton.apres);
    place = jeton.apres;
  }
  return (reste + question.slice(place))
    .replace(/\(?\s+\)|\s+/gu, " ")
    .replace(/^[\s-]+|[\s,;:(-]+$/gu, "")
    .trim();
}
