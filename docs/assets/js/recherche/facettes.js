// La colonne des filtres : de vraies cases, dans des groupes nommés ; sur téléphone, la même dans un tiroir.
import { element, symbole } from "../socle.js";
import { TYPES, fiches, icone } from "./commun.js";

const VISIBLES = 6;
const PETIT_RESTE = 2; // cacher une ou deux valeurs derrière un bouton ne ferait rien gagner
const PAR_NOMBRE = new Set(["theme", "departement"]); // sans ordre propre : les plus fournies d’abord
const PARTOUT = "national";
const ETROIT = "(max-width: 59.9375em)";

/** Bâtit la colonne. `changer(facette, valeur, presente)` est appelée à chaque case. */
export function batirFacettes(cote, donnees, changer) {
  const cases = new Map(); // "theme habitat" -> { case, compte, ligne }
  const montrees = [];
  const formulaire = element("form", "", { class: "facettes", "aria-label": "Filtrer les fiches" });
  formulaire.addEventListener("submit", (envoi) => envoi.preventDefault());
  for (const facette of donnees.facettes) {
    if (facette.valeurs.length) formulaire.append(groupe(facette, cases, montrees, changer));
  }
  const { dire, marquer } = tiroir(cote, formulaire);

  return {
    /** Coche ce que dit l’état. Les cases ne sont jamais refaites : le focus y reste. */
    cocher({ filtres }) {
      let actives = 0;
      for (const { entree, facette, valeur } of cases.values()) {
        entree.checked = (filtres[facette] ?? []).includes(valeur.id);
        actives += Number(entree.checked);
      }
      for (const montrer of montrees) montrer();
      marquer(actives);
    },
    /** Les nombres du moteur, ou ceux de la base entière quand rien n’est demandé. */
    compter(comptes, total) {
      for (const { compte, facette, valeur, ligne } of cases.values()) {
        const n = comptes ? (comptes[facette]?.[valeur.id] ?? 0) : valeur.n;
        compte.textContent = n === undefined ? "" : n.toLocaleString("fr-FR");
        ligne.dataset.nombre = n ?? "";
        if (n !== undefined)
          compte.append(element("span", n > 1 ? " fiches" : " fiche", { class: "visuellement-cache" }));
      }
      for (const montrer of montrees) montrer();
      dire(total);
    },
  };
}

function groupe(facette, cases, montrees, changer) {
  const bloc = element("fieldset", "", { class: "facettes__groupe", "data-facette": facette.id });
  const liste = element("ul", "", { class: "facettes__liste" });
  const valeurs = PAR_NOMBRE.has(facette.id)
    ? [...facette.valeurs].sort((a, b) => (b.id === PARTOUT) - (a.id === PARTOUT) || b.n - a.n)
    : facette.valeurs;
  const lignes = valeurs.map((valeur) => {
    const ligne = element("li");
    const label = element("label", "", { class: "facettes__valeur" });
    const entree = element("input", "", { type: "checkbox", name: facette.id, value: valeur.id });
    const compte = element("span", "", { class: "facettes__compte" });
    entree.addEventListener("change", () => changer(facette.id, valeur.id, entree.checked));
    label.append(entree);
    if (facette.id === "type" && TYPES.includes(valeur.id)) label.append(symbole(valeur.id));
    label.append(element("span", valeur.libelle, { class: "facettes__libelle" }), " ", compte);
    ligne.append(label);
    cases.set(`${facette.id} ${valeur.id}`, { entree, compte, ligne, facette: facette.id, valeur });
    return ligne;
  });
  const bouton = element("button", "", { type: "button", class: "facettes__reste", "aria-expanded": "false" });
  liste.append(...lignes);
  bloc.append(element("legend", facette.titre));
  if (facette.precision) bloc.append(element("p", facette.precision, { class: "facettes__precision" }));
  bloc.append(liste, bouton);
  montrees.push(abreger(facette, bloc, lignes, bouton));
  return bloc;
}

/**
 * Ce qui ne donnerait rien est caché, et le bout d’une longue liste est derrière un bouton. Restent toujours : ce qui
 * est coché, ce qui a le focus, et les six types, dont l’absence est elle-même une réponse.
 */
function abreger(facette, bloc, lignes, bouton) {
  const montrer = () => {
    const ouvert = bouton.getAttribute("aria-expanded") === "true";
    const tenue = (ligne) => ligne.querySelector("input").checked || ligne.contains(document.activeElement);
    const utiles = lignes.filter((ligne) => facette.id === "type" || ligne.dataset.nombre !== "0" || tenue(ligne));
    const abrege = utiles.length > VISIBLES + PETIT_RESTE;
    const visibles = new Set(utiles.filter((ligne, rang) => ouvert || !abrege || rang < VISIBLES || tenue(ligne)));
    for (const ligne of lignes) ligne.hidden = !visibles.has(ligne);
    bloc.hidden = visibles.size === 0;
    bouton.hidden = !abrege;
    bouton.textContent = ouvert
      ? `Moins de ${facette.pluriel}`
      : `Voir ${utiles.length - visibles.size} autres ${facette.pluriel}`;
  };
  bouton.addEventListener("click", () => {
    bouton.setAttribute("aria-expanded", String(bouton.getAttribute("aria-expanded") !== "true"));
    montrer();
  });
  return montrer;
}

/** Sur téléphone, les filtres sont derrière un bouton, dans une boîte plein écran ; ailleurs, dans la colonne. */
function tiroir(cote, formulaire) {
  const boite = element("dialog", "", { class: "tiroir", "aria-labelledby": "tiroir-titre" });
  const tete = element("div", "", { class: "tiroir__tete" });
  const fermer = element("button", "", { type: "button", class: "entete__bouton", "aria-label": "Fermer les filtres" });
  const voir = element("button", "Voir les fiches", { type: "button", class: "bouton tiroir__voir" });
  const ouvrir = element("button", "", {
    type: "button",
    class: "bouton bouton--second facettes__ouvrir",
    "aria-haspopup": "dialog",
  });
  const etroit = matchMedia(ETROIT);
  fermer.append(icone("croix"));
  tete.append(element("h2", "Filtrer", { id: "tiroir-titre" }), fermer);
  boite.append(tete, voir);
  cote.append(ouvrir, formulaire, boite);

  ouvrir.addEventListener("click", () => {
    tete.after(formulaire);
    boite.showModal();
  });
  boite.addEventListener("close", () => ouvrir.after(formulaire));
  for (const bouton of [fermer, voir]) bouton.addEventListener("click", () => boite.close());
  etroit.addEventListener("change", () => {
    if (!etroit.matches && boite.open) boite.close();
  });
  return {
    dire: (total) => {
      voir.textContent = total ? `Voir ${total > 1 ? "les " : ""}${fiches(total)}` : "Aucune fiche : revenir";
    },
    marquer: (actives) => {
      ouvrir.textContent = actives ? `Filtrer (${actives} actif${actives > 1 ? "s" : ""})` : "Filtrer";
    },
  };
}
