// « Ma sélection » : une liste de fiches gardée dans le navigateur, sans compte.
import { ecrire, element, lire, racine, symbole } from "./socle.js";

const CLE = "selection";
const TYPES = {
  dispositif: "Dispositif", partenaire: "Partenaire", action: "Action", site: "Site", methode: "Méthode", kit: "Kit",
};
const MAX = 200;

/** L’adresse d’une fiche de ce site, ou null : une mémoire modifiée ne doit mener nulle part ailleurs. */
function adresse(url) {
  if (typeof url !== "string" || url.length > 300) return null;
  try {
    const cible = new URL(url, racine);
    return cible.origin === racine.origin && cible.pathname.startsWith(racine.pathname) ? cible : null;
  } catch {
    return null;
  }
}

export function selection() {
  const lue = lire(CLE);
  if (!Array.isArray(lue)) return [];
  const vues = new Set();
  return lue.filter((fiche) => {
    const bonne = fiche && Object.hasOwn(TYPES, fiche.type) && typeof fiche.titre === "string"
      && fiche.titre.length <= 300 && adresse(fiche.url) && !vues.has(fiche.url);
    if (bonne) vues.add(fiche.url);
    return bonne;
  }).slice(0, MAX);
}

function enregistrer(liste) {
  const gardee = ecrire(CLE, liste);
  afficher(liste);
  return gardee;
}

function afficher(liste = selection()) {
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
      ? bouton.dataset.motRetirer ?? "Dans ma sélection"
      : bouton.dataset.motAjouter ?? "Ajouter à ma sélection";
  }
}

function basculer(bouton) {
  const { type, titre, url } = bouton.dataset;
  const liste = selection();
  const sans = liste.filter((fiche) => fiche.url !== url);
  const gardee = enregistrer(sans.length < liste.length ? sans : [...liste, { type, titre, url }]);
  if (!gardee) {
    afficher(liste);
    annoncer("Votre navigateur refuse de garder la sélection.");
  }
}

// La zone est là avant son premier message : créée avec lui, un lecteur d’écran ne le dirait pas toujours.
const region = document.body.appendChild(element("p", "", { role: "status", class: "annonce" }));
let effacement;
function annoncer(texte) {
  region.textContent = texte;
  clearTimeout(effacement);
  effacement = setTimeout(() => region.replaceChildren(), 8000);
}

/** La page « Ma sélection ». */
function dresser(page) {
  const liste = selection();
  const vide = liste.length === 0;
  page.replaceChildren();
  if (vide) {
    page.append(element("p", "Votre sélection est vide. Sur une fiche, « Ajouter à ma sélection » l’ajoute ici."));
    return;
  }
  const ul = element("ul", "", { class: "selection" });
  for (const fiche of liste) {
    const li = element("li");
    const lien = element("a", fiche.titre, { href: adresse(fiche.url).href });
    const retirer = element("button", "Retirer", { type: "button", "aria-label": `Retirer ${fiche.titre}` });
    retirer.addEventListener("click", () => {
      enregistrer(selection().filter((autre) => autre.url !== fiche.url));
      dresser(page);
      annoncer(`${fiche.titre} : retirée de la sélection.`);
      (page.querySelector("button") ?? page).focus();
    });
    li.append(symbole(fiche.type), element("span", TYPES[fiche.type], { class: "selection__type" }), lien, retirer);
    ul.append(li);
  }
  const copier = element("button", "Copier la liste", { type: "button", class: "bouton" });
  copier.addEventListener("click", async () => {
    const texte = selection().map((f) => `${TYPES[f.type]} : ${f.titre}\n${adresse(f.url).href}`).join("\n\n");
    try {
      await navigator.clipboard.writeText(texte);
      annoncer("Liste copiée.");
    } catch {
      montrer(page, texte);
    }
  });
  const actions = element("p", "", { class: "selection__actions" });
  actions.append(copier);
  page.append(ul, actions);
}

/** Presse-papiers refusé : la liste est donnée dans un champ, prête à copier à la main. */
function montrer(page, texte) {
  page.querySelector("textarea")?.remove();
  const champ = element("textarea", "", { rows: "8", readonly: "", "aria-label": "Liste à copier", class: "selection__copie" });
  champ.value = texte;
  page.append(champ);
  champ.focus();
  champ.select();
  annoncer("La copie automatique est refusée ici : la liste est dans le champ, sélectionnée.");
}

for (const bouton of document.querySelectorAll("[data-selection]")) {
  bouton.addEventListener("click", () => basculer(bouton));
}
const page = document.querySelector("[data-page-selection]");
if (page) {
  page.tabIndex = -1;
  dresser(page);
}
addEventListener("storage", () => {
  afficher();
  if (page) dresser(page);
});
afficher();
