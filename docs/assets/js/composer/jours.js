// Les jours et leurs cartes, repeints en place.
import { element } from "../socle.js";
import { Carte, peindreAlertes } from "./carte.js";
import { bouton, champ, poser, ranger } from "./formes.js";
import COMMUN from "../partage/commun.js";
import { dessinerFrise } from "./frise.js";
import { GRAVITES } from "./alertes.js";
import { MAX } from "./etat.js";
import { accorder, dateLongue, heure } from "../francais.js";

const MOTS = {
  erreur: ["point à corriger", "points à corriger"],
  attention: ["point à vérifier", "points à vérifier"],
  conseil: ["conseil", "conseils"],
};

/** [[gravité, combien]…], les plus graves d’abord. */
const compter = (alertes) =>
  GRAVITES.map((gravite) => [gravite, alertes.filter((a) => a.gravite === gravite).length]).filter(([, n]) => n);

class Jour {
  constructor(id) {
    this.noeud = element("section", "", {
      class: "composer-jour",
      "data-jour": id,
      "aria-labelledby": `composer-jour-${id}`,
    });
    this.titre = element("h2", "", { id: `composer-jour-${id}` });
    this.resume = element("p", "", { class: "composer-jour__resume" });
    this.frise = element("div", "", { class: "composer-frise", "aria-hidden": "true" });
    this.alertes = element("ul", "", { class: "composer__alertes" });
    this.liste = element("ol", "", { class: "composer-jour__sequences", "data-liste": id });
    this.vide = element("p", "Aucune séquence pour l’instant. Ajoutez-en une, ou faites-en glisser une ici.", {
      class: "composer-jour__vide",
    });
    this.noeud.append(this.#tete(), this.frise, this.alertes, this.liste, this.vide, this.#ajouts());
  }

  #tete() {
    const [nom, saisieNom] = champ("Nom du jour", "jour-titre", { maxlength: MAX.titre });
    const [date, saisieDate] = champ("Date", "jour-date", { type: "date", min: "2000-01-01", max: "2199-12-31" });
    const [debut, saisieDebut] = champ("Début", "jour-debut", { type: "time", required: "" });
    const [fin, saisieFin] = champ(COMMUN.noms.fin, "jour-fin", { type: "time" });
    this.saisies = { titre: saisieNom, date: saisieDate, debut: saisieDebut, fin: saisieFin };
    nom.classList.add("composer-jour__nom");
    this.monter = bouton("↑", "jour-monter");
    this.descendre = bouton("↓", "jour-descendre");
    this.retirer = bouton("Retirer le jour", "jour-retirer");
    const gestes = element("div", "", { class: "composer-jour__gestes" });
    gestes.append(this.monter, this.descendre, this.retirer);
    const reglages = element("div", "", { class: "composer-jour__reglages" });
    reglages.append(nom, date, debut, fin, gestes);
    const tete = element("div", "", { class: "composer-jour__tete" });
    tete.append(this.titre, this.resume, reglages);
    return tete;
  }

  #ajouts() {
    const ajouts = element("p", "", { class: "composer-jour__ajouts" });
    this.boutons = [
      ["ajouter-methode", "Ajouter une méthode"],
      ["ajouter-libre", "Séquence libre"],
      ["ajouter-pause", "Pause"],
      ["ajouter-repas", "Déjeuner"],
    ].map(([geste, mot], rang) => [bouton(mot, geste, { class: rang ? "bouton bouton--second" : "bouton" }), mot]);
    ajouts.append(...this.boutons.map(([b]) => b));
    return ajouts;
  }

  peindre({ jour, place, alertes, rang, combien }, force) {
    const nom = jour.titre || `Jour ${rang + 1}`;
    this.titre.textContent = nom;
    const faits = [
      place.date && dateLongue(place.date),
      place.sequences.length ? `de ${heure(place.debut)} à ${heure(place.fin)}` : `début à ${heure(place.debut)}`,
      place.sequences.length && accorder(place.sequences.length, "séquence"),
    ];
    const points = compter(alertes).map(([gravite, n]) => accorder(n, ...MOTS[gravite]));
    this.resume.replaceChildren(
      faits.filter(Boolean).join(" · "),
      element("span", points.map((mots) => ` · ${mots}`).join(""), { class: "ecran-seul" }),
    );
    poser(this.saisies.titre, jour.titre, force);
    poser(this.saisies.date, place.date, force);
    poser(this.saisies.debut, jour.debut, force);
    poser(this.saisies.fin, jour.fin, force);
    for (const [saisie, mot] of [
      [this.saisies.titre, "Nom du jour"],
      [this.saisies.date, "Date"],
      [this.saisies.debut, "Début"],
      [this.saisies.fin, COMMUN.noms.fin],
    ]) {
      saisie.setAttribute("aria-label", `${mot}, ${nom}`);
    }
    for (const [b, mot] of this.boutons) b.setAttribute("aria-label", `${mot}, ${nom}`);
    for (const [b, mot] of [
      [this.monter, "Monter le jour"],
      [this.descendre, "Descendre le jour"],
      [this.retirer, "Retirer le jour"],
    ])
      b.setAttribute("aria-label", `${mot} «\u00A0${nom}\u00A0»`);
    this.monter.hidden = rang === 0;
    this.descendre.hidden = rang === combien - 1;
    this.retirer.hidden = combien === 1;
    this.vide.hidden = place.sequences.length > 0;
    this.liste.hidden = !place.sequences.length;
    dessinerFrise(this.frise, place);
    peindreAlertes(
      this.alertes,
      alertes.filter(({ sequence }) => !sequence),
    );
  }
}

/** Garde les nœuds d’une fois sur l’autre ; `peindre` met la page en accord avec la composition et son programme. */
export class Jours {
  #jours = new Map();
  #cartes = new Map();

  constructor(cadre) {
    this.cadre = cadre;
  }

  carte(id) {
    return this.#cartes.get(id)?.noeud;
  }

  peindre(composition, programme, { force = false } = {}) {
    const { jours, roles } = composition;
    const actif = document.activeElement; // une carte qui change de jour quitte la page un instant
    const noeuds = jours.map((jour, rang) => {
      const vue = prendre(this.#jours, jour.id, Jour);
      const alertes = programme.alertes.filter((alerte) => alerte.jour === jour.id);
      vue.peindre({ jour, place: programme.jours[rang], alertes, rang, combien: jours.length }, force);
      return vue.noeud;
    });
    ranger(this.cadre, noeuds);
    for (const [rang, jour] of jours.entries())
      this.#peindreCartes(jour, rang, { composition, programme, roles }, force);
    if (actif !== document.activeElement && actif?.isConnected) actif.focus({ preventScroll: true });
    garderSeulement(this.#jours, jours);
    garderSeulement(
      this.#cartes,
      jours.flatMap(({ sequences }) => sequences),
    );
  }

  #peindreCartes(jour, rangDuJour, { composition, programme, roles }, force) {
    let numero = 0;
    const cartes = jour.sequences.map((sequence, rang) => {
      const carte = prendre(this.#cartes, sequence.id, Carte);
      carte.peindre(
        {
          sequence,
          place: programme.jours[rangDuJour].sequences[rang],
          numero: sequence.modalite === "pause" ? 0 : ++numero,
          alertes: programme.alertes.filter((alerte) => alerte.sequence === sequence.id),
          jour: jour.id,
          jours: composition.jours,
          roles,
          premiere: rang === 0 && rangDuJour === 0,
          derniere: rang === jour.sequences.length - 1 && rangDuJour === composition.jours.length - 1,
        },
        force,
      );
      return carte.noeud;
    });
    ranger(this.#jours.get(jour.id).liste, cartes);
  }
}

function prendre(carte, id, Vue) {
  if (!carte.has(id)) carte.set(id, new Vue(id));
  return carte.get(id);
}

function garderSeulement(carte, elements) {
  const ids = new Set(elements.map(({ id }) => id));
  for (const id of carte.keys()) if (!ids.has(id)) carte.delete(id);
}
