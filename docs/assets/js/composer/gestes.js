// Les gestes : une composition et une intention -> une autre composition. L’ancienne n’est jamais modifiée, ce qui
// permet d’annuler. Un geste impossible rend la composition telle quelle. Aucun accès à la page.
import COMMUN from "../partage/commun.js";
import { DUREE, MAX, nouvelId } from "./etat.js";

const remplacer = (liste, id, changer) => liste.map((element) => (element.id === id ? changer(element) : element));
const avecJour = (c, id, changer) => ({ ...c, jours: remplacer(c.jours, id, changer) });
const toutes = (c) => c.jours.flatMap(({ sequences }) => sequences);
const borner = (duree) => Math.min(DUREE.max, Math.max(DUREE.min, Math.round(duree)));

/** Le jour et le rang d’une séquence, ou null. */
export function situer(c, id) {
  for (const jour of c.jours) {
    const rang = jour.sequences.findIndex((s) => s.id === id);
    if (rang >= 0) return { jour, rang, sequence: jour.sequences[rang] };
  }
  return null;
}

/** Change des champs de la composition. */
export const regler = (c, champs) => ({ ...c, ...champs });

/** Change des champs d’un jour. */
export const reglerJour = (c, id, champs) => avecJour(c, id, (jour) => ({ ...jour, ...champs }));

/** Change des champs d’une séquence. */
export function reglerSequence(c, id, champs) {
  const net = "duree" in champs ? { ...champs, duree: borner(champs.duree) } : champs;
  return {
    ...c,
    jours: c.jours.map((jour) => ({ ...jour, sequences: remplacer(jour.sequences, id, (s) => ({ ...s, ...net })) })),
  };
}

/** Insère une séquence dans un jour, avant celle qu’on dit, ou à la fin. Rend [composition, identifiant]. */
export function inserer(c, jourId, modele, avant = null) {
  const jour = c.jours.find(({ id }) => id === jourId);
  if (!jour || jour.sequences.length >= MAX.sequences) return [c, null];
  const id = nouvelId(
    "s",
    toutes(c).map((s) => s.id),
  );
  const sequence = { ...VIERGE, ...modele, id };
  const rang = jour.sequences.findIndex((s) => s.id === avant);
  const place = rang < 0 ? jour.sequences.length : rang;
  return [avecJour(c, jourId, (j) => ({ ...j, sequences: j.sequences.toSpliced(place, 0, sequence) })), id];
}

const VIERGE = {
  titre: "",
  duree: 30,
  fixe: null,
  modalite: "pleniere",
  role: [],
  lieu: "",
  objectif: "",
  notes: "",
  methode: null,
  partielle: false,
  livrable: "",
  materiel: [],
  consignes: [],
};

/** La séquence qu’on tire d’une méthode : ce que sa fiche dit de sa durée, de son objectif et de ce qui en sort. */
export const depuisMethode = (methode) => ({
  titre: methode.titre,
  duree: methode.duree_proposee,
  modalite: methode.modalite,
  methode: methode.id,
  objectif: methode.objectif,
  livrable: methode.livrable,
});

export const pause = (duree) => ({ titre: duree >= 45 ? "Déjeuner" : "Pause", duree, modalite: "pause" });

export function retirer(c, id) {
  return { ...c, jours: c.jours.map((jour) => ({ ...jour, sequences: jour.sequences.filter((s) => s.id !== id) })) };
}

/** Copie une séquence juste après elle, sans son heure fixe. Rend [composition, identifiant]. */
export function dupliquer(c, id) {
  const place = situer(c, id);
  if (!place) return [c, null];
  const suivante = place.jour.sequences[place.rang + 1]?.id ?? null;
  return inserer(c, place.jour.id, { ...place.sequence, fixe: null }, suivante);
}

/** Met une séquence dans un jour, à ce rang (compté sans elle). */
export function deplacer(c, id, jourId, rang) {
  const place = situer(c, id);
  const cible = c.jours.find((jour) => jour.id === jourId);
  if (!place || !cible || (cible !== place.jour && cible.sequences.length >= MAX.sequences)) return c;
  const sans = retirer(c, id);
  return avecJour(sans, jourId, (jour) => ({
    ...jour,
    sequences: jour.sequences.toSpliced(Math.min(Math.max(0, rang), jour.sequences.length), 0, place.sequence),
  }));
}

/** Monte (-1) ou descend (+1) une séquence ; au bord de son jour, elle passe au jour voisin. */
export function pousser(c, id, pas) {
  const place = situer(c, id);
  if (!place) return c;
  const rang = place.rang + pas;
  if (rang >= 0 && rang < place.jour.sequences.length) return deplacer(c, id, place.jour.id, rang);
  const voisin = c.jours[c.jours.indexOf(place.jour) + pas];
  return voisin ? deplacer(c, id, voisin.id, pas < 0 ? voisin.sequences.length : 0) : c;
}

export function ajouterJour(c) {
  if (c.jours.length >= MAX.jours) return [c, null];
  const id = nouvelId(
    "j",
    c.jours.map((jour) => jour.id),
  );
  const jour = {
    id,
    titre: `Jour ${c.jours.length + 1}`,
    ancre: null,
    date: null,
    debut: c.jours.at(-1)?.debut ?? COMMUN.debut,
    fin: null,
    sequences: [],
  };
  return [{ ...c, jours: [...c.jours, jour] }, id];
}

export const retirerJour = (c, id) =>
  c.jours.length > 1 ? { ...c, jours: c.jours.filter((jour) => jour.id !== id) } : c;

export function pousserJour(c, id, pas) {
  const rang = c.jours.findIndex((jour) => jour.id === id);
  const cible = rang + pas;
  if (rang < 0 || cible < 0 || cible >= c.jours.length) return c;
  return { ...c, jours: c.jours.toSpliced(rang, 1).toSpliced(cible, 0, c.jours[rang]) };
}

/** Date d’un jour : celle de son ancre quand il en a une, que ses tâches suivent. */
export function dater(c, jour, date) {
  if (!jour.ancre) return reglerJour(c, jour.id, { date });
  return reglerJour(daterAncre(c, jour.ancre, date), jour.id, { date: null });
}

export function daterAncre(c, ancre, date) {
  const { [ancre]: _, ...autres } = c.ancres;
  return { ...c, ancres: date ? { ...autres, [ancre]: date } : autres };
}

export const reglerTache = (c, rang, champs) => ({
  ...c,
  taches: c.taches.map((tache, i) => (i === rang ? { ...tache, ...champs } : tache)),
});

/** Met (ou remet) des tâches au jour ouvré qui précède le leur. */
export function avancerTaches(c, rangs, avance) {
  const choisis = new Set(rangs);
  return { ...c, taches: c.taches.map((tache, rang) => (choisis.has(rang) ? { ...tache, avance } : tache)) };
}

/** Applique le remède d’une alerte. */
export function appliquer(c, geste, methodes) {
  switch (geste.type) {
    case "duree":
      return reglerSequence(c, geste.sequence, { duree: geste.duree });
    case "liberer":
      return reglerSequence(c, geste.sequence, { fixe: null });
    case "debut":
      return reglerJour(c, geste.jour, { debut: geste.heure });
    case "fin":
      return reglerJour(c, geste.jour, { fin: geste.heure });
    case "groupes":
      return regler(c, { groupes: geste.groupes });
    case "pause":
      return inserer(c, geste.jour, pause(geste.duree), geste.avant)[0];
    case "methode":
      return inserer(c, geste.jour, depuisMethode(methodes.get(geste.methode)), geste.avant)[0];
    default:
      return c;
  }
}
