// Les appuis en vigueur, rangés par ce que le lieu est pour eux : il en est, c’est ouvert, à vérifier, fermé.
import { etatDuLieu, faitsDuLieu } from "./conditions.js";
import { donnees, page } from "./donnees.js";
import { garder } from "./lignes.js";
import { direRaisons } from "./raisons.js";

const partie = page.querySelector("[data-appuis]");
const lignes = [...partie.querySelectorAll("[data-appui]")].map((noeud) => ({ noeud, chez: noeud.parentElement }));

export function peindre(lieu) {
  const faits = faitsDuLieu(lieu);
  for (const { noeud, chez } of lignes) {
    const etat = etatDuLieu(donnees.conditions[noeud.dataset.appui], faits);
    const place = partie.querySelector(`[data-etat="${etat.valeur}"] [data-place]`) ?? chez;
    place.append(noeud);
    noeud.dataset.verdict = etat.valeur;
    direRaisons(noeud.querySelector("[data-du-lieu]"), etat);
    const [pourQui, dite] = ["[data-pour-qui]", "[data-du-lieu] li:not([hidden])"].map((s) => noeud.querySelector(s));
    if (pourQui) pourQui.hidden = Boolean(dite); // une raison propre au lieu dit mieux pour qui
    const interlocuteur = noeud.querySelector("[data-interlocuteur]");
    if (interlocuteur) interlocuteur.hidden = etat.valeur !== "membre";
  }
  garder(partie, lieu);
  for (const bloc of partie.querySelectorAll("[data-etat]")) {
    const nombre = bloc.querySelectorAll("[data-appui]:not([hidden])").length;
    bloc.hidden = !nombre;
    const compte = bloc.querySelector("[data-nombre]");
    if (compte) compte.textContent = `(${nombre})`;
  }
  partie.querySelector("[data-orienter]").search = `?code=${encodeURIComponent(lieu.code)}`;
}
