// Un message court, lu par les lecteurs d’écran. La zone est là avant son premier message : créée avec lui, elle ne
// serait pas toujours lue.
import { element } from "../socle.js";

const region = document.body.appendChild(element("p", "", { role: "status", class: "annonce" }));
let effacement;

export function annoncer(texte) {
  region.textContent = texte;
  clearTimeout(effacement);
  effacement = setTimeout(() => region.replaceChildren(), 8000);
}

// Le message ne cache jamais ce qui a le focus : il s’efface, ayant été lu. La page défile parfois après l’événement.
function degager({ target }) {
  const zone = region.getBoundingClientRect();
  const cible = target.getBoundingClientRect();
  const dessous =
    cible.left < zone.right && cible.right > zone.left && cible.top < zone.bottom && cible.bottom > zone.top;
  if (dessous) region.replaceChildren();
}
document.addEventListener("focusin", (evenement) => {
  if (!region.textContent) return;
  degager(evenement);
  requestAnimationFrame(() => degager(evenement));
});
