// Listes à cocher : l’état est gardé dans le navigateur, par fiche (« de » mène à la sienne, d’une de ses
// parties). On retient le texte de chaque ligne cochée, et non son rang, pour qu’une liste remaniée ne coche pas autre
// chose.
import { ecrire, lire } from "./socle.js";

for (const liste of document.querySelectorAll("[data-coches]")) {
  const cle = `coches:${new URL(liste.dataset.de ?? "", location).pathname}:${liste.dataset.coches}`;
  const cases = [...liste.querySelectorAll('input[type="checkbox"]')];
  const nom = (boite) => boite.closest("label").textContent.replace(/\s+/g, " ").trim();
  const lues = lire(cle);
  const cochees = new Set(Array.isArray(lues) ? lues : []);
  for (const boite of cases) boite.checked = cochees.has(nom(boite));
  liste.addEventListener("change", () => ecrire(cle, cases.filter((boite) => boite.checked).map(nom)));
}
