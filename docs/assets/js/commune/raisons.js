// Les raisons d’un état, choisies parmi les phrases que la page porte.
import ORIENTATION from "../partage/orientation.js";
import { element } from "../socle.js";

/** Ne garde, dans une liste « du lieu », que ce qui dit l’état ; `etat` null : rien n’est su du lieu, tout se tait. */
export function direRaisons(liste, etat) {
  const voulues = new Set(etat?.raisons.map(([rang, lu]) => `${rang}-${lu}`));
  for (const ligne of liste.querySelectorAll("[data-si]")) {
    ligne.hidden = !voulues.has(ligne.dataset.si);
    for (const mot of ligne.querySelectorAll("[data-sinon]")) mot.hidden = true;
  }
  for (const ligne of liste.querySelectorAll("[data-ajout]")) ligne.remove();
  if (etat?.valeur !== "a-verifier") return;
  const { droit_propre, donnee_absente } = ORIENTATION.messages;
  if (!etat.raisons.length) liste.append(element("li", droit_propre, { "data-ajout": "" }));
  else if (etat.raisons.every(([, lu]) => lu === "inconnu"))
    liste.append(element("li", donnee_absente, { "data-ajout": "" }));
}
