// Ce que la page dit d’elle-même : la phrase à dire au téléphone, « Et si… », la question de population.
import ORIENTATION, { dire } from "../partage/orientation.js";
import { element } from "../socle.js";
import { typo } from "../francais.js";

const nombre = new Intl.NumberFormat("fr-FR");
export const apostrophe = (nom) => nom.replaceAll("'", "’");

/** La phrase à dire au téléphone : la commune, les réponses, la demande ; `membre` : la commune en est déjà. */
export function auTelephone({ titre, type, membre }, reponses, lieu) {
  const habitants = lieu?.population ? ` (${nombre.format(lieu.population)} habitants)` : "";
  const bonjour = lieu ? dire("bonjour", { nom: apostrophe(lieu.nom), habitants }) : dire("bonjour_sans_nom");
  const dites = Object.entries(ORIENTATION.au_telephone)
    .filter(([question]) => Object.hasOwn(reponses, question))
    .map(([question, phrases]) => phrases[reponses[question]]);
  return typo(`« ${[bonjour, ...dites, demander(titre, type, membre)].join(" ")} »`);
}

function demander(titre, type, membre) {
  if (type === "partenaire") return dire("demande_partenaire");
  return membre ? dire("demande_membre", { titre }) : dire("demande_dispositif", { titre });
}

/** Une ligne de « Et si… » : la réponse changée, l’appui qu’elle ouvre, ce que la fiche propose pour y arriver. */
export function ligneEtSi({ question, reponse }, { lien, devenir }) {
  const ligne = element("li");
  ligne.append(element("strong", typo(`${ORIENTATION.et_si[question][reponse]} : `)), lien.cloneNode(true), ".");
  if (devenir) ligne.append(` ${devenir}`);
  return ligne;
}

/** Ce que la commune a rempli, ou « » : sa taille et ses programmes ne sont plus demandés. */
export function connu(lieu, libelles) {
  if (!lieu) return "";
  const habitants = lieu.population === null ? [] : [`${nombre.format(lieu.population)} habitants`];
  return typo([...habitants, ...libelles].join(", "));
}

/** La question de population qui convient à qui porte le projet, quand ce n’est pas la commune. */
export const questionDePopulation = (porteur) => ORIENTATION.populations[porteur];
