// Le bandeau de l’en-tête : la date de la copie qu’on lit, une nouvelle version. Le dernier message remplace l’autre.
import { element } from "../socle.js";

let bandeau;
let texte;
let gestes;

function dresser() {
  bandeau = element("div", "", { class: "avis-copie", hidden: "" });
  texte = element("p", "", { role: "status" });
  gestes = element("p", "", { class: "avis-copie__gestes" });
  bandeau.append(texte, gestes);
  document.querySelector(".entete")?.append(bandeau);
}

/** Montre un message et ses gestes : [mot, fonction ou adresse]. Rien ne se recharge de soi-même. */
export function montrer(message, ...choix) {
  if (!bandeau) dresser();
  bandeau.hidden = false;
  // La zone est à l’écran avant son texte : les lecteurs d’écran l’annoncent.
  requestAnimationFrame(() => {
    texte.textContent = message;
  });
  gestes.replaceChildren(
    ...choix.map(([mot, suite]) => {
      if (typeof suite === "string") return element("a", mot, { href: suite });
      const bouton = element("button", mot, { type: "button" });
      bouton.addEventListener("click", suite);
      return bouton;
    }),
  );
}

export function fermer() {
  if (!bandeau) return;
  const dedans = bandeau.contains(document.activeElement);
  bandeau.hidden = true;
  texte.textContent = "";
  if (dedans) document.getElementById("contenu")?.focus();
}
