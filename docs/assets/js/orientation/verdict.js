// La règle de l’orientation, la même que macros/pages/outils/orientation.py (un test les compare sur des milliers de
// réponses). Ni page, ni texte : des réponses { question: réponse } et des critères, un verdict par dispositif.

/** « rempli », « manque » ou « inconnu » ; null pour une remarque valable dans tous les cas. */
export function etat(critere, reponses) {
  if (!critere) return null;
  if (!Object.hasOwn(reponses, critere.question)) return "inconnu";
  return critere.parmi.includes(reponses[critere.question]) ? "rempli" : "manque";
}

/** { id, valeur, etats, remplis, manques, inconnus } : l’état de chaque critère, et combien de chaque. */
export function verdict(dispositif, reponses) {
  const etats = dispositif.criteres.map((critere) => etat(critere, reponses));
  const combien = (voulu) => etats.filter((lu) => lu === voulu).length;
  const [remplis, manques, inconnus] = [combien("rempli"), combien("manque"), combien("inconnu")];
  let valeur = "a-verifier";
  if (etats.some((lu, rang) => lu === "manque" && dispositif.criteres[rang].exclut)) valeur = "non-adapte";
  else if (remplis && !manques && !inconnus) valeur = "adapte";
  return { id: dispositif.id, valeur, etats, remplis, manques, inconnus };
}

/** Tous les dispositifs, dans l’ordre de la page : verdict, puis conditions remplies moins conditions manquées. */
export function orienter({ dispositifs, verdicts }, reponses) {
  const cle = ({ valeur, remplis, manques }) => verdicts.indexOf(valeur) * 1000 + manques - remplis;
  return dispositifs.map((dispositif) => verdict(dispositif, reponses)).sort((a, b) => cle(a) - cle(b));
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

/** Les réponses -> « ?sujet=… », dans l’ordre des questions, ou « » sans réponse. */
export function ecrireAdresse(reponses, questions) {
  const parametres = new URLSearchParams();
  for (const question of Object.keys(questions)) {
    if (Object.hasOwn(reponses, question)) parametres.set(question, reponses[question]);
  }
  const requete = parametres.toString();
  return requete ? `?${requete}` : "";
}
