// Qui appeler d’abord, et les partenaires propres à ce territoire.
import { page } from "./donnees.js";
import { garder } from "./lignes.js";

const partie = page.querySelector("[data-contacts]");
const premiers = partie.querySelector("[data-premiers]");

export function peindre(lieu) {
  garder(partie, lieu);
  choisirPremier();
  partie.querySelector("[data-aucun-local]").hidden = partie.querySelector("[data-locaux] > :not([hidden])") !== null;
}

/** Une variante locale remplace la fiche nationale qu’elle décline. */
function choisirPremier() {
  for (const variante of premiers.querySelectorAll("[data-decline]:not([hidden])")) {
    const nationale = premiers.querySelector(`[data-id="${CSS.escape(variante.dataset.decline)}"]`);
    if (nationale) nationale.hidden = true;
  }
}
