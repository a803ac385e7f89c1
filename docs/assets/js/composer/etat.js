// La composition : sa forme, et la lecture d’une composition qu’on n’a pas écrite (lien, fichier, mémoire du
// navigateur). Tout ce qui en sort a été reconstruit champ par champ ; rien d’inconnu ne passe. Aucun accès à la page.
//
// { v, kit, titre, participants, groupes, animateurs, lieu: {code, nom, echelle, departement}, contact,   roles:
// [{id, titre}], ancres: {id: "AAAA-MM-JJ"}, taches: [{ancre, decalage, tache, role, fait, avance}],   jours: [{id,
// titre, ancre, date, debut, fin, sequences: [{id, titre, duree, fixe, modalite, role: [id], lieu,   objectif, notes,
// methode, partielle, livrable, materiel: [{nom, quantite, par, reutilisable}], consignes: [texte]}]}] }

import { estJour } from "../francais.js";
import COMMUN, { motif as lireMotif } from "../partage/commun.js";

export const VERSION = COMMUN.composition;
export const MODALITES = Object.keys(COMMUN.travail);
export const DUREE = COMMUN.sequence;
export const MAX = {
  jours: 20,
  sequences: 60,
  roles: 40,
  taches: 300,
  ancres: 40,
  materiel: 60,
  consignes: 40,
  titre: 300,
  texte: 2000,
  notes: 20_000,
  personnes: 5000,
  groupes: 200,
};
const PAR = ["atelier", "groupe", "participant"];
const ECHELLES = ["commune", "epci"];
const HEURE = lireMotif("heure");
const CODE = /^(?:\d{5}|2[AB]\d{3}|\d{9})$/u;
const DEPARTEMENT = /^(?:\d{2,3}|2[AB])$/u;
// Caractères de commande, hors tabulation et retour à la ligne : ils n’ont pas de sens dans un texte écrit ici.
const COMMANDES = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu;

/** Une composition qu’on ne peut pas lire ; le message, en français, dit où et pourquoi. */
export class CompositionRefusee extends Error {}

const refuser = (ou, attendu) => {
  throw new CompositionRefusee(`${ou} : ${attendu}.`);
};
const absent = (valeur) => valeur === undefined || valeur === null;

/** Le texte sans caractère de commande ni moitié de caractère. */
export function net(valeur) {
  const clair = valeur.replace(COMMANDES, "");
  return clair.isWellFormed?.() === false ? clair.toWellFormed() : clair;
}

/** Vrai pour une date réelle, de 2000 à 2199. */
export const estDate = (valeur) => estJour(valeur) && /^2[01]/u.test(valeur);
export const estHeure = (valeur) => typeof valeur === "string" && HEURE.test(valeur);

// Une forme lit une valeur ; `ou` dit où elle est. Absente, la valeur vaut ce que dit la forme.

const seulement =
  (bon, attendu, defaut = null) =>
  (valeur, ou) => {
    if (absent(valeur)) return defaut;
    return bon(valeur) ? valeur : refuser(ou, attendu);
  };
export const entier = (min, max) =>
  seulement(
    (valeur) => Number.isInteger(valeur) && valeur >= min && valeur <= max,
    `un nombre entier de ${min} à ${max} est attendu`,
  );
const motif = (modele, attendu) =>
  seulement((valeur) => typeof valeur === "string" && valeur.length <= 80 && modele.test(valeur), attendu);
export const choix = (admis, defaut) =>
  seulement((valeur) => admis.includes(valeur), `une de ces valeurs est attendue : ${admis.join(", ")}`, defaut);
export const booleen = seulement((valeur) => typeof valeur === "boolean", "vrai ou faux est attendu", false);
export const identifiant = motif(lireMotif("identifiant"), "un identifiant en minuscules est attendu");
export const heure = motif(HEURE, "une heure comme 08:30 est attendue");
export const date = seulement(estDate, "une date comme 2026-10-20 est attendue");

export const texte = (max) => (valeur, ou) => {
  if (absent(valeur)) return "";
  if (typeof valeur !== "string") refuser(ou, "un texte est attendu");
  if (valeur.length > max) refuser(ou, `le texte dépasse ${max} caractères`);
  return net(valeur);
};
export const liste = (max, lire) => (valeur, ou) => {
  if (absent(valeur)) return [];
  if (!Array.isArray(valeur)) refuser(ou, "une liste est attendue");
  if (valeur.length > max) refuser(ou, `la liste dépasse ${max} éléments`);
  return valeur.map((element, rang) => lire(element, `${ou}, n° ${rang + 1}`));
};
export const requis = (lire, manque) => (valeur, ou) => lire(valeur, ou) ?? refuser(ou, manque);
const sinon = (lire, defaut) => (valeur, ou) => lire(valeur, ou) ?? defaut;

function objet(valeur, ou) {
  if (typeof valeur !== "object" || valeur === null || Array.isArray(valeur))
    refuser(ou, "un ensemble de champs est attendu");
  return valeur;
}

/** Des champs nommés : { champ: [nom lisible, forme] } ; ce qui n’est pas dans la forme ne passe pas. */
export const champs = (formes) => (valeur, ou) => {
  const lus = objet(valeur, ou);
  return Object.fromEntries(
    Object.entries(formes).map(([cle, [nom, lire]]) => [cle, lire(lus[cle], ou ? `${ou}, ${nom}` : nom)]),
  );
};

const ID = ["identifiant", requis(identifiant, "l’identifiant manque")];
const TITRE = ["titre", texte(MAX.titre)];
const MATERIEL = champs({
  nom: ["nom", texte(MAX.texte)],
  quantite: ["quantité", entier(1, 10_000)],
  par: ["par", choix(PAR, null)],
  reutilisable: ["réutilisable", booleen],
});
const SEQUENCE = champs({
  id: ID,
  titre: TITRE,
  duree: ["durée", requis(entier(DUREE.min, DUREE.max), "la durée manque")],
  fixe: ["heure fixe", heure],
  modalite: ["modalité", choix(MODALITES, "pleniere")],
  role: ["rôles", (valeur, ou) => [...new Set(liste(MAX.roles, identifiant)(valeur, ou))]],
  lieu: ["lieu", texte(MAX.texte)],
  objectif: ["objectif", texte(MAX.texte)],
  notes: ["notes", texte(MAX.notes)],
  methode: ["méthode", identifiant],
  partielle: ["partielle", booleen],
  livrable: ["livrable", texte(MAX.texte)],
  materiel: ["matériel", liste(MAX.materiel, MATERIEL)],
  consignes: ["consignes", liste(MAX.consignes, texte(MAX.texte))],
});
const JOUR = champs({
  id: ID,
  titre: TITRE,
  ancre: ["ancre", identifiant],
  date: ["date", date],
  debut: ["début", sinon(heure, COMMUN.debut)],
  fin: ["fin", heure],
  sequences: ["séquence", liste(MAX.sequences, SEQUENCE)],
});
const LIEU = champs({
  code: ["code", requis(motif(CODE, "un code officiel est attendu"), "le code manque")],
  nom: ["nom", texte(MAX.titre)],
  echelle: ["échelle", choix(ECHELLES, "commune")],
  departement: ["département", motif(DEPARTEMENT, "un code de département est attendu")],
});
const TACHE = champs({
  ancre: ["ancre", requis(identifiant, "l’ancre manque")],
  decalage: ["décalage", requis(entier(-730, 730), "le décalage manque")],
  tache: ["texte", texte(MAX.texte)],
  role: ["rôle", identifiant],
  fait: ["fait", booleen],
  avance: ["avancée", booleen],
});

function ancres(brut, ou) {
  const paires = absent(brut) ? [] : Object.entries(objet(brut, ou));
  if (paires.length > MAX.ancres) refuser(ou, `plus de ${MAX.ancres} dates`);
  return Object.fromEntries(
    paires
      .filter(([, jour]) => !absent(jour))
      .map(([cle, jour]) => [identifiant(cle, ou), date(jour, `${ou}, ${cle}`)]),
  );
}

const COMPOSITION = champs({
  kit: ["Kit", identifiant],
  titre: ["Titre", texte(MAX.titre)],
  participants: ["Participants", entier(1, MAX.personnes)],
  groupes: ["Groupes", entier(1, MAX.groupes)],
  animateurs: ["Animateurs", entier(1, MAX.personnes)],
  lieu: ["Lieu", (brut, ou) => (absent(brut) ? null : LIEU(brut, ou))],
  contact: ["Contact", texte(MAX.texte)],
  roles: ["Rôles", liste(MAX.roles, champs({ id: ID, titre: TITRE }))],
  ancres: ["Dates", ancres],
  taches: ["Tâche", liste(MAX.taches, TACHE)],
  jours: ["Jour", liste(MAX.jours, JOUR)],
});

function sansDoublon(elements, ou) {
  const vus = new Set();
  for (const { id } of elements) {
    if (vus.has(id)) refuser(ou, `l’identifiant ${id} sert deux fois`);
    vus.add(id);
  }
}

/** La composition lue, reconstruite ; lève CompositionRefusee quand un champ n’est pas ce qu’il doit être. */
export function valider(brut) {
  const c = objet(brut, "La composition");
  if (c.v !== VERSION)
    refuser(
      "La composition",
      `la version ${String(c.v).slice(0, 12)} n’est pas connue de cette page (version ${VERSION})`,
    );
  const composition = { v: VERSION, ...COMPOSITION(c, "") };
  sansDoublon(composition.jours, "Jours");
  sansDoublon(composition.roles, "Rôles");
  sansDoublon(
    composition.jours.flatMap(({ sequences }) => sequences),
    "Séquences",
  );
  return composition;
}

/** Un identifiant que rien ne porte encore : « s12 ». */
export function nouvelId(prefixe, pris) {
  const numeros = [...pris]
    .map((id) => (id.startsWith(prefixe) ? Number(id.slice(prefixe.length)) : 0))
    .filter(Number.isSafeInteger);
  return `${prefixe}${Math.max(0, ...numeros) + 1}`;
}

/** Une composition d’une journée sans séquence. */
export const vide = () =>
  valider({ v: VERSION, titre: "Mon atelier", jours: [{ id: "j1", titre: "La journée", debut: COMMUN.debut }] });
