// Le choix d’une méthode : recherche et filtres, sur ce que disent les fiches.
import { element, racine, symbole } from "../socle.js";
import { normaliser, plier } from "../recherche/normalisation.js";
import COMMUN from "../partage/commun.js";
import { options } from "./formes.js";
import { accorder, bornesDeDuree, bornesDePersonnes } from "../francais.js";

const plierTexte = (texte) => plier(normaliser(texte));

/** Les méthodes qui répondent à ces filtres ; une méthode dont on ignore la durée ou la taille n’est jamais écartée. */
export function filtrer(methodes, { texte = "", phase = "", duree = null, taille = null }) {
  const mots = plierTexte(texte).split(" ").filter(Boolean);
  return methodes.filter((m) => {
    const dit = plierTexte(`${m.titre} ${m.objectif} ${m.mots}`);
    return (
      mots.every((mot) => dit.includes(mot)) &&
      (!phase || m.phases.includes(phase)) &&
      (!duree || !m.duree || m.duree[0] <= duree) &&
      (!taille ||
        !m.participants ||
        (m.participants[0] <= taille && (m.participants[1] === null || taille <= m.participants[1])))
    );
  });
}

export class ChoixDeMethode {
  constructor(dialogue, donnees, choisir) {
    this.dialogue = dialogue;
    this.methodes = donnees.methodes;
    const trouver = (id) => dialogue.querySelector(`#methodes-${id}`);
    [this.texte, this.phase, this.duree, this.taille] = ["texte", "phase", "duree", "taille"].map(trouver);
    this.phase.append(...options(donnees.phases.map(({ id, libelle }) => [id, libelle])));
    this.liste = dialogue.querySelector("[data-liste-methodes]");
    this.compte = dialogue.querySelector("[data-compte-methodes]");
    for (const filtre of [this.texte, this.phase, this.duree, this.taille])
      filtre.addEventListener("input", () => this.montrer());
    this.liste.addEventListener("click", ({ target }) => {
      const id = target.closest("[data-methode]")?.dataset.methode;
      if (!id || target.closest("a")) return;
      dialogue.close();
      choisir(
        this.methodes.find((m) => m.id === id),
        this.jour,
      );
    });
  }

  ouvrir(jour, taille) {
    this.jour = jour;
    this.texte.value = "";
    this.taille.placeholder = taille ? `par exemple${"\u00A0"}: ${Math.round(taille)}` : "";
    this.montrer();
    this.dialogue.showModal();
    this.texte.focus();
  }

  montrer() {
    const trouvees = filtrer(this.methodes, {
      texte: this.texte.value,
      phase: this.phase.value,
      duree: Number(this.duree.value) || null,
      taille: this.taille.valueAsNumber || null,
    });
    this.compte.textContent = trouvees.length
      ? `${accorder(trouvees.length, "méthode")}.`
      : "Aucune méthode ne répond. Retirez un filtre, ou ajoutez une séquence libre.";
    this.liste.replaceChildren(...trouvees.map(ligne));
  }
}

function ligne(methode) {
  const li = element("li");
  const texte = element("div");
  const titre = element("p", "", { class: "composer__methode-titre" });
  titre.append(
    element("a", methode.titre, { href: new URL(methode.url, racine).href, target: "_blank", rel: "noopener" }),
  );
  const faits = [
    COMMUN.couloirs[methode.modalite].toLowerCase(),
    methode.duree && bornesDeDuree(methode.duree),
    methode.participants && bornesDePersonnes(methode.participants),
  ];
  texte.append(
    titre,
    element("p", methode.objectif),
    element("p", faits.filter(Boolean).join(" · "), { class: "precision" }),
  );
  li.append(
    symbole("methode"),
    texte,
    element("button", "Ajouter", {
      type: "button",
      class: "bouton bouton--second",
      "data-methode": methode.id,
      "aria-label": `Ajouter «\u00A0${methode.titre}\u00A0»`,
    }),
  );
  return li;
}
