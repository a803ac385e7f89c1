// La régie, peinte d’après la séance et sa projection : maintenant, ensuite, quoi dire, quoi couper, toute la journée.
import { element } from "../socle.js";
import { bouton, refaire as repeindre } from "../composer/formes.js";
import { icone } from "../recherche/commun.js";
import COMMUN from "../partage/commun.js";
import { accorder, duree, enumerer, typo } from "../francais.js";
import { ensemble } from "../emporter/trames.js";
import { proposer } from "./coupes.js";
import { aLHeure, ecart, reste } from "./horloge.js";
import { GENRES, estCommencee } from "./seance.js";
import { MINUTE } from "./temps.js";

const LOIN = 30; // minutes d’écart au-delà desquelles on répète, plutôt qu’on n’anime
const PRESQUE = 5 * MINUTE;
const nom = (sequence) => `«\u00A0${sequence.titre || "Sans titre"}\u00A0»`;
const espacer = (mots) => mots.filter(Boolean).join(" · ");

/** Un état en un mot pour la couleur : "bientot" à cinq minutes de la fin, "trop" après. */
const allure = (fin, maintenant) => (fin - maintenant <= 0 ? "trop" : fin - maintenant <= PRESQUE ? "bientot" : "");

/** Repeint, et rend le foyer au bouton de même rang : qui est au clavier ne repart pas du haut. */
function refaire(parent, valeur, dessiner) {
  const boutons = () => [...parent.querySelectorAll("button")];
  const rang = boutons().indexOf(document.activeElement);
  repeindre(parent, valeur, dessiner);
  if (rang >= 0 && !parent.contains(document.activeElement))
    (boutons()[rang] ?? boutons().at(-1) ?? document.querySelector("[data-geste=suivante]")).focus({
      preventScroll: true,
    });
}

export class Regie {
  constructor(cadre) {
    this.cadre = cadre;
    this.trouver = (nom) => cadre.querySelector(`[data-${nom}]`);
  }

  peindre(seance, projection, maintenant) {
    this.#tete(projection, maintenant);
    this.#maintenant(seance, projection, maintenant);
    this.#groupes(projection, maintenant);
    this.#coupes(projection, maintenant);
    this.#suite(seance, projection);
    this.#deroule(projection);
    this.#notes(seance);
  }

  #texte(nom, mots) {
    const noeud = this.trouver(nom);
    if (noeud.textContent !== mots) noeud.textContent = mots;
    noeud.hidden = !mots;
    return noeud;
  }

  #tete({ ecart: minutes }, maintenant) {
    this.#texte("heure", aLHeure(maintenant));
    const { texte, genre } = ecart(minutes);
    const pastille = this.trouver("ecart");
    pastille.dataset.ecart = genre;
    refaire(pastille, [texte], () => [icone(genre === "retard" ? "alerte" : "ok"), texte]);
  }

  #maintenant(seance, { courante, suivante, etapes }, maintenant) {
    const montree = courante ?? suivante;
    const { sequence } = montree ?? etapes.at(-1);
    const commencee = estCommencee(seance);
    const quand = courante ? "Maintenant" : suivante ? (commencee ? "À commencer" : "Pour commencer") : "Tout est fait";
    this.#texte("quoi", espacer([quand, COMMUN.travail[sequence.modalite], sequence.lieu]));
    this.#texte("titre", sequence.titre || "Sans titre");
    const lu = courante ? reste(courante.due, maintenant) : { texte: this.#depart(suivante, maintenant), trop: false };
    this.#texte("reste", lu.texte).dataset.allure = courante ? allure(courante.due, maintenant) : "attente";
    const part = this.trouver("part");
    part.hidden = !courante;
    if (courante) part.value = Math.min(1, (maintenant - courante.debut) / (courante.due - courante.debut));
    const qui = sequence.roles.length ? `Avec ${ensemble(sequence.roles)}` : "";
    const jusque = courante ? `jusqu’à ${aLHeure(courante.due)}` : montree && `prévu à ${aLHeure(montree.prevu.debut)}`;
    this.#texte("jusque", espacer([jusque, montree && duree(montree.duree)]));
    this.#texte("avec", qui);
    const loin = suivante && !commencee && Math.abs(suivante.prevu.debut - maintenant) > LOIN * MINUTE;
    this.trouver("repeter").hidden = !loin;
    this.#dire(sequence);
    this.#texte("mot-suivante", courante ? (suivante ? "Suivante" : "Terminer") : suivante ? "Commencer" : "Clore");
    for (const geste of ["plus", "moins"])
      this.cadre.querySelector(`[data-geste=${geste}]`).setAttribute("aria-disabled", String(!courante));
  }

  #depart(suivante, maintenant) {
    if (!suivante) return "";
    const dans = Math.ceil((suivante.prevu.debut - maintenant) / MINUTE);
    return dans > 0 ? `dans ${duree(dans)}` : dans < -1 ? `il y a ${duree(-dans)}` : "C’est l’heure";
  }

  #dire(sequence) {
    const { consignes, objectif, notes } = sequence;
    refaire(this.trouver("dire"), [sequence.id, consignes, objectif, notes], () => {
      const bloc = [];
      if (consignes.length) {
        const liste = element("ul", "", { class: "salle__consignes" });
        liste.append(...consignes.map((mots) => element("li", mots)));
        bloc.push(element("h3", "À dire"), liste);
      }
      if (objectif) bloc.push(element("p", objectif, { class: "salle__objectif" }));
      if (notes) bloc.push(element("p", notes, { class: "salle__memo" }));
      return bloc;
    });
  }

  #groupes({ courante }, maintenant) {
    const groupes = courante?.groupes ?? [];
    const vus = groupes.map(({ rang, nom: appele, fin, fini }) => ({
      rang,
      appele,
      allure: fini === null ? allure(fin, maintenant) : "fini",
      texte: fini === null ? reste(fin, maintenant).texte : `a rendu à ${aLHeure(fini)}`,
    }));
    refaire(
      this.trouver("groupes"),
      vus.map(({ rang, appele, allure: a }) => [rang, appele, a === "fini"]),
      () =>
        vus.map(({ rang, appele, allure: a }) => {
          const ligne = element("li");
          const fini = a === "fini";
          ligne.append(element("strong", appele), element("span", "", { class: "salle__horloge", role: "timer" }));
          const nomme = (mots, geste) => bouton(mots, geste, { "data-rang": rang, "aria-label": `${mots}, ${appele}` });
          ligne.append(
            ...(fini ? [] : [nomme("+ 5 min", "groupe-plus")]),
            nomme(fini ? "Reprend" : "A rendu", fini ? "groupe-reprend" : "groupe-rend"),
          );
          return ligne;
        }),
    );
    for (const [place, { texte, allure: a }] of vus.entries()) {
      const ligne = this.trouver("groupes").children[place];
      ligne.dataset.allure = a;
      const horloge = ligne.querySelector(".salle__horloge");
      if (horloge.textContent !== texte) horloge.textContent = texte;
    }
  }

  #coupes(projection, maintenant) {
    const [echeance] = projection.echeances;
    const options = echeance ? proposer(projection, echeance, maintenant) : [];
    this.options = { echeance, options };
    refaire(this.trouver("coupes"), [echeance, options], () => {
      if (!echeance) return [];
      const quoi = echeance.id ? nom(echeance) : echeance.titre;
      const tete = element(
        "h3",
        typo(`${majuscule(quoi)} à ${aLHeure(echeance.heure)} : ${duree(echeance.minutes)} de trop`),
      );
      tete.prepend(icone("alerte"), " ");
      const liste = element("ul", "", { class: "salle__choix" });
      liste.append(
        ...options.map((option, rang) => {
          const li = element("li");
          li.append(bouton(libelle(option, echeance), "couper", { class: "bouton bouton--second", "data-rang": rang }));
          if (option.genre === "tard") li.append(" ", element("span", "Prévenez qui attend.", { class: "precision" }));
          if (!option.suffit)
            li.append(" ", element("span", "Ne suffit pas à tout rattraper.", { class: "precision" }));
          return li;
        }),
      );
      return [tete, liste];
    });
  }

  #suite(seance, { courante, suivante, etapes, fin, finPrevue }) {
    const apres = courante
      ? suivante
      : etapes.find(({ etat, rang }) => etat === "a-venir" && rang > (suivante?.rang ?? 0));
    refaire(this.trouver("ensuite"), [apres?.sequence.id, apres && aLHeure(apres.debut), aLHeure(fin)], () => {
      const derive = Math.round((fin - finPrevue) / MINUTE);
      const quoi = apres
        ? ["Ensuite, ", element("strong", apres.sequence.titre || "Sans titre"), ` à ${aLHeure(apres.debut)}`]
        : ["Ensuite, c’est fini"];
      return [...quoi, element("span", `Fin à ${aLHeure(fin)}${derive ? ` au lieu de ${aLHeure(finPrevue)}` : ""}`)];
    });
  }

  #deroule({ etapes }) {
    const vus = etapes.map(({ sequence, etat, debut, prevu, duree: d }) => [
      sequence.id,
      sequence.titre,
      etat,
      aLHeure(debut),
      aLHeure(prevu.debut),
      d,
      sequence.fixe,
    ]);
    refaire(this.trouver("liste"), vus, () =>
      vus.map(([id, titre, etat, debut, prevu, d, fixe]) => {
        const li = element("li", "", { "data-etat": etat });
        const heures = element("span", etat === "passee" ? "passée" : debut, { class: "salle__heures" });
        if (etat !== "passee" && debut !== prevu)
          heures.append(element("s", prevu, { "aria-label": `prévue à ${prevu}` }));
        li.append(
          heures,
          element("span", titre || "Sans titre"),
          element("span", espacer([duree(d), fixe && "heure fixe"]), { class: "precision" }),
        );
        const geste = { "a-venir": ["Passer", "passer"], passee: ["Rétablir", "retablir"] }[etat];
        if (geste) li.append(bouton(...geste, { "data-id": id, "aria-label": `${geste[0]} «\u00A0${titre}\u00A0»` }));
        return li;
      }),
    );
  }

  #notes({ notes }) {
    this.trouver("bloc-notes").hidden = !notes.length;
    this.#texte("notes-titre", accorder(notes.length, "note prise", "notes prises"));
    refaire(this.trouver("notes"), notes, () =>
      notes.toReversed().map(({ id, genre, texte, qui }) => {
        const li = element("li");
        li.append(
          element("strong", `${GENRES[genre]}\u00A0: `),
          espacer([texte, qui]),
          " ",
          bouton("Retirer", "retirer-note", {
            "data-id": id,
            "aria-label": `Retirer la note «\u00A0${texte.slice(0, 40)}\u00A0»`,
          }),
        );
        return li;
      }),
    );
  }
}

const majuscule = (mots) => mots[0].toLocaleUpperCase("fr") + mots.slice(1);

/** Ce que dit le bouton d’une façon de tenir l’heure. */
function libelle({ genre, gestes }, { id, heure: limite, minutes }) {
  if (genre === "tard") return typo(`${id ? "Commencer" : "Finir"} à ${aLHeure(limite + minutes * MINUTE)}`);
  if (genre === "passer") return typo(`Passer « ${gestes[0].titre} » (${duree(gestes[0].minutes)})`);
  const coupes = gestes.map(
    ({ titre, minutes: m, duree: d }) => `« ${titre} » de ${duree(m)} (${duree(d)} au lieu de ${duree(d + m)})`,
  );
  return typo(`Raccourcir ${enumerer(coupes)}`);
}
