// Une séquence, en carte : son heure, ce qu’on y fait, ses alertes, ses champs. La carte dure autant que la séquence :
// on la repeint, on ne la refait pas, pour que le focus et ce qu’on écrit restent en place.
import { element, racine, symbole } from "../socle.js";
import { icone } from "../recherche/commun.js";
import { bouton, champ, coche, options, poser, refaire } from "./formes.js";
import COMMUN from "../partage/commun.js";
import { DUREE, MAX } from "./etat.js";
import { duree, heure } from "../francais.js";

export const MODALITES = [
  ["pleniere", "Tous ensemble"],
  ["groupes", "Par groupe"],
  ["terrain", "Par groupe, sur le terrain"],
  ["pause", "Pause"],
];
const GRAVITES = { erreur: "À corriger", attention: "À vérifier", conseil: "Conseil" };
const ICONES = { erreur: "croix", attention: "alerte", conseil: "question" };
const nomDe = (sequence) => sequence.titre || "Sans titre";

export class Carte {
  constructor(id) {
    this.id = id;
    this.noeud = element("li", "", { class: "sequence composer-carte", "data-sequence": id });
    this.noeud.append(this.#temps(), this.#texte(), this.#gestes());
  }

  #temps() {
    this.debut = element("strong");
    this.fin = element("span");
    [this.blocDuree, this.duree] = champ(COMMUN.noms.duree, "duree", {
      type: "number",
      inputmode: "numeric",
      min: DUREE.min,
      max: DUREE.max,
      step: 5,
      class: "composer-carte__duree",
    });
    this.blocDuree.firstChild.className = "visuellement-cache";
    this.blocDuree.append(element("span", "min", { "aria-hidden": "true" }));
    this.blocDuree.classList.add("composer-carte__minutes");
    const [etiquette, boite] = coche("heure fixe", { "data-champ": "fixer" });
    this.fixer = boite;
    this.fixe = element("input", "", { type: "time", "data-champ": "fixe", required: "" });
    const bloc = element("div", "", { class: "sequence__heure composer-carte__temps" });
    const horaires = element("p", "", { class: "composer-carte__horaire" });
    horaires.append(this.debut, this.fin);
    bloc.append(horaires, this.blocDuree, etiquette, this.fixe);
    return bloc;
  }

  #texte() {
    this.numero = element("span", "", { class: "sequence__numero" });
    this.titre = element("span");
    const h3 = element("h3");
    h3.append(this.numero, this.titre);
    this.objectif = element("p");
    this.faits = element("ul", "", { class: "sequence__faits" });
    this.notes = element("p", "", { class: "composer-carte__notes" });
    this.alertes = element("ul", "", { class: "composer__alertes" });
    this.details = element("details", "", { class: "composer-carte__details" });
    this.resume = element("summary", "Modifier");
    this.cible = element("span", "", { class: "visuellement-cache" });
    this.resume.append(this.cible);
    this.details.append(this.resume);
    this.details.addEventListener("toggle", () => this.#champs(), { once: true });
    const bloc = element("div", "", { class: "sequence__texte" });
    bloc.append(h3, this.objectif, this.faits, this.notes, this.alertes, this.details);
    return bloc;
  }

  #gestes() {
    this.poignee = element("span", "⠿", {
      class: "composer-carte__poignee",
      title: "Faire glisser",
      "aria-hidden": "true",
      draggable: "true",
    });
    this.monter = bouton("↑", "monter");
    this.descendre = bouton("↓", "descendre");
    this.dupliquer = bouton("", "dupliquer");
    this.dupliquer.append(icone("document"));
    this.retirer = bouton("", "retirer");
    this.retirer.append(icone("croix"));
    const bloc = element("div", "", { class: "composer-carte__gestes" });
    bloc.append(this.poignee, this.monter, this.descendre, this.dupliquer, this.retirer);
    return bloc;
  }

  /** Les champs ne sont écrits qu’à l’ouverture : soixante cartes fermées restent légères. */
  #champs() {
    if (this.saisies) return;
    const grille = element("div", "", { class: "composer-carte__champs" });
    const [titre, saisieTitre] = champ("Intitulé", "titre", { maxlength: MAX.titre });
    const [modalite, choixModalite] = champ(COMMUN.noms.modalite, "modalite", {}, "select");
    choixModalite.append(...options(MODALITES));
    const [lieu, saisieLieu] = champ("Lieu", "lieu", { maxlength: MAX.texte });
    const [livrable, saisieLivrable] = champ(COMMUN.noms.livrable, "livrable", { maxlength: MAX.texte });
    const [jour, choixJour] = champ("Déplacer vers", "jour", {}, "select");
    const [notes, saisieNotes] = champ("Notes", "notes", { rows: 3, maxlength: MAX.notes }, "textarea");
    notes.classList.add("composer__champ--large");
    this.roles = element("fieldset", "", { class: "composer__roles composer__champ--large" });
    [this.blocPartielle, this.partielle] = coche(
      "La méthode n’est reprise qu’en partie : sa durée n’est pas comparée".replace(" :", "\u00A0:"),
      { "data-champ": "partielle" },
    );
    this.blocPartielle.classList.add("composer__champ--large");
    this.consignes = element("div", "", { class: "composer-carte__consignes composer__champ--large" });
    grille.append(titre, modalite, lieu, livrable, notes, this.roles, this.blocPartielle, jour, this.consignes);
    this.details.append(grille);
    this.jour = choixJour;
    this.blocJour = jour;
    this.saisies = {
      titre: saisieTitre,
      modalite: choixModalite,
      lieu: saisieLieu,
      livrable: saisieLivrable,
      notes: saisieNotes,
    };
    if (this.etat) this.#peindreChamps(this.etat);
  }

  /** `etat` : { sequence, place, numero, alertes, jour, jours, roles, premiere, derniere } */
  peindre(etat, force) {
    this.etat = etat;
    const { sequence, place, alertes } = etat;
    const nom = nomDe(sequence);
    const pause = sequence.modalite === "pause";
    const ruban = `ruban-${COMMUN.rubans[sequence.modalite]}`;
    this.noeud.className = `sequence composer-carte ${ruban}${pause ? " sequence--pause" : ""}`;
    Object.assign(this.noeud.dataset, { debut: place.debut, fin: place.fin });
    this.debut.textContent = heure(place.debut);
    this.fin.textContent = ` – ${heure(place.fin)}${place.lendemain ? ", le lendemain" : ""}`;
    this.numero.textContent = etat.numero ? `${etat.numero}.\u00A0` : "";
    this.titre.textContent = nom;
    this.objectif.textContent = sequence.objectif;
    this.objectif.hidden = !sequence.objectif;
    this.notes.textContent = sequence.notes;
    this.notes.hidden = !sequence.notes;
    refaire(this.faits, [place.modalite, place.methode, place.lieu, place.roles, place.livrable], () => faits(place));
    this.cible.textContent = ` «\u00A0${nom}\u00A0»`;
    poser(this.duree, sequence.duree, force);
    this.duree.setAttribute("aria-label", `Durée de «\u00A0${nom}\u00A0», en minutes`);
    this.fixer.checked = sequence.fixe !== null;
    this.fixer.setAttribute("aria-label", `Heure fixe pour «\u00A0${nom}\u00A0»`);
    this.fixe.hidden = sequence.fixe === null;
    this.fixe.setAttribute("aria-label", `Heure fixe de «\u00A0${nom}\u00A0»`);
    poser(this.fixe, sequence.fixe, force);
    for (const [noeud, mot] of [
      [this.monter, "Monter"],
      [this.descendre, "Descendre"],
      [this.dupliquer, "Dupliquer"],
      [this.retirer, "Retirer"],
    ]) {
      noeud.setAttribute("aria-label", `${mot} «\u00A0${nom}\u00A0»`);
      noeud.title = mot;
    }
    this.monter.setAttribute("aria-disabled", String(etat.premiere));
    this.descendre.setAttribute("aria-disabled", String(etat.derniere));
    peindreAlertes(this.alertes, alertes);
    if (this.saisies) this.#peindreChamps(etat, force);
  }

  #peindreChamps({ sequence, jour, jours, roles }, force) {
    for (const [cle, saisie] of Object.entries(this.saisies)) poser(saisie, sequence[cle], force);
    this.partielle.checked = sequence.partielle;
    this.blocPartielle.hidden = !sequence.methode;
    const cleJours = jours.map(({ id, titre }) => `${id} ${titre}`).join("|");
    if (this.cleJours !== cleJours) this.jour.replaceChildren(...options(jours.map(({ id, titre }) => [id, titre])));
    this.cleJours = cleJours;
    this.jour.value = jour;
    this.blocJour.hidden = jours.length < 2;
    const cleRoles = roles.map(({ id, titre }) => `${id} ${titre}`).join("|");
    if (this.cleRoles !== cleRoles) {
      this.roles.replaceChildren(
        element("legend", "Rôles"),
        ...roles.map(({ id, titre }) => coche(titre, { "data-role": id })[0]),
      );
    }
    this.cleRoles = cleRoles;
    this.roles.hidden = !roles.length;
    for (const boite of this.roles.querySelectorAll("input"))
      boite.checked = sequence.role.includes(boite.dataset.role);
    this.consignes.hidden = !sequence.consignes.length;
    this.consignes.replaceChildren(
      element("p", "Consignes du kit", { class: "composer__etiquette" }),
      liste(sequence.consignes),
    );
  }
}

function liste(textes) {
  const ul = element("ul", "", { class: "tirets" });
  ul.append(...textes.map((texte) => element("li", texte)));
  return ul;
}

function faits(place) {
  const ligne = (dessin, ...contenu) => {
    const li = element("li");
    li.append(dessin, ...contenu);
    return li;
  };
  const rangees = [];
  if (place.modalite !== "pause")
    rangees.push(
      ligne(
        icone(place.modalite === "pleniere" ? "personne" : "groupe"),
        Object.fromEntries(MODALITES)[place.modalite],
      ),
    );
  if (place.methode)
    rangees.push(
      ligne(symbole("methode"), element("a", place.methode.titre, { href: new URL(place.methode.url, racine).href })),
    );
  if (place.lieu) rangees.push(ligne(icone("lieu"), place.lieu));
  if (place.roles.length) rangees.push(ligne(icone("mallette"), place.roles.join(", ")));
  if (place.livrable) rangees.push(ligne(icone("drapeau"), place.livrable));
  return rangees;
}

/** La liste des alertes : icône, mot, texte, et le remède en bouton quand la page sait l’appliquer. */
export function peindreAlertes(ul, alertes) {
  ul.hidden = !alertes.length;
  refaire(ul, alertes, () =>
    alertes.map((alerte) => {
      const li = element("li", "", {
        class: `composer__alerte composer__alerte--${alerte.gravite}`,
        "data-alerte": alerte.gravite,
      });
      const texte = element("p");
      texte.append(element("strong", GRAVITES[alerte.gravite]), `\u00A0: ${alerte.texte} `);
      if (alerte.geste) texte.append(bouton(alerte.remede, "remede", { "data-remede": JSON.stringify(alerte.geste) }));
      else texte.append(alerte.remede);
      li.append(icone(ICONES[alerte.gravite]), texte);
      return li;
    }),
  );
}

/** « 9 h à 9 h 15 (15 min) ». */
export const horaire = (place) => `${heure(place.debut)} à ${heure(place.fin)} (${duree(place.duree)})`;
