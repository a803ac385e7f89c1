// « Repartir avec » : la barre qui donne au programme composé la forme dont on a besoin.
//   installer(conteneur, lireProgramme)
//   conteneur : élément vide où poser la barre ; lireProgramme() : le programme calculé du moment (composer/agenda.js).
// Crochets : [data-telecharger="ics|odt|docx"] pour l’essentiel ; [data-emporter="…"] pour les autres gestes.
import { element } from "../socle.js";
import { court, objet, texte } from "./courriel.js";
import { docx } from "./docx.js";
import { accorder, nomDeFichier } from "../francais.js";
import { copier, messagerie, montrerTexte, telecharger } from "../gestes.js";
import { calendrier } from "./ics.js";
import { odt } from "./odt.js";
import { dresserOffres } from "./offres.js";
import { mettreSousPresse } from "./papier.js";
import { modeles } from "./modeles.js";
import { DOCUMENTS } from "./trames.js";

const ECRIRE = { odt, docx };
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

class Barre {
  constructor(conteneur, lireProgramme) {
    this.conteneur = conteneur;
    this.lire = lireProgramme;
    this.message = element("p", "", { role: "status", class: "emporter__message" });
  }

  dire(mots) {
    this.message.textContent = mots;
  }

  /** Le programme du moment, ou null après avoir dit ce qui manque. */
  pret() {
    const programme = this.lire();
    if (!pasDeSequence(programme)) return programme;
    this.dire("Rien à emporter pour l’instant\u00A0: ajoutez d’abord une séquence.");
    return null;
  }

  async document(nom, geste) {
    const programme = this.pret();
    if (!programme) return;
    const feuillet = DOCUMENTS[nom](programme);
    if (geste === "imprimer") {
      this.imprimer(feuillet);
      return;
    }
    try {
      const blob = await ECRIRE[geste](feuillet, (await modeles())[geste]);
      telecharger(blob, `${feuillet.nom}.${geste}`);
      this.dire(`Enregistré\u00A0: ${feuillet.nom}.${geste}.`);
    } catch {
      this.dire(
        "Le document n’a pas pu être préparé\u00A0: ses modèles ne se chargent pas. Vérifiez votre connexion, puis réessayez.",
      );
    }
  }

  imprimer(feuillet) {
    this.choisi = feuillet;
    print();
    this.choisi = null;
  }

  calendrier(quoi) {
    const programme = this.pret();
    if (!programme) return;
    const { texte: ics, evenements, sansDate } = calendrier(programme, { quoi });
    if (!evenements) {
      this.dire("Un calendrier demande une date\u00A0: donnez celle d’un jour au moins.");
      return;
    }
    const nom = `${nomDeFichier(programme.titre || "atelier", quoi === "tout" ? "" : quoi)}.ics`;
    telecharger(new Blob([ics], { type: "text/calendar;charset=utf-8" }), nom);
    const reste = sansDate
      ? ` ${accorder(sansDate, "élément sans date n’y est pas", "éléments sans date n’y sont pas")}.`
      : "";
    this.dire(`Enregistré\u00A0: ${nom}, ${accorder(evenements, "événement")}.${reste}`);
  }

  async courriel(geste) {
    const programme = this.pret();
    if (!programme) return;
    const mots = texte(programme);
    const { adresse, rang } = messagerie(objet(programme), [mots, court(programme)]);
    const aCopier = geste === "copier" || rang > 0;
    const copie = aCopier && (await copier(mots));
    if (aCopier && !copie) {
      this.dire("La copie automatique est refusée ici\u00A0: le texte est dans le champ, sélectionné.");
      montrerTexte(this.conteneur, mots, NOM_DU_TEXTE);
    } else if (aCopier) {
      this.dire(
        rang && geste === "ecrire"
          ? "Le programme est trop long pour entrer d’office dans le message\u00A0: il est copié, collez-le."
          : "Texte copié.",
      );
    }
    if (geste === "ecrire") location.assign(adresse);
  }

  agir = (nom, geste) => {
    this.dire("");
    this.conteneur.querySelector("[data-texte-a-copier]")?.remove();
    if (nom === "calendrier") return this.calendrier(geste);
    return nom === "courriel" ? this.courriel(geste) : this.document(nom, geste);
  };

  poser() {
    this.conteneur.replaceChildren(dresserOffres(OFFRES, this.agir), this.message);
    // Imprimer la page (Ctrl + P) imprime le dossier, non les outils qui servent à le composer.
    addEventListener("beforeprint", () => {
      const programme = this.lire();
      mettreSousPresse(this.choisi ?? (pasDeSequence(programme) ? null : DOCUMENTS.dossier(programme)));
    });
    addEventListener("afterprint", () => mettreSousPresse(null));
  }
}

/** Pose la barre dans « conteneur ». « lireProgramme » est appelée à chaque geste : la barre suit la composition. */
export function installer(conteneur, lireProgramme) {
  new Barre(conteneur, lireProgramme).poser();
  modeles().catch(() => {}); // prêt d’avance ; un échec se redit au moment du geste
}
