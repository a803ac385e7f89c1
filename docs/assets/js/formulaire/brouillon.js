// Le brouillon reste dans ce navigateur, un par onglet : deux onglets ne s’écrasent pas. La mémoire peut manquer, être
// pleine ou avoir été modifiée : rien de ce qu’elle rend n’est tenu pour sûr.
import { racine } from "../socle.js";
import { lireYaml } from "./lecture.js";
import { TYPES } from "./schema.js";
import { TAILLE_MAX, estObjet, nettoyer } from "./valeurs.js";

const PREFIXE = `accompagner:${racine.pathname}:formulaire:`;
const ONGLET = `${PREFIXE}onglet`;
const GARDES = 20;

function essayer(geste, sinon = null) {
  try {
    return geste();
  } catch {
    return sinon;
  }
}

/**
 * Le nom du brouillon de cet onglet. Un onglet dupliqué garde le même : il en prend un autre dès qu’il écrit autre
 * chose.
 */
export function nomDeLOnglet() {
  const garde = essayer(() => sessionStorage.getItem(ONGLET));
  return typeof garde === "string" && /^[a-z0-9-]{8,40}$/u.test(garde) ? garde : nouveauNom();
}

export const nommer = () => `b-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10).padEnd(8, "0")}`;

export function nouveauNom() {
  const nom = nommer();
  essayer(() => sessionStorage.setItem(ONGLET, nom));
  return nom;
}

export function reprendreNom(nom) {
  essayer(() => sessionStorage.setItem(ONGLET, nom));
}

/** Rend faux quand le navigateur refuse de garder. */
export function garder(nom, { type, donnees, modifiee, origine = "" }) {
  const texte = JSON.stringify({ type, donnees, modifiee, origine, quand: Date.now() });
  return essayer(() => {
    localStorage.setItem(PREFIXE + nom, texte);
    return true;
  }, false);
}

export const effacer = (nom) => essayer(() => localStorage.removeItem(PREFIXE + nom));

/**
 * Le brouillon de ce nom : { type, donnees, modifiee, origine, quand }, ou null s’il manque ou n’a pas la forme voulue.
 */
export function lireBrouillon(nom) {
  const lu = essayer(() => {
    const texte = localStorage.getItem(PREFIXE + nom);
    return texte && texte.length <= TAILLE_MAX * 2 ? JSON.parse(texte) : null;
  });
  if (!estObjet(lu) || !TYPES.includes(lu.type) || !estObjet(lu.donnees)) return null;
  const donnees = essayer(() => nettoyer(lu.donnees)) ?? {};
  return {
    type: lu.type,
    donnees: { ...donnees, type: lu.type },
    modifiee: typeof lu.modifiee === "string" && /^[a-z0-9-]{1,80}$/u.test(lu.modifiee) ? lu.modifiee : "",
    origine: lisible(lu.origine) ? lu.origine : "",
    quand: Number.isFinite(lu.quand) ? lu.quand : 0,
  };
}

const lisible = (texte) => typeof texte === "string" && essayer(() => Boolean(lireYaml(texte)), false);

/** Tous les brouillons lisibles, le plus récent d’abord : { nom, type, titre, modifiee, quand }. */
export function brouillons() {
  const noms = essayer(() => Object.keys(localStorage).filter((cle) => cle.startsWith(PREFIXE)), []);
  return noms
    .map((cle) => ({ nom: cle.slice(PREFIXE.length), ...lireBrouillon(cle.slice(PREFIXE.length)) }))
    .filter(({ type }) => type)
    .map(({ nom, type, donnees, modifiee, quand }) => ({
      nom,
      type,
      modifiee,
      quand,
      titre: String(donnees.titre ?? "sans titre").slice(0, 160),
    }))
    .sort((a, b) => b.quand - a.quand)
    .slice(0, GARDES);
}
