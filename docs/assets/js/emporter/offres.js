// Une liste d’offres : ce qu’on peut emporter, à quoi cela sert, et un bouton par forme.
import { element } from "../socle.js";
import { INSECABLE } from "../francais.js";

/**
 * « offres » : [{ nom, intitule, usage, gestes: [[geste, libelle, attributs?]…] }…] ; « agir(nom, geste) » répond à un
 * bouton. Rend la liste.
 */
export function dresserOffres(offres, agir) {
  const liste = element("ul", "", { class: "documents emporter" });
  for (const { nom, intitule, usage, gestes } of offres) {
    const ligne = element("li");
    const mots = element("div");
    mots.append(element("p", intitule, { class: "documents__titre" }), element("p", usage));
    const boutons = element("div", "", { class: "emporter__gestes" });
    for (const [geste, libelle, attributs = {}] of gestes) {
      const bouton = element("button", libelle, {
        type: "button",
        "aria-label": `${intitule}${INSECABLE}: ${libelle}`,
        "data-emporter": `${nom}.${geste}`,
        ...attributs,
      });
      bouton.addEventListener("click", () => agir(nom, geste));
      boutons.append(bouton);
    }
    ligne.append(mots, boutons);
    liste.append(ligne);
  }
  return liste;
}
