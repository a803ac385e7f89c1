// Ce qu’un champ propose pendant qu’on écrit un lieu, et ce qu’il dit de ce qu’il a compris. Les trois champs qui
// demandent une commune (accueil, « Ma commune », composeur) parlent ainsi.
import { MINIMUM, mots, plier } from "./lieux.js";
import { lireDepartements, trouver } from "./trouver.js";

const PROPOSES = 60; // tous les homonymes, et toutes les communes d’un code postal
const MONTRES = 10;
const REFLEXION = 400; // millisecondes sans écrire, avant de chercher une faute
const SORTES = { d: "commune déléguée", a: "commune associée", r: "arrondissement" };
export const PANNE = "La liste des communes n’a pas pu se charger. Vérifiez votre connexion, puis réessayez.";
export const INCONNU =
  "Aucune commune ni intercommunalité de France ne s’écrit ainsi. Vérifiez l’orthographe, ou écrivez son code postal.";

export const apostrophe = (nom) => nom.replaceAll("'", "’");

/** « Haute-Savoie (74) · Cran-Gevrier, commune déléguée ». */
export async function preciser({ departement, ancien, sorte }) {
  const departements = await lireDepartements();
  const nom = Object.hasOwn(departements, departement) ? `${apostrophe(departements[departement])} ` : "";
  const partie = ancien ? ` · ${apostrophe(ancien)}${SORTES[sorte] ? `, ${SORTES[sorte]}` : ""}` : "";
  return `${nom}(${departement})${partie}`;
}

/** Ce qu’est devenu un ancien nom, ou rien. */
export function devenue({ nom, ancien, sorte }) {
  if (!ancien) return "";
  if (sorte === "D") return `${apostrophe(ancien)} s’appelle aujourd’hui ${apostrophe(nom)}.`;
  return `${apostrophe(ancien)}, ${SORTES[sorte]}\u00A0: la commune est ${apostrophe(nom)}.`;
}

/** Un lieu hors de France se refuse en le disant. */
export const dehors = ([{ nom, pays }]) =>
  `${apostrophe(nom)} est ${pays}\u00A0: ce site ne connaît que les communes de France.`;

/** Faut-il encore écrire avant de chercher ? */
function tropCourt(texte) {
  const lus = mots(texte);
  return lus.every((mot) => /^\d+$/u.test(mot)) ? lus.join("").length < 5 : plier(texte).length < MINIMUM;
}

/**
 * { options, dit } pour `choix.js`. `encore()` : le champ contient encore ce texte ; sinon la faute ne se cherche pas.
 * `tri(trouve)` : les lieux à offrir, tous par défaut.
 */
export async function propositions(texte, encore, tri = ({ lieux }) => lieux) {
  if (tropCourt(texte)) return { options: [], dit: "" };
  try {
    let trouve = await trouver(texte, { fautes: false });
    if (trouve.sorte === "rien" && !trouve.dehors.length) {
      await new Promise((suite) => {
        setTimeout(suite, REFLEXION);
      });
      if (!encore()) return { options: [], dit: "" };
      trouve = await trouver(texte);
    }
    const lieux = tri(trouve).slice(0, trouve.sorte === "debut" ? MONTRES : PROPOSES);
    const options = await Promise.all(
      lieux.map(async (lieu) => ({
        libelle: apostrophe(lieu.nom),
        precision: await preciser(lieu),
        valeur: lieu.code,
      })),
    );
    return { options, dit: dire(trouve, lieux.length) };
  } catch {
    return { options: [], dit: PANNE };
  }
}

function dire({ sorte, lieux, entier, dehors: ailleurs }, montres) {
  if (ailleurs.length && sorte !== "exact") return dehors(ailleurs);
  if (!lieux.length) return INCONNU;
  const combien = montres > 1 ? `${montres} propositions` : "1 proposition";
  if (sorte === "faute") return `Aucun lieu ne s’écrit ainsi. Le plus proche\u00A0: ${combien}.`;
  const restent = sorte === "debut" && (!entier || lieux.length > montres);
  return `${combien}${restent ? ". D’autres noms commencent ainsi\u00A0: continuez à écrire" : ""}.`;
}
