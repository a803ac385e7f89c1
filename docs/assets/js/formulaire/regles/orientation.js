// Portage de macros/regles/orientation.py.
import { clesCitees } from "./citations.js";

export function* criteres({ donnees, reperes }) {
  if (donnees.type !== "dispositif") return;
  for (const [rang, critere] of (donnees.criteres ?? []).entries()) {
    const chemin = ["criteres", rang];
    const admis = Object.hasOwn(reperes.reponses, critere.question ?? "") ? reperes.reponses[critere.question] : null;
    for (const [place, reponse] of (admis ? (critere.parmi ?? []) : []).entries()) {
      if (!admis.includes(reponse)) {
        yield [
          [...chemin, "parmi", place],
          `« ${reponse.slice(0, 60)} » n’est pas une réponse admise. Valeurs admises : ${[...admis].sort().join(", ")}.`,
        ];
      }
    }
    const cles = [critere.phrase_oui, critere.phrase_non].flatMap((texte) => clesCitees(texte ?? ""));
    if (critere.si_non === "non-adapte" && !cles.some((cle) => cle !== "kit")) {
      yield [
        [...chemin, "si_non"],
        "un critère sans source n’exclut jamais. Citez une source dans phrase_oui ou phrase_non, ou écrivez a-verifier.",
      ];
    }
  }
}
