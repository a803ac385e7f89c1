// Les schémas JSON du site : chargés à la demande, un type à la fois, et parcourus comme le fait le validateur.
import { GENRES } from "../genres.js";
import { charger } from "../charger.js";
import { estObjet } from "./valeurs.js";

export const TYPES = Object.keys(GENRES);
const MARQUES = ["x-enonce", "x-reference", "x-vocabulaire", "x-cledesource", "x-illustration"];
export const chargerSchema = (type) => charger(`api/schemas/${type}.json`);

/** Le nœud visé par un renvoi, avec ce que le renvoi ajoute (titre, aide) ; `modele` en donne le nom. */
export function suivre(schema, noeud) {
  if (!noeud.$ref) return noeud;
  const modele = noeud.$ref.slice(noeud.$ref.lastIndexOf("/") + 1);
  return { ...schema.definitions[modele], ...noeud, modele };
}

/** « texte », « liste », « champs » (modèle) ou « table » (clés libres : les sources). */
export function genre(noeud) {
  if (noeud.type === "array") return "liste";
  if (noeud.type !== "object") return "texte";
  return noeud.patternProperties ? "table" : "champs";
}

/** Le nœud d’un champ ou d’un élément, ou null quand le schéma n’en dit rien. */
export function sousNoeud(schema, noeud, part) {
  const brut =
    genre(noeud) === "liste"
      ? noeud.items
      : genre(noeud) === "table"
        ? Object.values(noeud.patternProperties)[0]
        : Object.hasOwn(noeud.properties ?? {}, part)
          ? noeud.properties[part]
          : null;
  return brut ? suivre(schema, brut) : null;
}

export function noeudA(schema, chemin) {
  return chemin.reduce((noeud, part) => (noeud ? sousNoeud(schema, noeud, part) : null), schema);
}

/**
 * Chaque texte que le schéma marque (énoncé, renvoi, valeur d’un vocabulaire, clé de source, image), avec son chemin.
 * Ce qui n’a pas la forme déclarée est passé, pour qu’une faute n’en cache pas d’autres.
 */
export function* occurrences(schema, donnees, noeud = schema, chemin = []) {
  if (genre(noeud) === "champs") {
    if (!estObjet(donnees)) return;
    for (const nom of Object.keys(noeud.properties)) {
      if (Object.hasOwn(donnees, nom)) {
        yield* occurrences(schema, donnees[nom], suivre(schema, noeud.properties[nom]), [...chemin, nom]);
      }
    }
  } else if (genre(noeud) !== "texte") {
    if (typeof donnees !== "object" || donnees === null) return;
    const items = Array.isArray(donnees) ? [...donnees.entries()] : Object.entries(donnees);
    for (const [cle, valeur] of items) {
      yield* occurrences(schema, valeur, sousNoeud(schema, noeud, cle), [...chemin, cle]);
    }
  } else if (typeof donnees === "string") {
    const marque = MARQUES.find((nom) => nom in noeud);
    if (marque) yield { chemin, valeur: donnees, marque, dit: noeud[marque], noeud };
  }
}
