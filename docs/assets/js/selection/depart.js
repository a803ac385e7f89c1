// Repartir avec la sélection : documents, papier, lien à copier, courriel. Même présentation que la barre du composeur.
import { docx } from "../emporter/docx.js";
import { INSECABLE } from "../francais.js";
import { copier, messagerie, montrerTexte, telecharger } from "../gestes.js";
import { odt } from "../emporter/odt.js";
import { dresserOffres } from "../emporter/offres.js";
import { mettreSousPresse } from "../emporter/papier.js";
import { modeles } from "../emporter/modeles.js";
import { element } from "../socle.js";
import { SANS_TITRE, feuillet, messages, texte } from "./document.js";

const ECRIRE = { odt, docx };
const LONG = 2000; // caractères : au-delà, une messagerie peut couper un lien
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
export class Depart {
  constructor(lire) {
    this.lire = lire;
    this.message = element("p", "", { role: "status", class: "emporter__message" });
    this.bloc = this.dessiner();
    addEventListener("beforeprint", () => {
      const { titre, completes } = this.lire();
      mettreSousPresse(completes.length ? feuillet(titre, completes) : null);
    });
    addEventListener("afterprint", () => mettreSousPresse(null));
    modeles().catch(() => {}); // prêt d’avance ; un échec se redit au moment du geste
  }

  dessiner() {
    const bloc = element("section", "", { class: "selection__depart", "aria-labelledby": "repartir" });
    bloc.append(
      element("h2", "Repartir avec", { id: "repartir" }),
      dresserOffres(OFFRES, (_, geste) => this.agir(geste)),
      this.message,
    );
    return bloc;
  }

  dire(mots) {
    this.message.textContent = mots;
  }

  agir(geste) {
    this.dire("");
    this.bloc.querySelector("[data-texte-a-copier]")?.remove();
    if (geste === "imprimer") return print();
    if (Object.hasOwn(ECRIRE, geste)) return this.document(geste);
    return { lien: () => this.copierLien(), copier: () => this.copierListe(), ecrire: () => this.ecrire() }[geste]();
  }

  async document(format) {
    const { titre, completes } = this.lire();
    const fait = feuillet(titre, completes);
    try {
      telecharger(await ECRIRE[format](fait, (await modeles())[format]), `${fait.nom}.${format}`);
      this.dire(`Enregistré\u00A0: ${fait.nom}.${format}.`);
    } catch {
      this.dire(
        "Le document n’a pas pu être préparé\u00A0: ses modèles ne se chargent pas. Vérifiez votre connexion, puis réessayez.",
      );
    }
  }

  /** Copie, ou donne à copier ; rend vrai si le presse-papiers a accepté. */
  async donner(mots, nom, dit) {
    if (await copier(mots)) {
      this.dire(dit);
      return true;
    }
    this.dire("La copie automatique est refusée ici\u00A0: le texte est dans le champ, sélectionné.");
    montrerTexte(this.bloc, mots, nom);
    return false;
  }

  async copierLien() {
    const lien = await this.lire().lien();
    await this.donner(
      lien,
      "Lien à copier",
      lien.length > LONG
        ? `Lien copié. Il est long (${lien.length}${INSECABLE}caractères)\u00A0: des messageries le coupent, envoyez plutôt le document.`
        : "Lien copié.",
    );
  }

  copierListe() {
    const { titre, completes } = this.lire();
    return this.donner(texte(titre, completes), "Liste à copier", "Liste copiée.");
  }

  async ecrire() {
    const { titre, completes } = this.lire();
    const versions = messages(titre, completes);
    const { adresse, rang } = messagerie(titre || SANS_TITRE, versions);
    if (rang === 1)
      this.dire(
        "La liste est longue\u00A0: le message donne les titres, vos notes et les adresses, sans les accroches.",
      );
    if (rang === versions.length - 1) {
      await this.donner(
        texte(titre, completes),
        "Liste à copier",
        "La liste est trop longue pour entrer d’office dans le message\u00A0: elle est copiée, collez-la.",
      );
    }
    location.assign(adresse);
  }
}
