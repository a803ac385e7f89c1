// Ce qui se garde : les pas pour annuler et refaire, et les brouillons de ce navigateur. Aucun accès à la page.
import { ecrire, lire } from "../socle.js";
import { CompositionRefusee, nouvelId, valider } from "./etat.js";

const PAS = 200;
const CLE = "composer:brouillons";
const MAX_BROUILLONS = 30;
const QUITTEE = `accompagner:composer:${location.pathname}`;
const PAS_GARDES = 40;

/** Annuler et refaire. Deux pas de même `cle` qui se suivent (le même champ qu’on écrit) n’en font qu’un. */
export class Pas {
  #passes = [];
  #futurs = [];
  #cle = null;

  constructor(composition, { passes = [], futurs = [] } = {}) {
    this.composition = composition;
    this.#passes = passes;
    this.#futurs = futurs;
  }

  /** Les derniers pas, pour qui reviendra. */
  get derniers() {
    return { passes: this.#passes.slice(-PAS_GARDES), futurs: this.#futurs.slice(-PAS_GARDES) };
  }

  get peutAnnuler() {
    return this.#passes.length > 0;
  }

  get peutRefaire() {
    return this.#futurs.length > 0;
  }

  faire(composition, cle = null) {
    if (composition === this.composition) return;
    if (cle === null || cle !== this.#cle) this.#passes = [...this.#passes, this.composition].slice(-PAS);
    this.#cle = cle;
    this.#futurs = [];
    this.composition = composition;
  }

  /** Le prochain pas ne se confondra pas avec le précédent. */
  clore() {
    this.#cle = null;
  }

  annuler() {
    return this.#aller(this.#passes, this.#futurs);
  }

  refaire() {
    return this.#aller(this.#futurs, this.#passes);
  }

  #aller(de, vers) {
    if (!de.length) return false;
    vers.push(this.composition);
    this.composition = de.pop();
    this.#cle = null;
    return true;
  }
}

function lus() {
  const liste = lire(CLE);
  return Array.isArray(liste) ? liste : [];
}

function ouvrir(brut) {
  try {
    const { id, nom, le, composition } = brut;
    if (typeof id !== "string" || !/^b\d{1,15}$/u.test(id) || typeof nom !== "string" || Number.isNaN(Date.parse(le)))
      return [];
    return [{ id, nom: nom.slice(0, 300), le, composition: valider(composition) }];
  } catch (erreur) {
    if (erreur instanceof CompositionRefusee || erreur instanceof TypeError) return [];
    throw erreur;
  }
}

/** Les brouillons lisibles, le plus récent d’abord : [{ id, nom, le, composition }]. */
export const brouillons = () =>
  lus()
    .flatMap(ouvrir)
    .sort((a, b) => (a.le < b.le ? 1 : -1));

export const nouveauBrouillon = () =>
  nouvelId(
    "b",
    lus().map((brut) => String(brut?.id)),
  );

const autresQue = (id) => lus().filter((brut) => brut?.id !== id); // ceux qu’on ne sait pas lire restent

/** Garde la composition ; rend faux quand le navigateur refuse, ou quand il y en a trop. */
export function garder(id, composition, le = new Date().toISOString()) {
  const autres = autresQue(id);
  return autres.length < MAX_BROUILLONS && ecrire(CLE, [{ id, nom: composition.titre, le, composition }, ...autres]);
}

export const oublier = (id) => ecrire(CLE, autresQue(id));

/** Ce qu’un onglet retrouve en revenant à la page quittée : les pas pour annuler, et la place. */
export function quitter(brouillon, pas) {
  try {
    sessionStorage.setItem(QUITTEE, JSON.stringify({ brouillon, y: scrollY, ...pas }));
  } catch {
    // Mémoire refusée ou pleine : on reviendra sans ses pas.
  }
}

/** { passes, futurs, y } de ce brouillon, tous valables ; rien sinon. */
export function retrouver(brouillon) {
  try {
    const { brouillon: garde, y, passes, futurs } = JSON.parse(sessionStorage.getItem(QUITTEE));
    return garde === brouillon ? { y: Number(y) || 0, passes: passes.map(valider), futurs: futurs.map(valider) } : {};
  } catch {
    return {};
  }
}
