// L’état d’une recherche et son adresse. Une adresse peut avoir été écrite par n’importe qui : tout ce qui n’est pas
// dans les facettes de la page est laissé de côté, et compté pour être dit.
import { MAX_TEXTE } from "./commun.js";

export const TRIS = { pertinence: "Pertinence", titre: "Titre", fraicheur: "Fiches les plus récentes" };
const PARAMETRES = { departement: "dep" }; // les autres facettes portent leur nom
const MAX_VALEURS = 60;

const parametre = (facette) => PARAMETRES[facette] ?? facette;

/** Texte cherché, sans caractères de contrôle, borné. */
function nettoyer(texte) {
  return texte
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

/** L’adresse -> { q, telQuel, filtres: {facette: [valeurs]}, tri, ignores: [titres de ce qui n’a pas été compris] }. */
export function lireAdresse(requete, facettes) {
  const parametres = new URLSearchParams(requete);
  const ignores = new Set();
  const brut = nettoyer(parametres.get("q") ?? "");
  if (brut.length > MAX_TEXTE) ignores.add("la fin du texte cherché");
  const filtres = {};
  for (const { id, titre, valeurs } of facettes) {
    const connues = new Set(valeurs.map((valeur) => valeur.id));
    const demandees = parametres.getAll(parametre(id));
    if (demandees.length > MAX_VALEURS || demandees.some((valeur) => !connues.has(valeur)))
      ignores.add(titre.toLowerCase());
    const bonnes = demandees.slice(0, MAX_VALEURS).filter((valeur) => connues.has(valeur));
    if (bonnes.length) filtres[id] = [...new Set(bonnes)];
  }
  const telQuel = parametres.get("mots") === "exacts";
  const tri = parametres.get("tri") ?? "pertinence";
  if (!Object.hasOwn(TRIS, tri)) ignores.add("tri");
  return {
    q: brut.slice(0, MAX_TEXTE),
    telQuel,
    filtres,
    tri: Object.hasOwn(TRIS, tri) ? tri : "pertinence",
    ignores: [...ignores],
  };
}

/** L’état -> « ?q=…&theme=… », ou « » quand il n’y a rien à retenir. */
export function ecrireAdresse({ q, telQuel = false, filtres = {}, tri = "pertinence" }) {
  const parametres = new URLSearchParams();
  if (q) parametres.set("q", q);
  if (q && telQuel) parametres.set("mots", "exacts");
  for (const [facette, valeurs] of Object.entries(filtres)) {
    for (const valeur of valeurs) parametres.append(parametre(facette), valeur);
  }
  if (tri !== "pertinence") parametres.set("tri", tri);
  const requete = parametres.toString();
  return requete ? `?${requete}` : "";
}

/** L’état avec une valeur de facette ajoutée ou retirée. */
export function basculer(etat, facette, valeur, presente) {
  const autres = (etat.filtres[facette] ?? []).filter((autre) => autre !== valeur);
  const valeurs = presente ? [...autres, valeur] : autres;
  const filtres = { ...etat.filtres, [facette]: valeurs };
  if (!valeurs.length) delete filtres[facette];
  return { ...etat, filtres, ignores: [] };
}

export const sansFiltre = (etat) => ({ ...etat, filtres: {}, ignores: [] });
export const estVide = (etat) => !ecrireAdresse(etat);
