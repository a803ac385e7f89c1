// La composition : sa forme, et la lecture d’une composition qu’on n’a pas écrite (lien, fichier, mémoire du
// navigateur). Tout ce qui en sort a été reconstruit champ par champ ; rien d’inconnu ne passe. Aucun accès à la page.
//
// { v, kit, titre, participants, groupes, animateurs, lieu: {code, nom, echelle, departement}, contact,   roles:
// [{id, titre}], ancres: {id: "AAAA-MM-JJ"}, taches: [{ancre, decalage, tache, role, fait, avance}],   jours: [{id,
// titre, ancre, date, debut, fin, sequences: [{id, titre, duree, fixe, modalite, role: [id], lieu,   objectif, notes,
// methode, partielle, livrable, materiel: [{nom, quantite, par, reutilisable}], consignes: [texte]}]}] }

import COMMUN from "../partage/commun.js";

export const VERSION = 1;
export const MODALITES = ["pleniere", "groupes", "terrain", "pause"];
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
const IDENTIFIANT = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const HEURE = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;
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

function objet(valeur, ou) {
  if (typeof valeur !== "object" || valeur === null || Array.isArray(valeur))
    refuser(ou, "un ensemble de champs est attendu");
  return valeur;
}

/** Le texte sans caractère de commande ni moitié de caractère. */
export function net(valeur) {
  const clair = valeur.replace(COMMANDES, "");
  return clair.isWellFormed?.() === false ? clair.toWellFormed() : clair;
}

function texte(valeur, ou, max, defaut = "") {
  if (absent(valeur)) return defaut;
  if (typeof valeur !== "string") refuser(ou, "un texte est attendu");
  if (valeur.length > max) refuser(ou, `le texte dépasse ${max} caractères`);
  return net(valeur);
}

function entier(valeur, ou, min, max) {
  if (absent(valeur)) return null;
  if (!Number.isInteger(valeur) || valeur < min || valeur > max)
    refuser(ou, `un nombre entier de ${min} à ${max} est attendu`);
  return valeur;
}

function motif(valeur, ou, modele, attendu) {
  if (absent(valeur)) return null;
  if (typeof valeur !== "string" || valeur.length > 80 || !modele.test(valeur)) refuser(ou, attendu);
  return valeur;
}

function choix(valeur, ou, admis) {
  if (absent(valeur)) return null;
  if (!admis.includes(valeur)) refuser(ou, `une de ces valeurs est attendue : ${admis.join(", ")}`);
  return valeur;
}

function booleen(valeur, ou) {
  if (absent(valeur)) return false;
  if (typeof valeur !== "boolean") refuser(ou, "vrai ou faux est attendu");
  return valeur;
}

function liste(valeur, ou, max, lire) {
  if (absent(valeur)) return [];
  if (!Array.isArray(valeur)) refuser(ou, "une liste est attendue");
  if (valeur.length > max) refuser(ou, `la liste dépasse ${max} éléments`);
  return valeur.map((element, rang) => lire(element, `${ou}, n° ${rang + 1}`));
}

const identifiant = (valeur, ou) => motif(valeur, ou, IDENTIFIANT, "un identifiant en minuscules est attendu");
const heure = (valeur, ou) => motif(valeur, ou, HEURE, "une heure comme 08:30 est attendue");

/** Vrai pour une date réelle, de 2000 à 2199. */
export function estDate(valeur) {
  if (typeof valeur !== "string" || !/^2[01]\d{2}-\d{2}-\d{2}$/u.test(valeur)) return false;
  const temps = Date.parse(`${valeur}T00:00:00Z`);
  return !Number.isNaN(temps) && new Date(temps).toISOString().startsWith(valeur);
}

export const estHeure = (valeur) => typeof valeur === "string" && HEURE.test(valeur);

function date(valeur, ou) {
  if (!absent(valeur) && !estDate(valeur)) refuser(ou, "une date comme 2026-10-20 est attendue");
  return valeur ?? null;
}

function lireMateriel(brut, ou) {
  const item = objet(brut, ou);
  return {
    nom: texte(item.nom, `${ou}, nom`, MAX.texte),
    quantite: entier(item.quantite, `${ou}, quantité`, 1, 10_000),
    par: choix(item.par, `${ou}, par`, PAR),
    reutilisable: booleen(item.reutilisable, `${ou}, réutilisable`),
  };
}

function lireSequence(brut, ou) {
  const s = objet(brut, ou);
  return {
    id: identifiant(s.id, `${ou}, identifiant`) ?? refuser(ou, "l’identifiant manque"),
    titre: texte(s.titre, `${ou}, titre`, MAX.titre),
    duree: entier(s.duree, `${ou}, durée`, DUREE.min, DUREE.max) ?? refuser(ou, "la durée manque"),
    fixe: heure(s.fixe, `${ou}, heure fixe`),
    modalite: choix(s.modalite, `${ou}, modalité`, MODALITES) ?? "pleniere",
    role: [...new Set(liste(s.role, `${ou}, rôles`, MAX.roles, identifiant))],
    lieu: texte(s.lieu, `${ou}, lieu`, MAX.texte),
    objectif: texte(s.objectif, `${ou}, objectif`, MAX.texte),
    notes: texte(s.notes, `${ou}, notes`, MAX.notes),
    methode: identifiant(s.methode, `${ou}, méthode`),
    partielle: booleen(s.partielle, `${ou}, partielle`),
    livrable: texte(s.livrable, `${ou}, livrable`, MAX.texte),
    materiel: liste(s.materiel, `${ou}, matériel`, MAX.materiel, lireMateriel),
    consignes: liste(s.consignes, `${ou}, consignes`, MAX.consignes, (valeur, place) =>
      texte(valeur, place, MAX.texte),
    ),
  };
}

function lireJour(brut, ou) {
  const jour = objet(brut, ou);
  return {
    id: identifiant(jour.id, `${ou}, identifiant`) ?? refuser(ou, "l’identifiant manque"),
    titre: texte(jour.titre, `${ou}, titre`, MAX.titre),
    ancre: identifiant(jour.ancre, `${ou}, ancre`),
    date: date(jour.date, `${ou}, date`),
    debut: heure(jour.debut, `${ou}, début`) ?? COMMUN.debut,
    fin: heure(jour.fin, `${ou}, fin`),
    sequences: liste(jour.sequences, `${ou}, séquence`, MAX.sequences, lireSequence),
  };
}

function lireLieu(brut, ou) {
  if (absent(brut)) return null;
  const lieu = objet(brut, ou);
  return {
    code: motif(lieu.code, `${ou}, code`, CODE, "un code officiel est attendu") ?? refuser(ou, "le code manque"),
    nom: texte(lieu.nom, `${ou}, nom`, MAX.titre),
    echelle: choix(lieu.echelle, `${ou}, échelle`, ECHELLES) ?? "commune",
    departement: motif(lieu.departement, `${ou}, département`, DEPARTEMENT, "un code de département est attendu"),
  };
}

function lireAncres(brut, ou) {
  const paires = absent(brut) ? [] : Object.entries(objet(brut, ou));
  if (paires.length > MAX.ancres) refuser(ou, `plus de ${MAX.ancres} dates`);
  return Object.fromEntries(
    paires
      .filter(([, jour]) => !absent(jour))
      .map(([cle, jour]) => [identifiant(cle, ou), date(jour, `${ou}, ${cle}`)]),
  );
}

function lireTache(brut, ou) {
  const tache = objet(brut, ou);
  return {
    ancre: identifiant(tache.ancre, `${ou}, ancre`) ?? refuser(ou, "l’ancre manque"),
    decalage: entier(tache.decalage, `${ou}, décalage`, -730, 730) ?? refuser(ou, "le décalage manque"),
    tache: texte(tache.tache, `${ou}, texte`, MAX.texte),
    role: identifiant(tache.role, `${ou}, rôle`),
    fait: booleen(tache.fait, `${ou}, fait`),
    avance: booleen(tache.avance, `${ou}, avancée`),
  };
}

function lireRole(brut, ou) {
  const role = objet(brut, ou);
  return {
    id: identifiant(role.id, ou) ?? refuser(ou, "l’identifiant manque"),
    titre: texte(role.titre, `${ou}, titre`, MAX.titre),
  };
}

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
  const composition = {
    v: VERSION,
    kit: identifiant(c.kit, "Kit"),
    titre: texte(c.titre, "Titre", MAX.titre),
    participants: entier(c.participants, "Participants", 1, MAX.personnes),
    groupes: entier(c.groupes, "Groupes", 1, MAX.groupes),
    animateurs: entier(c.animateurs, "Animateurs", 1, MAX.personnes),
    lieu: lireLieu(c.lieu, "Lieu"),
    contact: texte(c.contact, "Contact", MAX.texte),
    roles: liste(c.roles, "Rôles", MAX.roles, lireRole),
    ancres: lireAncres(c.ancres, "Dates"),
    taches: liste(c.taches, "Tâche", MAX.taches, lireTache),
    jours: liste(c.jours, "Jour", MAX.jours, lireJour),
  };
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
