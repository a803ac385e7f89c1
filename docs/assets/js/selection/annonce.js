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
