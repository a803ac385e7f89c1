// Le champ de l’accueil demande « votre commune ou votre besoin » : quand ce qu’on écrit est un lieu, il le propose, et
// le choisir ouvre sa page. La touche Entrée cherche toujours.
import { element, racine } from "../socle.js";
import { relier } from "./choix.js";
import { propositions } from "./saisie.js";

const CONNU = 2000; // habitants d’un lieu dont le début suffit : « pled » est Plédran
const PART = 0.7;
const OFFERTS = 5;

/** Les lieux qu’on a sans doute en tête : « friche » n’est pas Frichemesnil. */
function probables({ sorte, lieux }, texte) {
  if (sorte === "faute") return lieux.filter(({ ecart }) => ecart <= 1).slice(0, 1);
  if (sorte !== "debut") return lieux;
  const ecrit = texte.replaceAll(/[^\p{L}\p{N}]/gu, "").length;
  return lieux.filter(({ cle, population }) => population >= CONNU || ecrit >= cle.length * PART).slice(0, OFFERTS);
}

export function offrir(formulaire) {
  const champ = formulaire.querySelector('input[name="q"]');
  if (!champ) return;
  const liste = element("ul", "", {
    id: "communes-offertes",
    class: "commune__choix",
    role: "listbox",
    "aria-label": "Ouvrir la page d’une commune",
  });
  liste.hidden = true;
  const zone = element("p", "", { class: "visuellement-cache", role: "status" });
  champ.closest(".chercher__champ").append(liste);
  formulaire.append(zone);
  champ.type = "text"; // un champ « search » n’a pas le droit d’être un « combobox »
  for (const [nom, valeur] of Object.entries({
    enterkeyhint: "search",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": liste.id,
    "aria-autocomplete": "list",
  })) {
    champ.setAttribute(nom, valeur);
  }
  relier(champ, liste, {
    async proposer(texte) {
      const tri = (trouve) => probables(trouve, texte);
      const { options } = await propositions(texte, () => champ.value === texte, tri);
      zone.textContent = options.length ? `${options.length} communes à ouvrir, avec les flèches.` : "";
      return options;
    },
    choisir(code) {
      const adresse = new URL("ma-commune/", racine);
      adresse.searchParams.set("code", code);
      location.assign(adresse);
    },
  });
  if (champ.value) champ.dispatchEvent(new Event("input")); // écrit avant l’arrivée de ce module
}
