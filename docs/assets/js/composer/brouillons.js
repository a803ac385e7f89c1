// La fenêtre « Mes brouillons » : ce que ce navigateur garde, à ouvrir ou à supprimer.
import { element } from "../socle.js";
import { brouillons, oublier } from "./memoire.js";
import { accorder } from "../francais.js";

const MOMENT = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" });

export class Brouillons {
  constructor(dialogue, { ouvrir, supprime, dire }) {
    this.dialogue = dialogue;
    this.liste = dialogue.querySelector("[data-liste-brouillons]");
    this.liste.addEventListener("click", ({ target }) => {
      const geste = target.closest("[data-brouillon]");
      if (!geste) return;
      const { brouillon: id } = geste.dataset;
      if ("supprimer" in geste.dataset) {
        if (!confirmer(geste)) return;
        oublier(id);
        supprime(id);
        dire("Brouillon supprimé.");
        this.montrer();
        (this.liste.querySelector("button") ?? dialogue.querySelector("button")).focus();
        return;
      }
      const trouve = brouillons().find((b) => b.id === id);
      dialogue.close();
      if (trouve) ouvrir(trouve);
    });
  }

  ouvrirFenetre() {
    this.montrer();
    this.dialogue.showModal();
  }

  montrer() {
    const gardes = brouillons();
    this.liste.replaceChildren(
      ...(gardes.length ? gardes.map(ligne) : [element("li", "Aucun brouillon dans ce navigateur.")]),
    );
  }
}

/** Une suppression se demande deux fois. */
function confirmer(bouton) {
  if (bouton.dataset.supprimer === "sur") return true;
  bouton.dataset.supprimer = "sur";
  bouton.textContent = "Supprimer pour de bon";
  return false;
}

function ligne({ id, nom, le, composition }) {
  const titre = nom || "Sans titre";
  const li = element("li");
  const texte = element("div");
  const combien = composition.jours.reduce((n, jour) => n + jour.sequences.length, 0);
  texte.append(
    element("strong", titre),
    element(
      "p",
      `${MOMENT.format(new Date(le))} · ${accorder(composition.jours.length, "jour")}, ` +
        `${accorder(combien, "séquence")}`,
      { class: "precision" },
    ),
  );
  const geste = (mot, attributs) =>
    element("button", mot, {
      type: "button",
      class: "bouton bouton--second",
      "data-brouillon": id,
      "aria-label": `${mot} «\u00A0${titre}\u00A0»`,
      ...attributs,
    });
  li.append(
    texte,
    geste("Ouvrir", {}),
    geste("Supprimer", { "data-supprimer": "", "aria-label": `Supprimer «\u00A0${titre}\u00A0», en deux fois` }),
  );
  return li;
}
