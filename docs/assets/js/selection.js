// « Ma sélection » : le bouton des fiches et le compteur, chargés par site.js dès qu’ils servent. Sa page charge le
// reste.
import { annoncer } from "./selection/annonce.js";
import { garder, selection } from "./selection/liste.js";

/** Fiches retirées sur cette page : les remettre rend leur note. */
const retirees = new Map();

export function afficher(liste = selection()) {
  for (const compteur of document.querySelectorAll("[data-compteur-selection]")) {
    compteur.hidden = liste.length === 0;
    compteur.textContent = String(liste.length);
    compteur.setAttribute("aria-label", liste.length > 1 ? `${liste.length} fiches` : `${liste.length} fiche`);
    compteur.setAttribute("role", "img");
  }
  for (const bouton of document.querySelectorAll("[data-selection]")) {
    const dedans = liste.some((fiche) => fiche.url === bouton.dataset.url);
    bouton.setAttribute("aria-pressed", String(dedans));
    bouton.querySelector("[data-mot]").textContent = dedans
      ? (bouton.dataset.motRetirer ?? "Dans ma sélection")
      : (bouton.dataset.motAjouter ?? "Ajouter à ma sélection");
  }
}

/** Met la fiche du bouton dans la sélection, ou l’en retire. */
export function basculer(bouton) {
  const { type, titre, url } = bouton.dataset;
  const liste = selection();
  const presente = liste.find((fiche) => fiche.url === url);
  if (presente) retirees.set(url, presente);
  const suite = presente
    ? liste.filter((fiche) => fiche !== presente)
    : [...liste, { ...retirees.get(url), type, titre, url }];
  const gardee = garder(suite);
  afficher(gardee ? suite : liste);
  if (!gardee) annoncer("Votre navigateur refuse de garder la sélection.");
}

addEventListener("storage", () => afficher());
afficher();
