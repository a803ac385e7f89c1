// Une fiche → son YAML. Les règles, et le texte produit, sont ceux de macros/contribution/ecriture.py : un test
// compare les deux.
import { ESPACE } from "../partage.js";
import { estObjet, longueur } from "./valeurs.js";
import FICHE, { dire, motif } from "../partage/fiche.js";
import { sousNoeud } from "./schema.js";

const { largeur: LARGEUR, indicateurs: INDICATEURS } = FICHE.ecriture;
const RESERVES = new Set(FICHE.ecriture.reserves);
const CLE_NUE = motif("cle_nue");
const MOT_NU = motif("mot_nu");
const COMME_UN_NOMBRE = motif("comme_un_nombre", "su");
/** Ce qu’un lecteur YAML 1.1 tiendrait encore pour un nombre. */
const NOMBRE_1_1 = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$|^[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?$/u;
const A_ECHAPPER = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"\\]/gu;
const ILLISIBLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/u;
const ILLISIBLE_EN_BLOC = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/u;
const ECHAPPES = { "\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\0": "\\0" };
const AU_BORD = new RegExp(`^${ESPACE}|${ESPACE}$`, "u");

/** Le texte d’une fiche nettoyée, champs connus dans l’ordre du schéma, inconnus à la suite. */
export function ecrire(schema, donnees) {
  const modeline = dire("modeline", { type: schema.properties.type.const });
  return [modeline, ...champs(schema, donnees, schema, 0), ""].join("\n");
}

function* champs(schema, donnees, noeud, retrait) {
  const connus = Object.keys(noeud?.properties ?? {}).filter((nom) => Object.hasOwn(donnees, nom));
  const autres = Object.keys(donnees).filter((nom) => !connus.includes(nom));
  for (const nom of [...connus, ...autres]) {
    const debut = `${" ".repeat(retrait)}${cle(nom)}:`;
    const [premiere, ...suite] = valeur(schema, donnees[nom], noeud && sousNoeud(schema, noeud, nom), nom, retrait);
    yield premiere ? `${debut} ${premiere}` : debut;
    yield* suite;
  }
}

/** Les lignes d’une valeur ; la première suit la clé ou le tiret (vide : elle commence à la ligne suivante). */
function* valeur(schema, contenu, noeud, nom, retrait) {
  if (Array.isArray(contenu)) {
    yield* liste(schema, contenu, noeud, nom, retrait + 2);
  } else if (estObjet(contenu)) {
    yield Object.keys(contenu).length ? "" : "{}";
    yield* champs(schema, contenu, noeud, retrait + 2);
  } else {
    yield* scalaire(String(contenu), retrait + 2, LARGEUR - retrait - longueur(String(nom)) - 2);
  }
}

function* liste(schema, items, noeud, nom, retrait) {
  const enLigne = `[${items.join(", ")}]`;
  const courte = items.every((item) => typeof item === "string" && MOT_NU.test(item) && nu(item));
  if (!items.length || (courte && enLigne.length + retrait + longueur(String(nom)) <= LARGEUR)) {
    yield enLigne;
    return;
  }
  yield "";
  const tiret = `${" ".repeat(retrait)}-`;
  for (const [rang, item] of items.entries()) {
    const lignes = [...valeur(schema, item, noeud && sousNoeud(schema, noeud, rang), rang, retrait)];
    if (!lignes[0] && estObjet(item)) {
      yield `${tiret} ${lignes[1].trimStart()}`;
      yield* lignes.slice(2);
    } else {
      yield `${tiret} ${lignes[0]}`.trimEnd();
      yield* lignes.slice(1);
    }
  }
}

const cle = (nom) => (CLE_NUE.test(nom) && !RESERVES.has(nom.toLowerCase()) ? nom : entreGuillemets(nom));

function scalaire(texte, retrait, place) {
  if (texte.includes("\n")) return enBloc(texte) ? litteral(texte, retrait) : [entreGuillemets(texte)];
  const ecrit = nu(texte) ? texte : entreGuillemets(texte);
  if (longueur(ecrit) > place && enBloc(texte) && texte.includes(" ") && !texte.includes("  "))
    return [">-", ...plier(texte, retrait)];
  return [ecrit];
}

/** Vrai quand un texte tient sans guillemets partout, et reste du texte pour tout lecteur. */
function nu(texte) {
  return !(
    AU_BORD.test(texte) ||
    RESERVES.has(texte.toLowerCase()) ||
    INDICATEURS.includes(texte[0]) ||
    texte.startsWith("...") ||
    texte.endsWith(":") ||
    texte.includes(": ") ||
    texte.includes(" #") ||
    ILLISIBLE.test(texte) ||
    COMME_UN_NOMBRE.test(texte) ||
    NOMBRE_1_1.test(texte)
  );
}

/** Vrai quand un bloc garde le texte tel quel : rien à échapper, pas d’espace au bord d’une ligne. */
function enBloc(texte) {
  const lignes = texte.replace(/\n$/u, "").split("\n");
  return (
    Boolean(lignes[0] && lignes.at(-1)) &&
    !lignes.some((ligne) => AU_BORD.test(ligne)) &&
    !ILLISIBLE_EN_BLOC.test(texte)
  );
}

function litteral(texte, retrait) {
  const marge = " ".repeat(retrait);
  const lignes = texte.replace(/\n$/u, "").split("\n");
  return [texte.endsWith("\n") ? "|" : "|-", ...lignes.map((ligne) => (ligne ? marge + ligne : ""))];
}

function* plier(texte, retrait) {
  let ligne = "";
  for (const mot of texte.split(" ")) {
    if (ligne && longueur(ligne) + longueur(mot) + retrait >= LARGEUR) {
      yield " ".repeat(retrait) + ligne;
      ligne = mot;
    } else {
      ligne = ligne ? `${ligne} ${mot}` : mot;
    }
  }
  yield " ".repeat(retrait) + ligne;
}

function entreGuillemets(texte) {
  const echapper = (signe) => {
    if (Object.hasOwn(ECHAPPES, signe)) return ECHAPPES[signe];
    const code = signe.codePointAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
  };
  return `"${texte.replace(A_ECHAPPER, echapper)}"`;
}
