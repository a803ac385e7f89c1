// Ce que la page « Ma commune » porte pour ses modules, et la façon d’écrire ses nombres et ses noms.
export const donnees = JSON.parse(document.getElementById("donnees-commune").textContent);
export const page = document.querySelector("[data-commune]");

export const nombre = new Intl.NumberFormat("fr-FR");
export const apostrophe = (nom) => nom.replaceAll("'", "’");
export const nomDuDepartement = (code) =>
  Object.hasOwn(donnees.departements, code) ? apostrophe(donnees.departements[code][0]) : "Collectivité d’outre-mer";
