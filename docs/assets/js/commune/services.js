// Les services d’un lieu : un petit fichier par département (macros/lecture/lieux/services.py). Rien n’est envoyé.
import { charger } from "../charger.js";
import { INSECABLE } from "../francais.js";
import { aujourdHui, lire } from "../socle.js";

const MAX_ADRESSE = 1900; // au-delà, des messageries coupent le message
const MOIS = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });

/**
 * Les annuaires des départements d’un lieu, le principal d’abord ; une commune à cheval a ceux de son intercommunalité.
 */
export const services = (lieu) =>
  Promise.all([...new Set([...lieu.departements, ...(lieu.epci?.departements ?? [])])].map(annuaire));

export const annuaire = (departement) => charger(`api/services/${departement}.json`);

/** Les mots qui demandent un guichet de l’État, et la nature du contact qu’ils nomment. */
export const GUICHETS = new Map([
  ["ddt", "ddt"],
  ["ddtm", "ddt"],
  ["deal", "ddt"],
  ["dreal", "dreal"],
  ["prefecture", "prefecture"],
  ["prefet", "prefecture"],
  ["adil", "adil"],
]);

/** « octobre 2024 », d’un jour ou d’un mois. */
export const moisDe = (date) => MOIS.format(new Date(`${`${date}-01-01`.slice(0, 7)}-01T00:00:00Z`));

/** Vrai quand l’information a plus de `delai` mois. */
export function aConfirmer(date, delai) {
  const limite = new Date(`${`${date}-01-01`.slice(0, 10)}T00:00:00Z`);
  limite.setUTCMonth(limite.getUTCMonth() + delai);
  return limite.toISOString().slice(0, 10) < aujourdHui();
}

/**
 * Un message à la boîte de service, rempli du mémo de premier contact que le lecteur a préparé, ou de ses rubriques.
 */
export function message(adresse, lieu, memo) {
  const garde = lire("memo-contact");
  const ecrit = (id) => (typeof garde?.[id] === "string" ? garde[id].trim() : "");
  const nom = `${lieu.nom} (${lieu.departements.join(", ")})`;
  const habitants = lieu.population === null ? "" : `, ${lieu.population} habitants`;
  const mots = (id) => ecrit(id) || (id === "qui" ? `${nom}${habitants}` : "…");
  const rubriques = Object.entries(memo).map(([id, libelle]) => `${libelle}${INSECABLE}:\n${mots(id)}`);
  const coder = (texte) => encodeURIComponent(texte.replaceAll("\n", "\r\n"));
  const objet = `${nom}${INSECABLE}: ${ecrit("demande").slice(0, 80) || "premier contact"}`;
  const debut = `mailto:${adresse}?subject=${coder(objet)}&body=`;
  const entier = debut + coder(`Bonjour,\n\n${rubriques.join("\n\n")}\n`);
  return entier.length > MAX_ADRESSE ? debut + coder(`Bonjour,\n\n${nom}\n`) : entier;
}
