// La page « Ma sélection ». L’adresse suit la sélection (voir lien.js) ; une adresse reçue se lit sans rien écraser.
import { accorder } from "../francais.js";
import { element } from "../socle.js";
import { annoncer } from "./annonce.js";
import { Depart } from "./depart.js";
import { charger, completer } from "./fiches.js";
import { ligne } from "./ligne.js";
import { LienIllisible, coder, decoder } from "./lien.js";
import { MAX_TITRE, garder, garderTitre, selection, titreGarde } from "./liste.js";
import { bandeau, reunir } from "./recue.js";

const DELAI = 300; // millisecondes de repos avant d’écrire ce qui se tape
const REFUS =
  "Votre navigateur refuse de garder la sélection\u00A0: elle tient tant que cette page est ouverte. Copiez " +
  "le lien pour la retrouver.";
const HORS_LIGNE =
  "L’accroche et l’état des fiches n’ont pas pu se charger\u202F; les titres sont ceux du jour où vous les " +
  "avez choisies.";
const pareilles = (a, b) =>
  JSON.stringify([a.titre, a.fiches.map(({ url, note }) => [url, note ?? ""])]) ===
  JSON.stringify([b.titre, b.fiches.map(({ url, note }) => [url, note ?? ""])]);

class Page {
  constructor(racine, compter) {
    this.racine = racine;
    this.compter = compter;
    this.mienne = { titre: titreGarde(), fiches: selection() };
    this.recue = null;
    this.avant = null; // ce que rendrait « Annuler »
    this.connues = null;
    this.horsLigne = false;
    this.zone = element("div");
    this.alerte = element("p", "", { role: "status", class: "selection__alerte" });
    this.depart = new Depart(() => this.montree());
    racine.replaceChildren(this.alerte, this.zone);
  }

  /** Ce que la page montre, et qu’on emporte. */
  montree() {
    const etat = this.recue ?? this.mienne;
    return {
      titre: etat.titre,
      completes: this.completes(etat),
      lien: async () => new URL(await coder(etat), location.href).href,
    };
  }

  completes = ({ fiches }) => fiches.map((fiche) => completer(fiche, this.connues));

  // ---- Garder

  /** Écrit la sélection, dans la mémoire et dans l’adresse. */
  enregistrer() {
    const gardees = garder(this.mienne.fiches) && garderTitre(this.mienne.titre);
    this.compter(this.mienne.fiches);
    this.refus = !gardees;
    this.avertir();
    this.ecrireAdresse();
  }

  avertir() {
    const une = "fiche a changé d’adresse\u00A0: son lien est à jour.";
    const plusieurs = "fiches ont changé d’adresse\u00A0: leurs liens sont à jour.";
    const deplacees = this.deplacees ? accorder(this.deplacees, une, plusieurs) : "";
    const mots = [this.illisible, this.refus && REFUS, this.horsLigne && HORS_LIGNE, deplacees]
      .filter(Boolean)
      .join(" ");
    if (this.alerte.textContent !== mots) this.alerte.textContent = mots;
  }

  async ecrireAdresse() {
    if (this.recue) return;
    const tour = (this.tour = (this.tour ?? 0) + 1);
    const { mienne } = this;
    const fragment = mienne.fiches.length ? await coder(mienne) : "";
    if (tour !== this.tour || this.recue) return;
    const url = new URL(location.href);
    url.hash = fragment;
    if (url.href !== location.href) history.replaceState({ mienne: true }, "", url);
  }

  /** Change la sélection en gardant de quoi revenir. */
  changer(suite, mots) {
    this.avant = { etat: this.mienne, mots };
    this.mienne = { titre: suite.titre, fiches: suite.fiches };
    this.enregistrer();
    this.dessiner();
  }

  // ---- Les gestes

  gestes = {
    noter: (url, note) => {
      this.mienne = { ...this.mienne, fiches: this.mienne.fiches.map((f) => (f.url === url ? { ...f, note } : f)) };
      this.plusTard();
    },
    deplacer: (url, pas) => {
      const fiches = [...this.mienne.fiches];
      const rang = fiches.findIndex((f) => f.url === url);
      fiches.splice(rang + pas, 0, ...fiches.splice(rang, 1));
      this.ordonner(fiches, url, pas < 0 ? "monter" : "descendre");
    },
    ordonner: (urls) => this.ordonner(urls.map((url) => this.mienne.fiches.find((f) => f.url === url))),
    redessiner: () => this.dessiner(),
    retirer: (url) => {
      const { fiches } = this.mienne;
      const rang = fiches.findIndex((f) => f.url === url);
      const { titre } = completer(fiches[rang], this.connues).fiche;
      this.changer(
        { ...this.mienne, fiches: fiches.filter((f) => f.url !== url) },
        `${titre}\u00A0: retirée de la sélection.`,
      );
      annoncer(`${titre}\u00A0: retirée de la sélection. Annuler est avant la liste.`);
      const lignes = this.zone.querySelectorAll(".selection > li");
      (lignes[Math.min(rang, lignes.length - 1)]?.querySelector("[data-retirer]") ?? this.racine).focus();
    },
  };

  ordonner(fiches, url, bouton) {
    this.mienne = { ...this.mienne, fiches };
    this.enregistrer();
    this.dessiner();
    if (!url) return;
    const rang = fiches.findIndex((f) => f.url === url);
    annoncer(`${fiches[rang].titre}\u00A0: ${rang + 1} sur ${fiches.length}.`);
    this.zone.querySelector(`li[data-url="${CSS.escape(url)}"] [data-${bouton}]`)?.focus();
  }

  annuler() {
    if (!this.avant) return;
    this.mienne = this.avant.etat;
    this.avant = null;
    this.enregistrer();
    this.dessiner();
    annoncer("C’est annulé\u00A0: la sélection est comme avant.");
    (this.zone.querySelector(".selection [data-retirer]") ?? this.racine).focus();
  }

  plusTard() {
    this.avant = null; // revenir en arrière perdrait ce qui vient d’être écrit
    this.zone.querySelector("[data-annulation]")?.remove();
    clearTimeout(this.attente);
    this.attente = setTimeout(() => this.enregistrer(), DELAI);
  }

  /** Ce qui se tape encore ne se perd pas quand on quitte la page. */
  presser() {
    clearTimeout(this.attente);
    if (this.attente && !this.recue && garder(this.mienne.fiches)) garderTitre(this.mienne.titre);
    this.attente = null;
  }

  // ---- La sélection reçue

  async suivreLAdresse() {
    this.illisible = "";
    // Écrite par cette page avant un rechargement : la mémoire en sait autant, ou plus.
    const ecriteIci = history.state?.mienne && this.mienne.fiches.length;
    try {
      const lue = ecriteIci ? null : await decoder(location.hash);
      this.recue = lue && lue.fiches.length && !pareilles(lue, this.mienne) ? lue : null;
    } catch (erreur) {
      if (!(erreur instanceof LienIllisible)) throw erreur;
      this.recue = null;
      this.illisible = `${erreur.message} ${this.mienne.fiches.length ? "Voici la vôtre, inchangée." : ""}`.trim();
    }
    this.avertir();
    this.dessiner();
    if (!this.illisible) this.ecrireAdresse();
  }

  accueillir(suite, mots) {
    this.recue = null;
    if (suite) this.changer(suite, mots);
    else {
      this.dessiner();
      this.ecrireAdresse();
    }
    annoncer(mots);
    this.racine.focus();
  }

  // ---- À l’écran

  dessiner() {
    const etat = this.recue ?? this.mienne;
    if (etat.fiches.length) this.completerFiches();
    const gestes = this.recue ? null : this.gestes;
    const morceaux = [];
    if (this.recue) {
      morceaux.push(
        bandeau(this.recue, this.mienne, {
          remplacer: () =>
            this.accueillir(
              { ...this.recue, fiches: this.nommees(this.recue) },
              this.mienne.fiches.length ? "Votre sélection est remplacée." : "Sélection gardée.",
            ),
          ajouter: () =>
            this.accueillir(
              reunir(this.mienne, { ...this.recue, fiches: this.nommees(this.recue) }),
              "Les deux sélections sont réunies.",
            ),
          ignorer: () => this.accueillir(null, "Sélection reçue ignorée."),
        }),
      );
    }
    if (!this.recue && this.avant) morceaux.push(this.annulation());
    if (!etat.fiches.length) {
      morceaux.push(
        element("p", "Votre sélection est vide. Sur une fiche, «\u00A0Ajouter à ma sélection\u00A0» l’ajoute ici."),
      );
      this.zone.replaceChildren(...morceaux);
      return;
    }
    if (gestes) morceaux.push(this.champDuTitre());
    const liste = element("ol", "", { class: "selection" });
    liste.append(...this.completes(etat).map((complete, rang, toutes) => ligne(complete, rang, toutes.length, gestes)));
    this.zone.replaceChildren(...morceaux, liste, this.depart.bloc);
  }

  /** Les fiches d’une sélection reçue, sous leur titre d’aujourd’hui : le lien n’en porte que l’identifiant. */
  nommees = (etat) => this.completes(etat).map(({ fiche }) => fiche);

  annulation() {
    const bloc = element("p", `${this.avant.mots} `, { class: "selection__annulation", "data-annulation": "" });
    const bouton = element("button", "Annuler", { type: "button", "data-annuler": "" });
    bouton.addEventListener("click", () => this.annuler());
    bloc.append(bouton);
    return bloc;
  }

  champDuTitre() {
    const bloc = element("p", "", { class: "selection__nom" });
    const champ = element("input", "", {
      id: "selection-titre",
      type: "text",
      maxlength: String(MAX_TITRE),
      placeholder: "Ma sélection",
      autocomplete: "off",
      "data-titre-selection": "",
    });
    champ.value = this.mienne.titre;
    champ.addEventListener("input", () => {
      this.mienne = { ...this.mienne, titre: champ.value.trim() };
      this.plusTard();
    });
    bloc.append(element("label", "Titre de la sélection", { for: "selection-titre" }), champ);
    return bloc;
  }

  // ---- Le site aujourd’hui

  async completerFiches() {
    if (this.demande) return;
    this.demande = true;
    try {
      this.connues = await charger();
    } catch {
      this.horsLigne = true;
      this.avertir();
      return;
    }
    this.suivreLesRenommages();
    // Une note en cours d’écriture garde sa place.
    const foyer = document.activeElement;
    const [id, place] = [foyer?.id, foyer?.selectionStart];
    this.dessiner();
    const retrouve = id && this.zone.querySelector(`#${CSS.escape(id)}`);
    if (retrouve) {
      retrouve.focus();
      retrouve.setSelectionRange?.(place, place);
    }
  }

  /** Une fiche qui a changé d’adresse est gardée sous la nouvelle, sauf si celle-ci est déjà là. */
  suivreLesRenommages() {
    const prises = new Set(this.mienne.fiches.map(({ url }) => url));
    this.deplacees = 0;
    const fiches = this.mienne.fiches.map((choisie) => {
      const { fiche, sort } = completer(choisie, this.connues);
      if (sort !== "deplacee" || prises.has(fiche.url)) return choisie;
      prises.add(fiche.url);
      this.deplacees += 1;
      return fiche;
    });
    if (!this.deplacees) return;
    this.mienne = { ...this.mienne, fiches };
    this.enregistrer();
  }
}

/** Prend la place du message « cette page a besoin de JavaScript ». « compter » met le compteur de l’en-tête à jour. */
export function dresser(racine, compter) {
  racine.tabIndex = -1;
  const page = new Page(racine, compter);
  page.suivreLAdresse();
  addEventListener("hashchange", () => page.suivreLAdresse());
  addEventListener("pagehide", () => page.presser());
  addEventListener("storage", ({ key }) => {
    if (key && !key.includes(":selection")) return;
    page.mienne = { titre: titreGarde(), fiches: selection() };
    page.avant = null;
    page.dessiner();
    page.ecrireAdresse();
  });
  addEventListener("keydown", (touche) => {
    if (
      touche.key !== "z" ||
      !(touche.ctrlKey || touche.metaKey) ||
      touche.shiftKey ||
      touche.target.closest("input, textarea")
    )
      return;
    page.annuler();
  });
}
