// Petits morceaux de page que partagent les vues du composeur. Rien n’y est écrit autrement qu’en texte.
import { element } from "../socle.js";

let numero = 0;

/** Un champ et son étiquette : [bloc, champ]. `cle` le fait reconnaître par page.js (data-champ). */
export function champ(etiquette, cle, attributs = {}, nom = "input") {
  const id = `composer-champ-${++numero}`;
  const bloc = element("div", "", { class: "composer__champ" });
  const saisie = element(nom, "", {
    id,
    "data-champ": cle,
    ...(nom === "input" ? { type: "text", autocomplete: "off" } : {}),
    ...attributs,
  });
  bloc.append(element("label", etiquette, { for: id }), saisie);
  return [bloc, saisie];
}

/** Une case et son étiquette : [étiquette, case]. */
export function coche(texte, attributs) {
  const etiquette = element("label", "", { class: "composer__case" });
  const boite = element("input", "", { type: "checkbox", ...attributs });
  etiquette.append(boite, ` ${texte}`);
  return [etiquette, boite];
}

/** Une liste de choix ; options : [[valeur, libellé]…]. */
export const options = (paires) => paires.map(([valeur, libelle]) => element("option", libelle, { value: valeur }));

export const bouton = (texte, geste, attributs = {}) =>
  element("button", texte, { type: "button", "data-geste": geste, ...attributs });

/** Écrit une valeur sans déranger celui qui est en train de l’écrire. */
export function poser(saisie, valeur, force = false) {
  const voulue = valeur === null || valeur === undefined ? "" : String(valeur);
  if (saisie.value !== voulue && (force || saisie !== document.activeElement)) saisie.value = voulue;
}

/** Range les enfants dans cet ordre sans toucher à ceux qui y sont déjà, et rend le focus à qui l’avait. */
export function ranger(parent, voulus) {
  const actif = document.activeElement;
  for (const enfant of parent.querySelectorAll(":scope > *")) if (!voulus.includes(enfant)) enfant.remove();
  voulus.forEach((noeud, rang) => {
    if (parent.children[rang] !== noeud) parent.insertBefore(noeud, parent.children[rang] ?? null);
  });
  if (actif !== document.activeElement && actif?.isConnected) actif.focus({ preventScroll: true });
}

/**
 * Refait les enfants d’un nœud quand ce qu’ils disent a changé, et seulement alors : un bouton refait entre l’appui et
 * le relâchement de la souris perdrait son clic.
 */
export function refaire(parent, valeur, dessiner) {
  const cle = JSON.stringify(valeur);
  if (parent.dit === cle) return;
  parent.dit = cle;
  parent.replaceChildren(...dessiner());
}
