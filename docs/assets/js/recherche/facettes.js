// La colonne des filtres : de vraies cases, dans des groupes nommés ; sur téléphone, la même dans un tiroir.
import { element, symbole } from "../socle.js";
import { TYPES, fiches, icone } from "./commun.js";

const VISIBLES = 6;
const PETIT_RESTE = 2; // cacher une ou deux valeurs derrière un bouton ne ferait rien gagner
const PAR_NOMBRE = new Set(["theme", "departement"]); // sans ordre propre : les plus fournies d’abord
const ETROIT = "(max-width: 59.9375em)";

/** Bâtit la colonne. `changer(facette, valeur, presente)` est appelée à chaque case. */
export function batirFacettes(cote, donnees, changer) {
  const cases = new Map(); // "theme habitat" -> { case, compte, ligne }
  const formulaire = element("form", "", { class: "facettes", "aria-label": "Filtrer les fiches" });
  formulaire.addEventListener("submit", (envoi) => envoi.preventDefault());
  for (const facette of donnees.facettes) {
    if (facette.valeurs.length) formulaire.append(groupe(facette, cases, changer));
  }
  const { dire, marquer } = tiroir(cote, formulaire);

  return {
    /** Coche ce que dit l’état. Les cases ne sont jamais refaites : le focus y reste. */
    cocher({ filtres }) {
      let actives = 0;
      for (const [cle, { entree, ligne }] of cases) {
        const [facette, valeur] = cle.split(" ");
        entree.checked = (filtres[facette] ?? []).includes(valeur);
        actives += Number(entree.checked);
        if (entree.checked) ligne.hidden = false;
      }
      marquer(actives);
    },
    /** Les nombres du moteur, ou ceux de la base entière quand rien n’est demandé. */
    compter(comptes, total) {
      for (const { compte, facette, valeur } of cases.values()) {
        const n = comptes ? comptes[facette]?.[valeur.id] ?? 0 : valeur.n;
        compte.textContent = n === undefined ? "" : n.toLocaleString("fr-FR");
        compte.dataset.compteFacette = n ?? "";
        if (n !== undefined) compte.append(element("span", n > 1 ? " fiches" : " fiche", { class: "visuellement-cache" }));
        compte.parentElement.classList.toggle("facettes__valeur--nulle", n === 0);
      }
      dire(total);
    },
  };
}

function groupe(facette, cases, changer) {
  const bloc = element("fieldset", "", { class: "facettes__groupe", "data-facette": facette.id });
  const liste = element("ul");
  const valeurs = PAR_NOMBRE.has(facette.id) ? [...facette.valeurs].sort((a, b) => (b.n ?? 0) - (a.n ?? 0)) : facette.valeurs;
  const lignes = valeurs.map((valeur) => {
    const ligne = element("li");
    const label = element("label", "", { class: "facettes__valeur" });
    const entree = element("input", "", { type: "checkbox", name: facette.id, value: valeur.id, autocomplete: "off" });
    const compte = element("span", "", { class: "facettes__compte" });
    entree.addEventListener("change", () => changer(facette.id, valeur.id, entree.checked));
    label.append(entree);
    if (facette.id === "type" && TYPES.includes(valeur.id)) label.append(symbole(valeur.id));
    label.append(element("span", valeur.libelle, { class: "facettes__libelle" }), " ", compte);
    ligne.append(label);
    cases.set(`${facette.id} ${valeur.id}`, { entree, compte, ligne, facette: facette.id, valeur });
    return ligne;
  });
  liste.append(...lignes);
  bloc.append(element("legend", facette.titre), liste);
  if (lignes.length > VISIBLES + PETIT_RESTE) bloc.append(reste(facette, lignes.slice(VISIBLES)));
  return bloc;
}

/** Le bouton qui montre les valeurs suivantes, et les cache de nouveau sauf celles qui sont cochées. */
function reste(facette, lignes) {
  const bouton = element("button", "", { type: "button", class: "facettes__reste" });
  const montrer = (ouvert) => {
    for (const ligne of lignes) ligne.hidden = !ouvert && !ligne.querySelector("input").checked;
    bouton.setAttribute("aria-expanded", String(ouvert));
    bouton.textContent = ouvert ? `Moins de ${facette.pluriel}` : `Voir ${lignes.length} autres ${facette.pluriel}`;
  };
  bouton.addEventListener("click", () => montrer(bouton.getAttribute("aria-expanded") !== "true"));
  montrer(false);
  return bouton;
}

/** Sur téléphone, les filtres sont derrière un bouton, dans une boîte plein écran ; ailleurs, dans la colonne. */
function tiroir(cote, formulaire) {
  const boite = element("dialog", "", { class: "tiroir", "aria-labelledby": "tiroir-titre" });
  const tete = element("div", "", { class: "tiroir__tete" });
  const fermer = element("button", "", { type: "button", class: "entete__bouton", "aria-label": "Fermer les filtres" });
  const voir = element("button", "Voir les fiches", { type: "button", class: "bouton tiroir__voir" });
  const ouvrir = element("button", "", { type: "button", class: "bouton bouton--second facettes__ouvrir", "aria-haspopup": "dialog" });
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
