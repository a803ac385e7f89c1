// En tête de la page imprimée : l’adresse et la date du jour. Boutons « Imprimer ».
const jour = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long" });

function dater() {
  for (const entete of document.querySelectorAll("[data-entete-imprime]")) {
    const adresse = new URL(location.href);
    adresse.hash = "";
    entete.querySelector("[data-adresse-imprimee]").textContent = adresse.href.replace(/^https?:\/\//, "");
    entete.querySelector("[data-date-imprimee]").textContent = `imprimé le ${jour.format(new Date())}`;
  }
}

dater();
addEventListener("beforeprint", dater);
for (const bouton of document.querySelectorAll("[data-imprimer]")) {
  bouton.addEventListener("click", () => print());
}
