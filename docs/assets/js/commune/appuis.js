// Les appuis ouverts à ce lieu, et le lien vers les sept questions.
import { donnees, page } from "./donnees.js";
import { garder } from "./lignes.js";

const partie = page.querySelector("[data-appuis]");

export function peindre(lieu) {
  garder(partie, lieu);
  orienter(lieu);
}

/** Le lien vers les sept questions emporte ce qu’on sait déjà : la tranche de population d’une commune. */
function orienter(lieu) {
  const lien = partie.querySelector("[data-orienter]");
  const tranche = donnees.populations.findLast(
    ([plancher]) => !lieu.estEpci && lieu.population !== null && plancher <= lieu.population,
  );
  lien.search = tranche ? `?population=${encodeURIComponent(tranche[1])}` : "";
}
