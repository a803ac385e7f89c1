// La séance qu’on anime : sa forme, sa lecture (la mémoire d’un navigateur peut avoir été modifiée), ses gestes. Chaque
// geste rend une séance nouvelle. Aucun accès à la page.
import {
  CompositionRefusee,
  MAX,
  MODALITES,
  booleen,
  champs,
  choix,
  date,
  entier,
  heure,
  identifiant,
  liste,
  requis,
  texte,
} from "../composer/etat.js";
import { plancher } from "./coupes.js";
import { etapeDe, parGroupes } from "./temps.js";

export const VERSION = 1;
export const GENRES = { decision: "Décision", action: "Action", idee: "Idée" };
const MAX_NOTES = 500;
const MAX_MINUTES = 24 * 60;

// --- la forme

const mots = (max = MAX.titre) => ["texte", texte(max)];
const ms = entier(0, 8.64e15);
const un = (lire, defaut) => (valeur, ou) => lire(valeur, ou) ?? defaut;
const minutes = ["minutes", un(entier(-MAX_MINUTES, MAX_MINUTES), 0)];
const nullable = (lire) => (valeur, ou) => (valeur === null || valeur === undefined ? null : lire(valeur, ou));

const SEQUENCE = champs({
  id: ["identifiant", requis(identifiant, "l’identifiant manque")],
  titre: mots(),
  debut: ["début", requis(heure, "l’heure manque")],
  duree: ["durée", requis(entier(1, MAX_MINUTES), "la durée manque")],
  mini: ["plancher", un(entier(1, MAX_MINUTES), 5)],
  fixe: ["heure fixe", booleen],
  modalite: ["modalité", choix(MODALITES, "pleniere")],
  roles: ["rôles", liste(MAX.roles, texte(MAX.titre))],
  lieu: mots(MAX.texte),
  objectif: mots(MAX.texte),
  notes: mots(MAX.notes),
  livrable: mots(MAX.texte),
  consignes: ["consignes", liste(MAX.consignes, texte(MAX.texte))],
  methode: ["méthode", nullable(champs({ id: ["méthode", identifiant], titre: mots() }))],
});
const GROUPE = champs({ ajout: minutes, fin: ["fin", ms] });
const ETAPE = champs({
  debut: ["début", ms],
  fin: ["fin", ms],
  ajout: minutes,
  tard: minutes,
  passee: ["passée", booleen],
  groupes: ["groupes", (valeur, ou) => paires(valeur, ou, GROUPE)],
});
const NOTE = champs({
  id: ["identifiant", requis(identifiant, "l’identifiant manque")],
  sequence: ["séquence", identifiant],
  genre: ["genre", choix(Object.keys(GENRES), "idee")],
  texte: mots(MAX.texte),
  qui: mots(),
  quand: ["date", date],
  le: ["heure", un(ms, 0)],
});
const SEANCE = champs({
  id: ["identifiant", requis(identifiant, "l’identifiant manque")],
  titre: mots(),
  kit: ["kit", identifiant],
  lieu: [
    "lieu",
    nullable(
      champs({
        code: ["code", texte(9)],
        nom: mots(),
        echelle: ["échelle", texte(20)],
        departement: ["département", nullable(texte(3))],
      }),
    ),
  ],
  participants: ["participants", entier(0, MAX.personnes)],
  presents: ["présents", entier(0, MAX.personnes)],
  groupes: ["groupes", liste(MAX.groupes, texte(MAX.titre))],
  date: ["date", requis(date, "la date manque")],
  decalage: minutes,
  tard: minutes,
  ouverte: ["ouverture", requis(ms, "l’heure d’ouverture manque")],
  close: ["clôture", ms],
  jour: [
    "jour",
    champs({
      id: ["identifiant", identifiant],
      titre: mots(),
      sequences: ["séquence", liste(MAX.sequences, SEQUENCE)],
    }),
  ],
  etapes: ["étapes", (valeur, ou) => paires(valeur, ou, ETAPE)],
  notes: ["notes", liste(MAX_NOTES, NOTE)],
});

function paires(brut, ou, lire) {
  const lues = typeof brut === "object" && brut ? Object.entries(brut) : [];
  return Object.fromEntries(
    lues.slice(0, MAX.groupes).map(([cle, valeur]) => [identifiant(cle, ou), lire(valeur, ou)]),
  );
}

/** La séance relue champ par champ ; null quand ce n’en est pas une. */
export function relire(brut) {
  try {
    const seance = brut?.v === VERSION ? { v: VERSION, ...SEANCE(brut, "") } : null;
    return seance?.jour.sequences.length ? seance : null;
  } catch (erreur) {
    if (erreur instanceof CompositionRefusee) return null;
    throw erreur;
  }
}

// --- ouvrir

/**
 * Une séance neuve pour ce jour du programme calculé. `bas(sequence)` : la plus courte durée que sa méthode admet, ou
 * null ; `date` : le jour de l’appareil.
 */
export function ouvrir(programme, jour, { id, date: jourDeLAppareil, maintenant, bas = () => null }) {
  const { titre, kit, lieu, participants, groupes } = programme;
  return relire({
    v: VERSION,
    id,
    titre,
    kit,
    lieu,
    participants,
    groupes: Array.from({ length: groupes ?? 0 }, (_, rang) => `Groupe ${rang + 1}`),
    date: jourDeLAppareil,
    ouverte: maintenant,
    jour: {
      ...jour,
      sequences: jour.sequences.map((s) => ({ ...s, mini: plancher(s, bas(s)) })),
    },
  });
}

// --- les gestes

const noter = (seance, id, change) => ({
  ...seance,
  etapes: { ...seance.etapes, [id]: { passee: false, ...etapeDe(seance, id), ...change } },
});
const rangDe = (seance, bon) => seance.jour.sequences.findIndex(({ id }) => bon(etapeDe(seance, id)));
const idDe = (seance, rang) => seance.jour.sequences[rang]?.id;
const enCours = ({ debut, fin, passee }) => debut !== null && fin === null && !passee;
const aVenir = ({ debut, passee }) => debut === null && !passee;

/** Répéter à une autre heure : tout le programme commence maintenant. */
export const decaler = (seance, decalage) => ({ ...seance, decalage });

/** Finit la séquence en cours et commence la suivante ; après la dernière, il n’y en a plus en cours. */
export function avancer(seance, maintenant) {
  const courante = rangDe(seance, enCours);
  const finie = courante < 0 ? seance : finir(seance, idDe(seance, courante), maintenant);
  const suivante = rangDe(finie, aVenir);
  return suivante < 0 ? finie : noter(finie, idDe(finie, suivante), { debut: maintenant });
}

/** Les groupes qui travaillaient encore ont fini avec les autres. */
function finir(seance, id, maintenant) {
  const sequence = seance.jour.sequences.find((s) => s.id === id);
  const { groupes } = etapeDe(seance, id);
  const rendus = parGroupes(seance, sequence)
    ? Object.fromEntries(
        seance.groupes.map((_, rang) => [rang, { ajout: 0, fin: maintenant, ...sansVide(groupes[rang]) }]),
      )
    : groupes;
  return noter(seance, id, { fin: maintenant, groupes: rendus });
}
const sansVide = (groupe = {}) => Object.fromEntries(Object.entries(groupe).filter(([, valeur]) => valeur !== null));

/** Revient à la séquence d’avant, comme si « suivante » n’avait pas été touché. */
export function revenir(seance) {
  const courante = rangDe(seance, enCours);
  const faites = seance.jour.sequences.findLastIndex(({ id }) => etapeDe(seance, id).fin !== null);
  const sans = courante < 0 ? seance : noter(seance, idDe(seance, courante), { debut: null, groupes: {} });
  if (faites < 0) return sans;
  const id = idDe(sans, faites);
  return { ...noter(sans, id, { fin: null, groupes: rouverts(seance, id) }), close: null };
}

/** Les groupes finis par « suivante » travaillent de nouveau ; ceux qui avaient rendu avant, non. */
function rouverts(seance, id) {
  const { fin, groupes } = etapeDe(seance, id);
  return Object.fromEntries(
    Object.entries(groupes).map(([rang, groupe]) => [rang, groupe.fin === fin ? { ...groupe, fin: null } : groupe]),
  );
}

/** Allonge (ou raccourcit) une séquence de tant de minutes ; elle en garde une au moins. */
export function ajouter(seance, id, combien) {
  const { duree } = seance.jour.sequences.find((s) => s.id === id);
  const { ajout } = etapeDe(seance, id);
  return noter(seance, id, { ajout: Math.max(1 - duree, ajout + combien) });
}

export const passer = (seance, id, passee = true) => noter(seance, id, { passee });

/** Accepte qu’une heure fixe, ou la fin (sans identifiant), vienne plus tard. */
export const tarder = (seance, id, combien) =>
  id ? noter(seance, id, { tard: etapeDe(seance, id).tard + combien }) : { ...seance, tard: seance.tard + combien };

/** Suit une façon de tenir l’heure (coupes.js). */
export function suivre(seance, echeance, { genre, gestes }) {
  if (genre === "tard") return tarder(seance, echeance.id, echeance.minutes);
  const geste = genre === "passer" ? (s, { id }) => passer(s, id) : (s, { id, minutes: m }) => ajouter(s, id, -m);
  return gestes.reduce(geste, seance);
}

const groupe = (seance, id, rang, change) => {
  const { groupes } = etapeDe(seance, id);
  return noter(seance, id, { groupes: { ...groupes, [rang]: { ajout: 0, fin: null, ...groupes[rang], ...change } } });
};

export const ajouterAuGroupe = (seance, id, rang, combien) =>
  groupe(seance, id, rang, { ajout: (etapeDe(seance, id).groupes[rang]?.ajout ?? 0) + combien });

/** Un groupe a rendu, ou reprend. */
export const rendre = (seance, id, rang, fin) => groupe(seance, id, rang, { fin });

/** L’heure vraie d’un début ou d’une fin, quand on a touché trop tard. */
export const corriger = (seance, id, bornes) => noter(seance, id, bornes);

/** Tout est fini : ce qui courait s’arrête, ce qui restait est passé. */
export function clore(seance, maintenant) {
  const courante = rangDe(seance, enCours);
  const finie = courante < 0 ? seance : finir(seance, idDe(seance, courante), maintenant);
  return { ...finie, close: maintenant };
}
export const rouvrir = (seance) => ({ ...seance, close: null });

export const estCommencee = (seance) => Object.values(seance.etapes).some(({ debut }) => debut !== null);

// --- les notes

/** Ajoute une note à une séquence (ou à la séance entière) ; vide ou de trop, elle n’est pas prise. */
export function prendreNote(seance, note) {
  if (!note.texte.trim() || seance.notes.length >= MAX_NOTES) return seance;
  const id = `n${Math.max(0, ...seance.notes.map((n) => Number(n.id.slice(1)) || 0)) + 1}`;
  return { ...seance, notes: [...seance.notes, NOTE({ ...note, id, texte: note.texte.trim() }, "Note")] };
}

export const changerNote = (seance, id, change) => ({
  ...seance,
  notes: seance.notes.map((note) => (note.id === id ? NOTE({ ...note, ...change }, "Note") : note)),
});
export const retirerNote = (seance, id) => ({ ...seance, notes: seance.notes.filter((note) => note.id !== id) });
export const compterPresents = (seance, presents) => ({ ...seance, presents });
