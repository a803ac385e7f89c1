// Le lieu d’une question : reconnu par le module de « Ma commune », retiré des mots cherchés, et favorisé dans les
// réponses.
import { GUICHETS } from "../commune/services.js";
import { mots, motsDe, plier } from "./normalisation.js";

export const SANS_LIEU = { lieux: [], reste: null, departement: null, ecrit: "" };

/**
 * Vrai quand la question a de quoi nommer un lieu : un nombre de deux chiffres ou plus, un nom de lieu que dit une
 * fiche, une majuscule au milieu, un guichet de l’État, ou un mot qu’aucune fiche ne dit et que portent des communes.
 * Leurs noms ne se chargent que pour cela.
 */
async function indice(texte, { lexique, lieux, formes, grammaire }) {
  if (/(?<!\d)(?:\d{2,3}|\d{5}|2[AB]\d{3})(?!\d)/iu.test(texte) || /[^\s.!?]\s+\p{Lu}\p{Ll}/u.test(texte)) return true;
  const dits = mots(texte).filter((mot) => !grammaire.has(plier(mot)));
  if (dits.some((mot) => lieux.has(plier(mot)) || (dits.length > 1 && GUICHETS.has(plier(mot))))) return true;
  const inconnus = dits.filter((mot) => !(lexique.trouver(mot)?.frequence >= 0));
  return (await Promise.all(inconnus.map((mot) => formes.juger(mot)))).some(({ lieu }) => lieu);
}

/** Vrai quand tous les mots de la question sont inconnus, et pas français : le début d’un nom (« carhaix »). */
async function inconnue(texte, { lexique, grammaire, formes }) {
  const dits = mots(texte).filter((mot) => !grammaire.has(plier(mot)));
  if (dits.some((mot) => lexique.trouver(mot)?.frequence >= 0)) return false;
  return (await Promise.all(dits.map((mot) => formes.juger(mot)))).every(({ francais }) => !francais);
}

async function debut(texte) {
  const { trouver } = await import("../commune/trouver.js");
  const { sorte, lieux } = await trouver(texte);
  return sorte === "debut" ? { lieux, reste: "", departement: null, ecrit: texte } : SANS_LIEU;
}

/**
 * { lieux, reste, departement, ecrit } ; rien quand les lieux ne se lisent pas : la question se cherche alors entière.
 */
export async function lieuDe(texte, index) {
  try {
    if (!(await indice(texte, index))) return SANS_LIEU;
    const { reconnaitreDans } = await import("../commune/reconnaitre.js");
    const reconnu = await reconnaitreDans(texte);
    return reconnu.lieux.length || reconnu.departement || !(await inconnue(texte, index))
      ? reconnu
      : await debut(texte);
  } catch (erreur) {
    console.warn("Les lieux n’ont pas répondu.", erreur);
    return SANS_LIEU;
  }
}

/**
 * Map(rang → de 0 à 1) des documents que ce lieu concerne : ceux qui portent son code ou le nomment, puis ceux de son
 * département.
 */
export async function situer(index, { lieux, departement, ecrit }) {
  const { nomme, voisin, seul: departementSeul } = index.classement.lieux;
  const parts = new Map();
  const retenir = (rang, part) => parts.set(rang, Math.max(part, parts.get(rang) ?? 0));
  const codes = new Set(lieux.map(({ code }) => code));
  const departements = new Set(lieux.length ? lieux.map((lieu) => lieu.departement) : [departement]);
  for (const { rang, valeurs, codes: siens } of index.documents) {
    if (siens.some((code) => codes.has(code))) retenir(rang, 1);
    else if (valeurs.departement?.some((autre) => departements.has(autre)))
      retenir(rang, lieux.length ? voisin : departementSeul);
  }
  const noms = mots(ecrit).filter((mot) => mot.length > 2 && !index.grammaire.has(mot));
  const listes = await Promise.all(noms.map((mot) => index.chercher(mot, false)));
  for (const rang of listes[0]?.keys() ?? []) {
    const titre = motsDe(index.documents[rang].titre).map(plier);
    if (listes.every((liste) => liste.has(rang)))
      retenir(rang, noms.every((mot) => titre.includes(plier(mot))) ? 1 : nomme);
  }
  return parts;
}
