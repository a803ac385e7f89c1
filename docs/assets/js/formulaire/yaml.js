// Une fiche → son YAML. Les règles, et le texte produit, sont ceux de macros/contribution/ecriture.py : un test
// compare les deux.
import { ESPACE } from "../partage.js";
import { estObjet, longueur } from "./valeurs.js";
import FICHE, { dire, motif } from "../partage/fiche.js";
import { sousNoeud } from "./schema.js";

const LARGEUR = FICHE.ecriture.largeur;
const RESERVES = new Set(FICHE.ecriture.reserves);
const [CLE_NUE, MOT_NU, NOMBRE_NU] = ["cle_nue", "mot_nu", "nombre_nu"].map((nom) => motif(nom));
const A_ECHAPPER = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"\\]/gu;
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
  for (const nom of [...connus, ...autres])
    yield* champ(schema, nom, donnees[nom], noeud && sousNoeud(schema, noeud, nom), retrait);
}

/** Les lignes d’un champ. `noeud` : ce que le schéma dit de sa valeur. */
export function* champ(schema, nom, contenu, noeud, retrait) {
  const debut = `${" ".repeat(retrait)}${cle(nom)}:`;
  const [premiere, ...suite] = valeur(schema, contenu, noeud, nom, retrait);
  yield premiere ? `${debut} ${premiere}` : debut;
  yield* suite;
}

/** Les lignes d’une valeur ; la première suit la clé ou le tiret (vide : elle commence à la ligne suivante). */
function* valeur(schema, contenu, noeud, nom, retrait) {
  if (Array.isArray(contenu)) {
    yield* liste(schema, contenu, noeud, nom, retrait + 2);
  } else if (estObjet(contenu)) {
    yield Object.keys(contenu).length ? "" : "{}";
    yield* champs(schema, contenu, noeud, retrait + 2);
  } else {
    yield* scalaire(String(contenu), noeud, retrait + 2);
  }
}

function* liste(schema, items, noeud, nom, retrait) {
  const enLigne = `[${items.join(", ")}]`;
  const courte = items.every((contenu) => typeof contenu === "string" && nu(contenu));
  if (!items.length || (courte && enLigne.length + retrait + longueur(String(nom)) <= LARGEUR)) {
    yield enLigne;
    return;
  }
  yield "";
  for (const contenu of items) yield* item(schema, contenu, noeud && sousNoeud(schema, noeud, 0), retrait);
}

/** Les lignes d’un élément de liste, dont le tiret est à cette colonne. */
export function* item(schema, contenu, noeud, retrait) {
  const tiret = `${" ".repeat(retrait)}-`;
  const lignes = [...valeur(schema, contenu, noeud, 0, retrait)];
  if (!lignes[0] && estObjet(contenu)) {
    yield `${tiret} ${lignes[1].trimStart()}`;
    yield* lignes.slice(2);
  } else {
    yield `${tiret} ${lignes[0]}`.trimEnd();
    yield* lignes.slice(1);
  }
}

const cle = (nom) => (CLE_NUE.test(nom) && !RESERVES.has(nom.toLowerCase()) ? nom : entreGuillemets(nom));

function scalaire(texte, noeud, retrait) {
  if (texte.includes("\n") && enBloc(texte)) return litteral(texte, retrait);
  return [nu(texte, noeud) ? texte : entreGuillemets(texte)];
}

const NOMBRES = ["nombre", "entier"];
/** Vrai quand un texte tient sans guillemets : un mot, ou un nombre là où l’on en attend un. */
const nu = (texte, noeud) =>
  (NOMBRES.includes(noeud?.["x-saisie"]?.genre) ? NOMBRE_NU : MOT_NU).test(texte) && !RESERVES.has(texte);

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

function entreGuillemets(texte) {
  const echapper = (signe) => {
    if (Object.hasOwn(ECHAPPES, signe)) return ECHAPPES[signe];
    const code = signe.codePointAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
  };
  return `"${texte.replace(A_ECHAPPER, echapper)}"`;
}
