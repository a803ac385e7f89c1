// Le temps de la séance, sans rien de la page : ce qui est prévu, ce qui s’est passé, ce qui vient, heure par heure.
// Les instants sont des millisecondes ; les durées, des minutes. Une heure fixe ne bouge que si quelqu’un l’accepte.
import { minutes } from "../francais.js";
import COMMUN from "../partage/commun.js";

export const MINUTE = 60_000;

/** L’instant d’une heure du jour ; les changements d’heure sont ceux de l’appareil. */
export function instant(date, total) {
  const [annee, mois, jour] = date.split("-").map(Number);
  return new Date(annee, mois - 1, jour, 0, total).getTime();
}

export const etapeDe = (seance, id) =>
  Object.hasOwn(seance.etapes, id) ? seance.etapes[id] : { debut: null, fin: null, ajout: 0, tard: 0, groupes: {} };

/** Ce que le programme disait : [{ debut, fin }] par séquence, décalé quand on répète à une autre heure. */
export function prevus({ jour, date, decalage }) {
  let veille = -Infinity;
  return jour.sequences.map(({ debut, duree }) => {
    let depart = minutes(debut);
    if (depart < veille) depart += 24 * 60; // passé minuit
    veille = depart;
    return {
      debut: instant(date, depart + decalage),
      fin: instant(date, depart + duree + decalage),
    };
  });
}

/** Vrai quand chaque groupe a son horloge. */
export const parGroupes = (seance, sequence) =>
  seance.groupes.length > 1 && COMMUN.en_groupes.includes(sequence.modalite);

/** L’horloge de chaque groupe : [{ rang, nom, fin, fini }] ; `fini` est l’instant où il a rendu, ou null. */
function horloges(seance, sequence, etape, fin) {
  if (!parGroupes(seance, sequence)) return [];
  return seance.groupes.map((nom, rang) => {
    const { ajout = 0, fin: fini = null } = etape.groupes[rang] ?? {};
    return { rang, nom, fin: fin + ajout * MINUTE, fini };
  });
}

function placer(seance, sequence, prevu, { curseur, maintenant }) {
  const etape = etapeDe(seance, sequence.id);
  const base = { sequence, etape, prevu, duree: sequence.duree + etape.ajout, manque: 0, groupes: [] };
  if (etape.passee) return { ...base, etat: "passee", debut: curseur, fin: curseur };
  if (etape.fin !== null) return { ...base, etat: "faite", debut: etape.debut, fin: etape.fin };
  if (etape.debut !== null) {
    const commune = etape.debut + base.duree * MINUTE;
    const groupes = horloges(seance, sequence, etape, commune);
    const attendus = groupes.filter(({ fini }) => fini === null).map(({ fin }) => fin);
    const fin = Math.max(commune, ...attendus); // le groupe le plus lent retient tout le monde
    return { ...base, etat: "en-cours", debut: etape.debut, fin: Math.max(fin, maintenant), due: fin, groupes };
  }
  const fixe = prevu.debut + etape.tard * MINUTE;
  const debut = sequence.fixe ? Math.max(curseur, fixe) : curseur;
  const manque = sequence.fixe ? Math.max(0, minutesEntre(fixe, curseur)) : 0;
  return { ...base, etat: "a-venir", debut, fin: debut + base.duree * MINUTE, manque };
}

/**
 * La séance à cet instant : { etapes, courante, suivante, ecart, fin, finPrevue, echeances }.
 * `ecart` : minutes de retard (d’avance, négatif) sur le programme, là où l’on en est.
 * `echeances` : ce qui ne tient plus, [{ id, titre, heure, minutes, depuis, jusque }] (rangs des séquences en cause).
 */
export function projeter(seance, maintenant) {
  const prevu = prevus(seance);
  let curseur = Math.max(prevu[0]?.debut ?? maintenant, maintenant);
  const etapes = seance.jour.sequences.map((sequence, rang) => {
    const placee = { rang, ...placer(seance, sequence, prevu[rang], { curseur, maintenant }) };
    curseur = placee.fin;
    return placee;
  });
  const courante = etapes.find(({ etat }) => etat === "en-cours") ?? null;
  const suivante = etapes.find(({ etat }) => etat === "a-venir") ?? null;
  const finPrevue = prevu.at(-1)?.fin ?? maintenant;
  const fin = etapes.at(-1)?.fin ?? maintenant;
  return {
    etapes,
    courante,
    suivante,
    ecart: ecartDe(etapes, courante, suivante),
    fin,
    finPrevue,
    ...restant(seance, etapes, fin, finPrevue),
  };
}

function ecartDe(etapes, courante, suivante) {
  if (!courante && suivante?.rang === 0) return minutesEntre(suivante.prevu.debut, suivante.debut);
  const rang = suivante ? suivante.rang - 1 : etapes.length - 1;
  return rang < 0 ? 0 : minutesEntre(etapes[rang].prevu.fin, etapes[rang].fin);
}

const minutesEntre = (a, b) => Math.round((b - a) / MINUTE);

function restant(seance, etapes, fin, finPrevue) {
  const echeances = etapes
    .filter(({ manque }) => manque > 0)
    .map(({ rang, sequence, prevu, etape, manque }) => ({
      id: sequence.id,
      titre: sequence.titre,
      heure: prevu.debut + etape.tard * MINUTE,
      minutes: manque,
      depuis: amont(etapes, rang),
      jusque: rang - 1,
    }));
  const limite = finPrevue + seance.tard * MINUTE;
  const trop = minutesEntre(limite, fin);
  if (trop > 0)
    echeances.push({
      id: "",
      titre: "la fin de la séance",
      heure: limite,
      minutes: trop,
      depuis: amont(etapes, etapes.length),
      jusque: etapes.length - 1,
    });
  return { echeances };
}

/** Où peut commencer ce qu’on coupe avant ce rang : rien avant la dernière heure fixe à venir qui tient. */
function amont(etapes, rang) {
  const repere = etapes.slice(0, rang).findLastIndex((e) => e.etat === "a-venir" && e.sequence.fixe && !e.manque);
  return Math.max(0, repere);
}
