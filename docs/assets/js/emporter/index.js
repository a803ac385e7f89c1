// « Repartir avec » : la barre qui donne au programme composé la forme dont on a besoin.
//   installer(conteneur, lireProgramme)
//   conteneur : élément vide où poser la barre ; lireProgramme() : le programme calculé du moment (composer/agenda.js).
// Crochets : [data-telecharger="ics|odt|docx"] pour l’essentiel ; [data-emporter="…"] pour les autres gestes.
import { Barre } from "./barre.js";
import { court, objet, texte } from "./courriel.js";
import { accorder, nomDeFichier } from "../francais.js";
import { messagerie } from "../gestes.js";
import { calendrier } from "./ics.js";
import { dresserOffres } from "./offres.js";
import { DOCUMENTS } from "./trames.js";

const NOM_DU_TEXTE = "Texte du programme, à copier";
const FORMES = [
  ["odt", "ODT"],
  ["docx", "DOCX"],
  ["imprimer", "Imprimer"],
];
const OFFRES = [
  {
    nom: "dossier",
    intitule: "Le dossier de l’atelier",
    usage: "Programme, fiche d’animation, matériel, rétroplanning daté, émargement.",
    gestes: [
      ["odt", "ODT", { "data-telecharger": "odt" }],
      ["docx", "DOCX", { "data-telecharger": "docx" }],
      ["imprimer", "Imprimer"],
    ],
  },
  {
    nom: "programme",
    intitule: "Le programme",
    usage: "Pour les participants\u00A0: horaires, séquences, lieu.",
    gestes: FORMES,
  },
  {
    nom: "emargement",
    intitule: "La feuille d’émargement",
    usage: "Une par jour, une ligne par personne attendue.",
    gestes: FORMES,
  },
  {
    nom: "calendrier",
    intitule: "Le calendrier",
    usage: "Pour Thunderbird, Outlook ou un autre agenda, à l’heure du lieu.",
    gestes: [
      ["tout", "ICS", { "data-telecharger": "ics" }],
      ["sequences", "Séquences seules"],
      ["taches", "Rétroplanning seul"],
    ],
  },
  {
    nom: "courriel",
    intitule: "Le texte pour un courriel",
    usage: "Le programme en texte simple.",
    gestes: [
      ["copier", "Copier le texte"],
      ["ecrire", "Écrire un courriel"],
    ],
  },
];

const pasDeSequence = (programme) => !programme?.jours?.some(({ sequences }) => sequences?.length);

class Depart extends Barre {
  constructor(conteneur, lireProgramme) {
    // Imprimer la page (Ctrl + P) imprime le dossier, non les outils qui servent à le composer.
    super(() => {
      const programme = this.lire();
      return this.choisi ?? (pasDeSequence(programme) ? null : DOCUMENTS.dossier(programme));
    });
    this.conteneur = conteneur;
    this.lire = lireProgramme;
    conteneur.replaceChildren(dresserOffres(OFFRES, this.agir), this.message);
  }

  imprimer(feuillet) {
    this.choisi = feuillet;
    print();
    this.choisi = null;
  }

  calendrier(programme, quoi) {
    const { texte: ics, evenements, sansDate } = calendrier(programme, { quoi });
    if (!evenements) {
      this.dire("Un calendrier demande une date\u00A0: donnez celle d’un jour au moins.");
      return;
    }
    const nom = `${nomDeFichier(programme.titre || "atelier", quoi === "tout" ? "" : quoi)}.ics`;
    const reste = sansDate
      ? `. ${accorder(sansDate, "élément sans date n’y est pas", "éléments sans date n’y sont pas")}`
      : "";
    const suite = `, ${accorder(evenements, "événement")}${reste}`;
    this.enregistrer(new Blob([ics], { type: "text/calendar;charset=utf-8" }), nom, suite);
  }

  async courriel(programme, geste) {
    const mots = texte(programme);
    const { adresse, rang } = messagerie(objet(programme), [mots, court(programme)]);
    const trop = rang > 0 && geste === "ecrire";
    const dit = trop
      ? "Le programme est trop long pour entrer d’office dans le message\u00A0: il est copié, collez-le."
      : "Texte copié.";
    if (geste === "copier" || rang > 0) await this.donner(this.conteneur, mots, NOM_DU_TEXTE, dit);
    if (geste === "ecrire") location.assign(adresse);
  }

  agir = (nom, geste) => {
    this.recommencer(this.conteneur);
    const programme = this.lire();
    if (pasDeSequence(programme))
      return this.dire("Rien à emporter pour l’instant\u00A0: ajoutez d’abord une séquence.");
    if (nom === "calendrier") return this.calendrier(programme, geste);
    if (nom === "courriel") return this.courriel(programme, geste);
    const feuillet = DOCUMENTS[nom](programme);
    return geste === "imprimer" ? this.imprimer(feuillet) : this.document(feuillet, geste);
  };
}

/** Pose la barre dans « conteneur ». « lireProgramme » est appelée à chaque geste : la barre suit la composition. */
export const installer = (conteneur, lireProgramme) => new Depart(conteneur, lireProgramme);
