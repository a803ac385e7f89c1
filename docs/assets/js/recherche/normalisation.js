// Les mots tels que la recherche les voit. macros/ecriture/normalisation.py fait exactement de même : un test
// compare les deux sur de nombreux textes.

const APOSTROPHES = /[’'‘ʼ`´′＇]/g;
const ELISION = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)’ ?(?=[\p{L}\p{N}])/gu;
const ENTRE_PARENTHESES = /(?<=\p{L})\((\p{L}{1,3})\)/gu;
const HORS_MOT = /[^\p{L}\p{N}]+/gu;

/** Les mots nus : minuscules, accents gardés, sans élision, sans ligature, sans ponctuation. */
export function normaliser(texte) {
  return String(texte)
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(APOSTROPHES, "’")
    .replace(ELISION, " ")
    .replace(ENTRE_PARENTHESES, "$1")
    .replace(HORS_MOT, " ")
    .trim();
}

/** Sans les accents. */
export const plier = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "");

export const mots = (texte) => normaliser(texte).split(" ").filter(Boolean);

const CAPITALE = "\u203b";

/** Rend le texte affiché de ce que « pour_index » a écrit ; « vides » (marque → mot) est reçu avec le corpus. */
export function montrer(texte, vides) {
  const marques = new RegExp(
    `(${CAPITALE}?)([${Object.keys(vides)
      .join("")
      .replace(/[\]\\^-]/g, "\\$&")}]) ?`,
    "gu",
  );
  return texte
    .replace(marques, (_, capitale, marque) => {
      let mot = vides[marque];
      if (capitale) mot = mot.charAt(0).toUpperCase() + mot.slice(1);
      return mot.endsWith("’") ? mot : `${mot} `;
    })
    .replaceAll("\u2010 ", "-")
    .replaceAll(" / ", "/")
    .replace(/oe(?=u|il)/g, "œ")
    .replace(/Oe(?=u|il)/g, "Œ");
}

// ---- Les mots d’une question qui ne disent pas son sujet.

/** Mots grammaticaux : jamais cherchés, sauf s’il n’y a qu’eux. */
const GRAMMAIRE = new Set(
  `le la les un une des du de d l n s c j m t qu au aux et ou ni mais donc or car en dans par pour sur sous avec sans
  chez vers entre depuis pendant ce cet cette ces ça cela ceci se sa son ses leur leurs notre nos votre vos mon ma mes
  ton ta tes il elle ils elles on nous vous je tu me te moi toi lui eux y que qui quoi dont où quel quelle quels quelles
  quand comment pourquoi combien est es suis sont êtes sommes être était ont a as ai avons avez avoir eu ne pas non plus
  très si aussi comme trop peu tout tous toute toutes même mêmes autre autres à après avant afin lors déjà encore
  alors puis là ici chaque quelque quelques plusieurs aucun aucune celui celle ceux celles etc`
    .split(/\s+/)
    .map(plier),
);

/** Tournures de tous les jours : laissées de côté quand il reste autre chose à chercher. */
const TOURNURES = new Set(
  `faire fait faites fais faisons faut falloir peut peux peuvent pouvons pouvez pouvoir pourrait pourrais dois doit devons
  devoir veux veut voulons voulez vouloir voudrais voudrait voudrions souhaite souhaitons souhaiterais aimerais aimerait aimerions
  besoin besoins cherche cherchons chercher recherche trouver trouve existe existent avoir savoir sais savons
  connaître comprendre aider aidez aide aides aidera conseille proposer propose utiliser utilise mettre place obtenir
  quelqu quelqu’un quelqu‘un monde gens personne chose choses bien bon bonne meilleur meilleure façon manière moyen
  question info infos information informations svp merci bonjour possible permet permettre appeler contacter
  adresser demander exemple exemples idée idées sujet concernant propos cas c’est-à-dire petit petite grand grande`
    .split(/\s+/)
    .map(plier),
);

/** Les mots à chercher, dans l’ordre de la question. */
export function motsUtiles(texte) {
  const tous = mots(texte);
  const pleins = tous.filter((mot) => !GRAMMAIRE.has(plier(mot)));
  const sujets = pleins.filter((mot) => !TOURNURES.has(plier(mot)));
  const choisis = sujets.some((mot) => !/^\d+$/.test(mot)) ? sujets : pleins.length ? pleins : tous;
  return [...new Set(choisis)].slice(0, 8);
}

/** Ce qui rend deux noms égaux : mêmes mots pleins, sans accent, sans espace, au singulier. */
export function empreinte(texte) {
  const tous = mots(texte).map(plier);
  const pleins = tous.filter((mot) => !GRAMMAIRE.has(mot));
  return (pleins.length ? pleins : tous).map(singulier).join("");
}

/** Singulier approché d’un mot sans accent. */
export const singulier = (mot) =>
  mot.length > 3 ? mot.replace(/(?:aux|[sx])$/, (f) => (f === "aux" ? "al" : "")) : mot;
