// Ce qu’ont en commun les barres « Repartir avec » du composeur et de la sélection : enregistrer un document, donner un
// texte à copier, imprimer, et dire ce qui s’est passé.
import { copier, montrerTexte, telecharger } from "../gestes.js";
import { element } from "../socle.js";
import { docx } from "./docx.js";
import { modeles } from "./modeles.js";
import { odt } from "./odt.js";
import { mettreSousPresse } from "./papier.js";

const ECRIRE = { odt, docx };

export class Barre {
  /** `aImprimer()` : le feuillet que donne « Ctrl + P », ou null pour la page telle quelle. */
  constructor(aImprimer) {
    this.message = element("p", "", { role: "status", class: "emporter__message" });
    addEventListener("beforeprint", () => mettreSousPresse(aImprimer()));
    addEventListener("afterprint", () => mettreSousPresse(null));
    modeles().catch(() => {}); // prêt d’avance ; un échec se redit au moment du geste
  }

  dire(mots) {
    this.message.textContent = mots;
  }

  /** Efface ce qu’un geste précédent avait dit et donné à copier. */
  recommencer(cadre) {
    this.dire("");
    cadre.querySelector("[data-texte-a-copier]")?.remove();
  }

  enregistrer(blob, nom, suite = "") {
    telecharger(blob, nom);
    this.dire(`Enregistré\u00A0: ${nom}${suite}.`);
  }

  async document(feuillet, format) {
    try {
      this.enregistrer(await ECRIRE[format](feuillet, (await modeles())[format]), `${feuillet.nom}.${format}`);
    } catch {
      this.dire(
        "Le document n’a pas pu être préparé\u00A0: ses modèles ne se chargent pas. Vérifiez votre " +
          "connexion, puis réessayez.",
      );
    }
  }

  /** Copie, ou donne à copier dans un champ nommé. */
  async donner(cadre, mots, nom, dit) {
    if (await copier(mots)) {
      this.dire(dit);
      return;
    }
    this.dire("La copie automatique est refusée ici\u00A0: le texte est dans le champ, sélectionné.");
    montrerTexte(cadre, mots, nom);
  }
}
