// « Repartir avec » : la barre qui donne au programme composé la forme dont on a besoin.
//   installer(conteneur, lireProgramme)
//   conteneur : élément vide où poser la barre ; lireProgramme() : le programme calculé du moment (composer/agenda.js).
// Crochets : [data-telecharger="ics|odt|docx"] pour l’essentiel ; [data-emporter="…"] pour les autres gestes.
import { element } from "../socle.js";
import { court, objet, texte } from "./courriel.js";
import { docx } from "./docx.js";
import { INSECABLE, accorder, nomDeFichier } from "./francais.js";
import { copier, messagerie, montrerTexte, telecharger } from "./gestes.js";
import { calendrier } from "./ics.js";
import { odt } from "./odt.js";
import { mettreSousPresse } from "./papier.js";
import { styles } from "./styles.js";
import { DOCUMENTS } from "./trames.js";

const ECRIRE = { odt, docx };
const NOM_DU_TEXTE = "Texte du programme, à copier";
const OFFRES = [
  ["dossier", "Le dossier de l’atelier", "Programme, fiche d’animation, matériel, rétroplanning daté, émargement.", [
    ["odt", "ODT", { "data-telecharger": "odt" }], ["docx", "DOCX", { "data-telecharger": "docx" }], ["imprimer", "Imprimer"],
  ]],
  ["programme", "Le programme", "Pour les participants\u00A0: horaires, séquences, lieu.", [["odt", "ODT"], ["docx", "DOCX"], ["imprimer", "Imprimer"]]],
  ["emargement", "La feuille d’émargement", "Une par jour, une ligne par personne attendue.", [["odt", "ODT"], ["docx", "DOCX"], ["imprimer", "Imprimer"]]],
  ["calendrier", "Le calendrier", "Pour Thunderbird, Outlook ou un autre agenda, à l’heure du lieu.", [
    ["tout", "ICS", { "data-telecharger": "ics" }], ["sequences", "Séquences seules"], ["taches", "Rétroplanning seul"],
  ]],
  ["courriel", "Le texte pour un courriel", "Le programme en texte simple.", [["copier", "Copier le texte"], ["ecrire", "Écrire un courriel"]]],
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
      const blob = await ECRIRE[geste](feuillet, await styles());
      telecharger(blob, `${feuillet.nom}.${geste}`);
      this.dire(`Enregistré\u00A0: ${feuillet.nom}.${geste}.`);
    } catch {
      this.dire("Le document n’a pas pu être préparé\u00A0: ses styles ne se chargent pas. Vérifiez votre connexion, puis réessayez.");
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
    const reste = sansDate ? ` ${accorder(sansDate, "élément sans date n’y est pas", "éléments sans date n’y sont pas")}.` : "";
    this.dire(`Enregistré\u00A0: ${nom}, ${accorder(evenements, "événement")}.${reste}`);
  }

  async courriel(geste) {
    const programme = this.pret();
    if (!programme) return;
    const mots = texte(programme);
    const { adresse, entier } = messagerie(objet(programme), mots, court(programme));
    const copie = (geste === "copier" || !entier) && await copier(mots);
    if (geste === "copier") this.dire(copie ? "Texte copié." : "La copie automatique est refusée ici\u00A0: le texte est dans le champ, sélectionné.");
    else this.dire(entier ? "" : "Le programme est trop long pour y entrer d’office\u00A0: il est dans le presse-papiers, collez-le dans le message.");
    if (!copie && (geste === "copier" || !entier)) montrerTexte(this.conteneur, mots, NOM_DU_TEXTE);
    if (geste === "ecrire") location.assign(adresse);
  }

  offre([nom, intitule, usage, gestes]) {
    const ligne = element("li");
    const mots = element("div");
    mots.append(element("p", intitule, { class: "documents__titre" }), element("p", usage));
    const boutons = element("div", "", { class: "emporter__gestes" });
    for (const [geste, libelle, crochet = {}] of gestes) {
      const bouton = element("button", libelle, {
        type: "button", "aria-label": `${intitule}${INSECABLE}: ${libelle}`, "data-emporter": `${nom}.${geste}`, ...crochet,
      });
      bouton.addEventListener("click", () => {
        if (nom === "calendrier") this.calendrier(geste);
        else if (nom === "courriel") this.courriel(geste);
        else this.document(nom, geste);
      });
      boutons.append(bouton);
    }
    ligne.append(mots, boutons);
    return ligne;
  }

  poser() {
    const liste = element("ul", "", { class: "documents emporter" });
    liste.append(...OFFRES.map((offre) => this.offre(offre)));
    this.conteneur.replaceChildren(liste, this.message);
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
  styles().catch(() => {}); // prêts d’avance ; un échec se redit au moment du geste
}
