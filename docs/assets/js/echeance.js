// Ce que le temps change sans reconstruire le site. Une validité dont la fin est passée se dit « à confirmer » ; un
// délai de vérification dépassé aussi ; l’en-tête imprimé porte l’adresse et le jour. La date est celle de l’appareil.
//   data-fin (caché)      : se montre quand cette date est passée ;
//   data-jusqu-a          : se cache quand cette date est passée ;
//   data-echeance         : à partir de cette date, son [data-apres] prend la place de son [data-avant].
import { aujourdHui, estPassee } from "./socle.js";

/** Applique la date du jour à une partie de la page. */
export function dater(partie = document) {
  for (const noeud of partie.querySelectorAll("[data-fin][hidden]")) {
    if (estPassee(noeud.dataset.fin)) noeud.hidden = false;
  }
  for (const noeud of partie.querySelectorAll("[data-jusqu-a]")) {
    if (estPassee(noeud.dataset.jusquA)) noeud.hidden = true;
  }
  for (const noeud of partie.querySelectorAll("[data-echeance]")) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(noeud.dataset.echeance) || noeud.dataset.echeance > aujourdHui()) continue;
    for (const avant of noeud.querySelectorAll("[data-avant]")) avant.hidden = true;
    for (const apres of noeud.querySelectorAll("[data-apres]")) apres.hidden = false;
  }
}

dater();

// ---- Impression : l’adresse et la date du jour en tête de la feuille ; boutons « Imprimer ».
const jour = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long" });

function daterLImpression() {
  for (const entete of document.querySelectorAll("[data-entete-imprime]")) {
    const adresse = new URL(location.href);
    adresse.hash = "";
    entete.querySelector("[data-adresse-imprimee]").textContent = adresse.href.replace(/^https?:\/\//, "");
    entete.querySelector("[data-date-imprimee]").textContent = `imprimé le ${jour.format(new Date())}`;
  }
}

daterLImpression();
addEventListener("beforeprint", daterLImpression);
for (const bouton of document.querySelectorAll("[data-imprimer]")) {
  bouton.addEventListener("click", () => print());
}
