// La liste qui se propose sous un champ : motif « combobox » de l’ARIA, le focus reste dans le champ.
import { element } from "../socle.js";

/**
 * Relie un champ et sa liste. `proposer(texte)` rend des options {libelle, precision, valeur} ; `choisir(valeur)` agit.
 */
export function relier(champ, liste, { proposer, choisir, attente = 180 }) {
  let options = [];
  let active = -1;
  let tour = 0;
  let minuterie = 0;

  const fermer = () => {
    tour += 1;
    clearTimeout(minuterie);
    liste.hidden = true;
    liste.replaceChildren();
    options = [];
    marquer(-1);
    champ.setAttribute("aria-expanded", "false");
  };

  function marquer(rang) {
    active = rang;
    for (const [i, noeud] of [...liste.children].entries()) noeud.setAttribute("aria-selected", String(i === rang));
    if (rang < 0) {
      champ.removeAttribute("aria-activedescendant");
      return;
    }
    champ.setAttribute("aria-activedescendant", liste.children[rang].id);
    liste.children[rang].scrollIntoView({ block: "nearest" });
  }

  async function montrer() {
    const mien = ++tour;
    const trouvees = await proposer(champ.value);
    if (mien !== tour) return;
    options = trouvees;
    liste.replaceChildren(
      ...options.map(({ libelle, precision }, i) => {
        const noeud = element("li", libelle, { role: "option", id: `${liste.id}-${i}`, "aria-selected": "false" });
        noeud.append(" ", element("span", precision, { class: "commune__precision" }));
        return noeud;
      }),
    );
    liste.hidden = !options.length;
    champ.setAttribute("aria-expanded", String(options.length > 0));
    marquer(-1);
  }

  function prendre(rang) {
    const { valeur } = options[rang];
    fermer();
    choisir(valeur);
  }

  champ.addEventListener("input", () => {
    clearTimeout(minuterie);
    tour += 1;
    minuterie = setTimeout(montrer, attente);
  });
  champ.addEventListener("keydown", (touche) => {
    if (touche.isComposing) return;
    if (touche.key === "Escape" && !liste.hidden) {
      touche.preventDefault();
      fermer();
    } else if ((touche.key === "ArrowDown" || touche.key === "ArrowUp") && options.length) {
      touche.preventDefault();
      const pas = touche.key === "ArrowDown" ? 1 : -1;
      marquer(active < 0 && pas < 0 ? options.length - 1 : (active + pas + options.length) % options.length);
    } else if (touche.key === "Enter" && active >= 0) {
      touche.preventDefault();
      prendre(active);
    }
  });
  // « mousedown » garde le focus dans le champ, « click » choisit.
  liste.addEventListener("mousedown", (geste) => geste.preventDefault());
  liste.addEventListener("click", (geste) => {
    const rang = [...liste.children].indexOf(geste.target.closest("[role=option]"));
    if (rang >= 0) prendre(rang);
  });
  champ.addEventListener("blur", fermer);
  // Ce qui s’est écrit avant que ce module n’arrive.
  if (document.activeElement === champ && champ.value) montrer();
  return { fermer };
}
