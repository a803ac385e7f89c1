// La sélection gardée dans le navigateur : [{ type, titre, url, note }…] et son titre. La mémoire a pu être modifiée
// par autrui : rien de ce qu’elle rend ne mène hors du site, ni ne dépasse ce qu’une page sait montrer.
import { GENRES } from "../genres.js";
import { ecrire, lire, racine } from "../socle.js";

const CLE = "selection";
const CLE_TITRE = "selection-titre";
export const TYPES = Object.fromEntries(Object.entries(GENRES).map(([type, { libelle }]) => [type, libelle]));
export const MAX = 200;
export const MAX_NOTE = 2000;
export const MAX_TITRE = 120;

/** L’adresse d’une fiche de ce site, ou null : une mémoire modifiée ne doit mener nulle part ailleurs. */
export function adresse(url) {
  if (typeof url !== "string" || url.length > 300) return null;
  try {
    const cible = new URL(url, racine);
    return cible.origin === racine.origin && cible.pathname.startsWith(racine.pathname) ? cible : null;
  } catch {
    return null;
  }
}

/** Ne garde que les fiches bien formées, chacune une fois. */
export function filtrer(liste) {
  if (!Array.isArray(liste)) return [];
  const vues = new Set();
  const bonnes = liste.filter((fiche) => {
    const bonne =
      fiche &&
      Object.hasOwn(TYPES, fiche.type) &&
      typeof fiche.titre === "string" &&
      fiche.titre.length <= 300 &&
      adresse(fiche.url) &&
      !vues.has(fiche.url);
    if (bonne) vues.add(fiche.url);
    return bonne;
  });
  return bonnes.slice(0, MAX).map(({ type, titre, url, note }) => ({
    type,
    titre,
    url,
    ...(typeof note === "string" && note ? { note: note.slice(0, MAX_NOTE) } : {}),
  }));
}

export const selection = () => filtrer(lire(CLE));

export function titreGarde() {
  const titre = lire(CLE_TITRE);
  return typeof titre === "string" ? titre.slice(0, MAX_TITRE) : "";
}

/** Rendent faux quand le navigateur refuse d’écrire. */
export const garder = (liste) => ecrire(CLE, liste);
export const garderTitre = (titre) => ecrire(CLE_TITRE, titre);
