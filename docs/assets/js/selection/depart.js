// Repartir avec la sélection : documents, papier, lien à copier, courriel. Même présentation que la barre du composeur.
import { Barre } from "../emporter/barre.js";
import { INSECABLE } from "../francais.js";
import { messagerie } from "../gestes.js";
import { dresserOffres } from "../emporter/offres.js";
import { element } from "../socle.js";
import { SANS_TITRE, feuillet, messages, texte } from "./document.js";

const LONG = 2000; // caractères : au-delà, une messagerie peut couper un lien
const LISTE = "Liste à copier";
const OFFRES = [
  {
    nom: "document",
    intitule: "Le document",
    usage: "À relire, compléter et envoyer\u00A0: titres, états, notes, adresses.",
    gestes: [
      ["odt", "ODT", { "data-telecharger": "odt" }],
      ["docx", "DOCX", { "data-telecharger": "docx" }],
      ["imprimer", "Imprimer"],
    ],
  },
  {
    nom: "lien",
    intitule: "Le lien",
    usage: "Il contient les fiches, leur ordre et vos notes\u00A0: qui l’a peut les lire.",
    gestes: [["lien", "Copier le lien"]],
  },
  {
    nom: "courriel",
    intitule: "Le courriel",
    usage: "À un collègue, à un maire\u00A0: la liste en texte, avec l’adresse de chaque fiche.",
    gestes: [
      ["ecrire", "Écrire un courriel"],
      ["copier", "Copier la liste"],
    ],
  },
];

/** « lire() » : { titre, completes, lien() } de ce que la page montre ; lien() rend une promesse. */
export class Depart extends Barre {
  constructor(lire) {
    super(() => {
      const { titre, completes } = this.lire();
      return completes.length ? feuillet(titre, completes) : null;
    });
    this.lire = lire;
    this.bloc = element("section", "", { class: "selection__depart", "aria-labelledby": "repartir" });
    this.bloc.append(
      element("h2", "Repartir avec", { id: "repartir" }),
      dresserOffres(OFFRES, (_, geste) => this.agir(geste)),
      this.message,
    );
  }

  agir(geste) {
    this.recommencer(this.bloc);
    const { titre, completes, lien } = this.lire();
    if (geste === "imprimer") return print();
    if (geste === "lien") return this.copierLien(lien);
    if (geste === "copier") return this.donner(this.bloc, texte(titre, completes), LISTE, "Liste copiée.");
    return geste === "ecrire" ? this.ecrire(titre, completes) : this.document(feuillet(titre, completes), geste);
  }

  async copierLien(lire) {
    const lien = await lire();
    const long =
      `Lien copié. Il est long (${lien.length}${INSECABLE}caractères)\u00A0: des messageries le coupent, ` +
      "envoyez plutôt le document.";
    await this.donner(this.bloc, lien, "Lien à copier", lien.length > LONG ? long : "Lien copié.");
  }

  async ecrire(titre, completes) {
    const versions = messages(titre, completes);
    const { adresse, rang } = messagerie(titre || SANS_TITRE, versions);
    if (rang === 1)
      this.dire(
        "La liste est longue\u00A0: le message donne les titres, vos notes et les adresses, sans les accroches.",
      );
    const copiee = "La liste est trop longue pour entrer d’office dans le message\u00A0: elle est copiée, collez-la.";
    if (rang === versions.length - 1) await this.donner(this.bloc, texte(titre, completes), LISTE, copiee);
    location.assign(adresse);
  }
}
