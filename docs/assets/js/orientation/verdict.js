// La règle de l’orientation, la même que macros/pages/outils/orientation.py (un test les compare sur des milliers de
// réponses). Ni page, ni texte : une commune, des réponses { question: réponse }, des conditions ; un verdict par
// fiche.
import { etatDuLieu, faitsDuProjet } from "../commune/conditions.js";
import ORIENTATION from "../partage/orientation.js";

const { points: POINTS, places: PLACES, retournables: RETOURNABLES } = ORIENTATION;

/** « rempli », « manque » ou « inconnu » ; null pour une remarque valable dans tous les cas. */
export function etat(critere, reponses) {
  if (!critere) return null;
  if (!Object.hasOwn(reponses, critere.question)) return "inconnu";
  return critere.parmi.includes(reponses[critere.question]) ? "rempli" : "manque";
}

function duSujet({ themes }, sujet, demande) {
  if (themes.includes(sujet)) return sujet === themes[0] ? "sujet_premier" : "sujet_theme";
  return demande ? "sujet_admis" : "sujet_general";
}

function compter(appui, reponses, { remplis, inconnus, lieu }) {
  let points = appui.vigueur ? POINTS.en_vigueur : 0;
  if (lieu.valeur === "membre") points += POINTS.membre;
  if (remplis) points += Math.floor((POINTS.part_remplie * remplis) / (remplis + inconnus));
  const admis = (question) => appui.criteres.findLast((critere) => critere?.question === question)?.parmi;
  if (reponses.sujet) points += POINTS[duSujet(appui, reponses.sujet, Boolean(admis("sujet")))];
  const besoins = admis("manque");
  if (besoins?.includes(reponses.manque)) points += POINTS.besoin + Math.floor(POINTS.besoin_precis / besoins.length);
  return points;
}

/** Rien du lieu ne s’y oppose : ce que personne ne sait peut attendre, sauf d’en être membre. */
const tranche = ({ conditions }, { valeur, raisons }) =>
  valeur !== "a-verifier" ||
  (raisons.length > 0 && raisons.every(([rang, lu]) => lu === "inconnu" && conditions[rang].effet !== "membre"));

/**
 * { id, valeur, etats, remplis, manques, inconnus, lieu, points } : « adapte » veut dire qu’elle peut venir en premier.
 */
export function verdict(appui, reponses, faits) {
  const etats = appui.criteres.map((critere) => etat(critere, reponses));
  const combien = (voulu) => etats.filter((lu) => lu === voulu).length;
  const [remplis, manques, inconnus] = [combien("rempli"), combien("manque"), combien("inconnu")];
  const lieu = etatDuLieu(appui.conditions, faits);
  let valeur = "a-verifier";
  if (lieu.valeur === "ferme" || etats.some((lu, rang) => lu === "manque" && appui.criteres[rang].exclut))
    valeur = "non-adapte";
  else if (!manques && (remplis || lieu.valeur === "membre") && tranche(appui, lieu)) valeur = "adapte";
  const rendu = { id: appui.id, valeur, etats, remplis, manques, inconnus, lieu };
  const surLeSujet = !reponses.sujet || appui.criteres.some((critere) => critere?.question === "sujet");
  return { ...rendu, surLeSujet, points: compter(appui, reponses, rendu) };
}

function juger({ appuis, tranches }, reponses, lieu) {
  const faits = faitsDuProjet(reponses, lieu, tranches);
  return appuis.map((appui) => verdict(appui, reponses, faits));
}

/** Toutes les fiches, dans l’ordre de la page ; trois au plus ont une `place`. */
export function orienter(regles, reponses, lieu = null) {
  const { verdicts } = regles;
  if (!lieu && !Object.keys(reponses).length) return [];
  const rendus = juger(regles, reponses, lieu).sort(
    (a, b) => verdicts.indexOf(a.valeur) - verdicts.indexOf(b.valeur) || b.points - a.points,
  );
  return rendus.map((rendu, rang) => {
    if (rendu.valeur !== "adapte") return { ...rendu, place: 0 };
    return rang < PLACES ? { ...rendu, place: rang + 1 } : { ...rendu, valeur: "a-verifier", place: 0 };
  });
}

/** « Et si… » : chaque réponse changeable, changée seule ; ce qui s’ouvre alors, le plus adéquat d’abord. */
export function etSi(regles, reponses, lieu = null) {
  const possibles = (autres) =>
    juger(regles, autres, lieu).filter(({ valeur, surLeSujet }) => valeur === "adapte" && surLeSujet);
  const deja = new Set(possibles(reponses).map(({ id }) => id));
  const trouvees = new Map();
  for (const question of RETOURNABLES.filter((nom) => Object.hasOwn(reponses, nom))) {
    for (const reponse of regles.questions[question]) {
      for (const { id, points } of possibles({ ...reponses, [question]: reponse })) {
        if (!deja.has(id) && points > (trouvees.get(id)?.points ?? -1))
          trouvees.set(id, { question, reponse, id, points });
      }
    }
  }
  const rangees = [...trouvees.values()].sort((a, b) => b.points - a.points);
  const combien = ORIENTATION.retournees_par_question;
  return rangees.filter(
    ({ question }, rang) => rangees.slice(0, rang).filter((autre) => autre.question === question).length < combien,
  );
}

/** L’adresse -> { reponses, ignores }. Une adresse peut avoir été écrite par n’importe qui. */
export function lireAdresse(requete, questions) {
  const parametres = new URLSearchParams(requete);
  const reponses = {};
  const ignores = [];
  for (const [question, admises] of Object.entries(questions)) {
    const lues = parametres.getAll(question).filter(Boolean);
    if (lues.length === 1 && admises.includes(lues[0])) [reponses[question]] = lues;
    else if (lues.length) ignores.push(question);
  }
  return { reponses, ignores };
}

/** Les réponses -> « ?sujet=… », dans l’ordre des questions, ou « » sans réponse ; la commune d’abord. */
export function ecrireAdresse(reponses, questions, code = "") {
  const parametres = new URLSearchParams(code ? { code } : {});
  for (const question of Object.keys(questions)) {
    if (Object.hasOwn(reponses, question)) parametres.set(question, reponses[question]);
  }
  const requete = parametres.toString();
  return requete ? `?${requete}` : "";
}
