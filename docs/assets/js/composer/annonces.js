// Ce que la page dit : un avis visible, qui reste, et les nouvelles pour qui ne voit pas l’écran.
import { element } from "../socle.js";
import { icone } from "../recherche/commun.js";
import { typo } from "../francais.js";

const note = document.querySelector("[data-composer] [data-note]");
const annonce = document.querySelector("[data-composer] [data-annonce]");

/** Un avis en tête de page, ou rien ; `suite` est un élément posé après lui. */
export function avertir(mots, suite = null) {
  note.hidden = !mots;
  const texte = element("p", typo(mots));
  if (suite) texte.append(" ", suite);
  note.replaceChildren(...(mots ? [icone("alerte"), texte] : []));
}

export function dire(mots) {
  annonce.textContent = typo(mots);
}

/** La fonction, une seule fois, quand les demandes se sont calmées. */
export function differer(attente, fonction) {
  let minuterie;
  const lancer = (...valeurs) => {
    clearTimeout(minuterie);
    minuterie = setTimeout(fonction, attente, ...valeurs);
  };
  lancer.oublier = () => clearTimeout(minuterie);
  return lancer;
}

export const direBientot = differer(700, dire);
