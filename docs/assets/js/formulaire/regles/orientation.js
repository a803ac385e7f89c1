// Portage de macros/regles/orientation.py.
import { dire } from "../../partage/fiche.js";
import { clesCitees } from "./citations.js";
import { remede } from "./forme.js";

const sourcee = (...textes) => textes.flatMap((texte) => clesCitees(texte ?? "")).some((cle) => cle !== "kit");

function* refusees(parmi, admis, chemin) {
  for (const [place, reponse] of (parmi ?? []).entries()) {
    if (!admis.includes(reponse))
      yield [[...chemin, "parmi", place], `${dire("reponse_refusee", { reponse })} ${remede(admis)}`.trimEnd()];
  }
}

export function* criteres({ donnees, reperes }) {
  for (const [rang, critere] of (donnees.criteres ?? []).entries()) {
    const chemin = ["criteres", rang];
    const admis = Object.hasOwn(reperes.reponses, critere.question ?? "") ? reperes.reponses[critere.question] : null;
    if (admis) yield* refusees(critere.parmi, admis, chemin);
    if (critere.si_non === "non-adapte" && !sourcee(critere.phrase_oui, critere.phrase_non))
      yield [[...chemin, "si_non"], dire("critere_sans_source")];
  }
}

export function* conditions_de_lieu({ donnees, reperes }) {
  for (const [rang, condition] of (donnees.conditions_de_lieu ?? []).entries()) {
    const chemin = ["conditions_de_lieu", rang];
    if (!Object.hasOwn(reperes.faits, condition.fait)) continue;
    const { valeurs, liste } = reperes.faits[condition.fait];
    if (valeurs.length && !condition.parmi?.length)
      yield [[...chemin, "fait"], dire("condition_sans_nombre", { fait: condition.fait })];
    yield* refusees(condition.parmi, valeurs, chemin);
    if (condition.effet !== "ferme") continue;
    if (liste) yield [[...chemin, "effet"], dire("liste_datee")];
    if (!sourcee(condition.phrase_oui, condition.phrase_non)) yield [[...chemin, "effet"], dire("critere_sans_source")];
  }
}
