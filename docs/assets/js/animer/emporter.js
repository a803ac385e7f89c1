// « Repartir avec » : ce que la séance donne le soir même, écrit sur cet appareil.
import { Barre } from "../emporter/barre.js";
import { calendrier } from "../emporter/ics.js";
import { ods } from "../emporter/ods.js";
import { dresserOffres } from "../emporter/offres.js";
import { zipper } from "../emporter/zip.js";
import { garder, nouveauNom } from "../formulaire/brouillon.js";
import { accorder, nomDeFichier, typo } from "../francais.js";
import { messagerie, telecharger } from "../gestes.js";
import { racine } from "../socle.js";
import { dresserBilan } from "./bilan.js";
import { compteRendu, retour, suites, suivi } from "./compte_rendu.js";
import { ficheSite, projet } from "./donnees.js";
import { photosDe } from "./photos.js";

const OFFRES = [
  {
    nom: "compte-rendu",
    intitule: "Le compte rendu",
    usage: "Décisions, suites, programme tel qu’il s’est passé. À relire avant l’envoi.",
    gestes: [
      ["odt", "ODT"],
      ["docx", "DOCX"],
      ["imprimer", "Imprimer"],
    ],
  },
  {
    nom: "suites",
    intitule: "Les suites dans l’agenda",
    usage: "Une journée par action datée.",
    gestes: [["ics", "ICS"]],
  },
  {
    nom: "suivi",
    intitule: "Le tableau de suivi",
    usage: "Une ligne par décision et par action, à tenir à jour.",
    gestes: [["ods", "ODS"]],
  },
  {
    nom: "retour",
    intitule: "Un retour sur les méthodes",
    usage: "« J’ai utilisé cette méthode » : les durées vraies, que les fiches pourront citer.",
    gestes: [
      ["copier", "Copier le texte"],
      ["ecrire", "Écrire un courriel"],
    ],
  },
  {
    nom: "fiche",
    intitule: "Une fiche d’exemple pour ce site",
    usage: "Un brouillon dans le formulaire, sans nom de personne.",
    gestes: [["ouvrir", "Ouvrir le brouillon"]],
  },
  {
    nom: "projet",
    intitule: "Les données du projet",
    usage: "Au schéma national « projets-territoire » 0.1.0, sans rien sur les personnes.",
    gestes: [["json", "JSON"]],
  },
  {
    nom: "photos",
    intitule: "Les photos",
    usage: "Celles de la séance, dans une archive.",
    gestes: [["zip", "ZIP"]],
  },
].map((offre) => ({ ...offre, usage: typo(offre.usage) }));

class Depart extends Barre {
  constructor(cadre, lire) {
    super(() => compteRendu(lire(), dresserBilan(lire())));
    this.cadre = cadre;
    this.lire = lire;
    cadre.replaceChildren(
      dresserOffres(OFFRES, (nom, geste) => this.agir(nom, geste)),
      this.message,
    );
  }

  agir(nom, geste) {
    this.recommencer(this.cadre);
    const seance = this.lire();
    return this[nom](seance, dresserBilan(seance), geste);
  }

  "compte-rendu"(seance, bilan, geste) {
    return geste === "imprimer" ? print() : this.document(compteRendu(seance, bilan), geste);
  }

  suites(seance, bilan) {
    const { texte, evenements, sansDate } = calendrier(suites(seance, bilan), { quoi: "taches" });
    if (!evenements) return this.dire("Aucune action n’a de date\u00A0: donnez-en une ci-dessous.");
    const reste = sansDate
      ? `. ${accorder(sansDate, "action sans date n’y est pas", "actions sans date n’y sont pas")}`
      : "";
    return this.enregistrer(
      new Blob([texte], { type: "text/calendar;charset=utf-8" }),
      `${nomDeFichier("suites", seance.titre)}.ics`,
      `, ${accorder(evenements, "action")}${reste}`,
    );
  }

  async suivi(seance, bilan) {
    const tableau = suivi(seance, bilan);
    this.enregistrer(await ods(tableau), `${tableau.nom}.ods`, `, ${accorder(tableau.lignes.length, "ligne")}`);
  }

  async retour(seance, bilan, geste) {
    const texte = retour(seance, bilan);
    if (!texte) return this.dire("Aucune méthode n’a été tenue.");
    if (geste === "copier") return this.donner(this.cadre, texte, "Texte du retour, à copier", "Texte copié.");
    return location.assign(messagerie("Retour sur des méthodes employées", [texte]).adresse);
  }

  fiche(seance, bilan) {
    const gardee = garder(nouveauNom(), { type: "site", donnees: ficheSite(seance, bilan), modifiee: "" });
    if (!gardee) return this.dire("Votre navigateur ne garde pas ce brouillon.");
    return location.assign(new URL("contribuer/formulaire/", racine).href);
  }

  projet(seance, bilan) {
    const donnees = projet(seance, bilan, { id: crypto.randomUUID(), maintenant: Date.now() });
    const json = new Blob([`${JSON.stringify(donnees, null, 2)}\n`], { type: "application/json" });
    this.enregistrer(json, `${nomDeFichier("projet", seance.titre)}.json`);
  }

  async photos(seance) {
    const prises = await photosDe(seance.id).catch(() => []);
    if (!prises.length) return this.dire("Aucune photo n’a été prise ici.");
    const fichiers = await Promise.all(
      prises.map(async ({ image }, rang) => ({
        nom: `photo-${String(rang + 1).padStart(2, "0")}.${image.type.split("/")[1] || "jpg"}`,
        octets: new Uint8Array(await image.arrayBuffer()),
        brut: true,
      })),
    );
    telecharger(await zipper(fichiers), `${nomDeFichier("photos", seance.titre)}.zip`);
    return this.dire(`Enregistré\u00A0: ${accorder(prises.length, "photo")}.`);
  }
}

/** Pose la barre ; `lire()` rend la séance du moment. */
export const installer = (cadre, lire) => new Depart(cadre, lire);
