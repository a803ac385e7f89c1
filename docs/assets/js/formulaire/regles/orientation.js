// Portage de macros/regles/orientation.py.
import { dire } from "../../partage/fiche.js";
import { clesCitees } from "./citations.js";
import { remede } from "./forme.js";

export function* criteres({ donnees, reperes }) {
  if (donnees.type !== "dispositif") return;
  for (const [rang, critere] of (donnees.criteres ?? []).entries()) {
    const chemin = ["criteres", rang];
    const admis = Object.hasOwn(reperes.reponses, critere.question ?? "") ? reperes.reponses[critere.question] : null;
    for (const [place, reponse] of (admis ? (critere.parmi ?? []) : []).entries()) {
      if (!admis.includes(reponse))
        yield [[...chemin, "parmi", place], `${dire("reponse_refusee", { reponse })} ${remede(admis)}`];
    }
    const cles = [critere.phrase_oui, critere.phrase_non].flatMap((texte) => clesCitees(texte ?? ""));
    if (critere.si_non === "non-adapte" && !cles.some((cle) => cle !== "kit"))
      yield [[...chemin, "si_non"], dire("critere_sans_source")];
  }
}
