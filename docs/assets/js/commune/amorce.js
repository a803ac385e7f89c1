// Demande ce qu’il faut à la page « Ma commune » et au champ de l’accueil ; rien sur les autres pages.
if (document.querySelector("[data-commune]")) import("./page.js");
const accueil = document.querySelector(".accueil .chercher, .trouver .chercher");
if (accueil) import("./offre.js").then((module) => module.offrir(accueil));
