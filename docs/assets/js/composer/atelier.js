// L’atelier en cours : sa composition, son programme, les pas pour revenir en arrière, l’endroit où il est gardé.
import { calculer } from "./agenda.js";
import { ecrireLien } from "./adresse.js";
import { avertir, differer, dire, direBientot } from "./annonces.js";
import { vide } from "./etat.js";
import { situer } from "./gestes.js";
import { horaire } from "./carte.js";
import { Pas, garder, nouveauBrouillon, quitter } from "./memoire.js";
import { heure } from "../francais.js";

export class Atelier {
  #pas = new Pas(vide());
  #tour = 0;
  #bientot = differer(400, () => this.enregistrer());

  /** `peindre(atelier, options)` met la page en accord avec l’atelier. */
  constructor(donnees, peindre) {
    this.donnees = donnees;
    this.methodes = new Map(donnees.methodes.map((methode) => [methode.id, methode]));
    this.peintre = peindre;
    this.brouillon = null; // identifiant du brouillon où il est gardé
    this.place = 0; // où l’on en était en quittant la page
  }

  get composition() {
    return this.#pas.composition;
  }

  get peutAnnuler() {
    return this.#pas.peutAnnuler;
  }

  get peutRefaire() {
    return this.#pas.peutRefaire;
  }

  get kit() {
    return this.donnees.kits.find(({ id }) => id === this.composition.kit) ?? null;
  }

  peindre(options = {}) {
    this.programme = calculer(this.composition, this.donnees);
    this.peintre(this, options);
  }

  /** Une autre composition ; sans passé, à moins qu’on ne revienne à elle. */
  ouvrir(composition, { id = null, pas } = {}) {
    if (this.programme) this.conclure();
    this.#tour += 1; // une adresse qui s’écrivait encore était celle de la précédente
    this.#pas = new Pas(composition, pas);
    this.brouillon = id;
    this.peindre({ force: true });
  }

  /** Adopte un changement ; deux changements de même clé qui se suivent n’en font qu’un à annuler. */
  changer(composition, { cle = null, mots = "" } = {}) {
    if (composition === this.composition) return;
    this.#pas.faire(composition, cle);
    this.peindre();
    this.#bientot();
    if (mots) direBientot(mots);
  }

  clore() {
    this.#pas.clore();
  }

  annuler() {
    this.#remonter(this.#pas.annuler(), "Annulé.");
  }

  refaire() {
    this.#remonter(this.#pas.refaire(), "Refait.");
  }

  #remonter(fait, mots) {
    if (!fait) return;
    this.peindre({ force: true });
    this.#bientot();
    dire(`${mots} ${this.programme.jours.map((jour) => `${jour.titre} finit à ${heure(jour.fin)}.`).join(" ")}`);
  }

  enregistrer() {
    this.#garder();
    this.suivreAdresse();
  }

  /** Garde tout de suite ce qui attendait de l’être. */
  conclure() {
    if (this.#pas.peutAnnuler || this.#pas.peutRefaire) this.#garder();
  }

  /** La page s’en va : ce qui attendait est gardé, et de quoi y revenir comme on l’a laissée. */
  quitter() {
    this.conclure();
    quitter(this.brouillon, this.#pas.derniers);
  }

  #garder() {
    this.#bientot.oublier();
    this.brouillon ??= nouveauBrouillon();
    if (!garder(this.brouillon, this.composition)) {
      avertir(
        "Votre navigateur ne garde pas ce brouillon. Copiez le lien ou enregistrez le fichier pour ne rien perdre.",
      );
    }
  }

  /** L’adresse dit toujours la composition du moment, sans le contact. */
  async suivreAdresse() {
    const mien = ++this.#tour;
    const fragment = await ecrireLien(this.composition);
    if (mien === this.#tour) history.replaceState({ brouillon: this.brouillon }, "", location.pathname + fragment);
  }

  /** Ce qui change autour d’une séquence dans cette composition, en une phrase ou deux. */
  nouvelles(id, composition = this.composition) {
    const place = situer(composition, id);
    if (!place) return "";
    const jour = calculer(composition, this.donnees).jours.find((j) => j.id === place.jour.id);
    const sequence = jour.sequences[place.rang];
    return (
      `« ${sequence.titre || "Sans titre"} » : ${horaire(sequence)}, ${place.rang + 1} sur ` +
      `${jour.sequences.length}. ${jour.titre} finit à ${heure(jour.fin)}.`
    );
  }
}
