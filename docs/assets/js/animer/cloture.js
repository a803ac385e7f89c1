// La séance finie : relire les heures et les notes, compter les présents, emporter, effacer.
import { element } from "../socle.js";
import { bouton, champ, options, poser } from "../composer/formes.js";
import { accorder, duree, typo } from "../francais.js";
import { dresserBilan } from "./bilan.js";
import { aCetteHeure, aLHeure, champDHeure } from "./horloge.js";
import { installer } from "./emporter.js";
import { oublierPhotos } from "./photos.js";
import { oublier } from "./registre.js";
import { GENRES, changerNote, compterPresents, corriger, retirerNote, rouvrir } from "./seance.js";

/** Dresse la page ; `agir(geste)` change la séance, `sortir()` revient au choix, `reprendre()` à la régie. */
export function dresser(cadre, lire, { agir, sortir, reprendre }) {
  const offres = element("div");
  installer(offres, lire);
  const peindre = () => cadre.replaceChildren(...parties(lire(), faire, { offres, sortir, reprendre }));
  const faire = (geste, mots) => {
    agir(geste, mots);
    const actif = document.activeElement?.dataset?.cle;
    const ouvert = cadre.querySelector("[data-heures]").open;
    peindre();
    cadre.querySelector("[data-heures]").open = ouvert;
    if (actif) cadre.querySelector(`[data-cle="${CSS.escape(actif)}"]`)?.focus({ preventScroll: true });
  };
  peindre();
}

function parties(seance, agir, { offres, sortir, reprendre }) {
  const bilan = dresserBilan(seance);
  return [
    resume(seance, bilan, agir),
    ...notes(seance, agir),
    heures(bilan, agir),
    element("h3", "Repartir avec"),
    offres,
    gestesDeFin(seance, { agir, sortir, reprendre }),
  ];
}

function resume(seance, { debut, fin, retard }, agir) {
  const bloc = element("div");
  if (debut !== null) {
    const derive = retard
      ? `, ${duree(Math.abs(retard))} ${retard > 0 ? "après" : "avant"} l’heure prévue`
      : ", à l’heure prévue";
    bloc.append(element("p", typo(`De ${aLHeure(debut)} à ${aLHeure(fin)}${derive}.`)));
  }
  const [cadre, saisie] = champ("Nombre de personnes présentes", "presents", {
    type: "number",
    min: 0,
    max: 5000,
    inputmode: "numeric",
    "data-cle": "presents",
  });
  poser(saisie, seance.presents);
  saisie.addEventListener("change", () => {
    const n = saisie.value === "" ? null : Math.round(saisie.valueAsNumber);
    if (n === null || (n >= 0 && n <= 5000)) agir((s) => compterPresents(s, n));
  });
  bloc.append(cadre);
  return bloc;
}

function heures({ lignes }, agir) {
  const tableau = element("table", "", { class: "tableau animer__heures" });
  const tete = element("tr");
  tete.append(...["Séquence", "Prévue", "Début", "Fin", "Durée"].map((mot) => element("th", mot, { scope: "col" })));
  const corps = element("tbody");
  corps.append(...lignes.map((ligne) => rangee(ligne, agir)));
  const thead = element("thead");
  thead.append(tete);
  tableau.append(element("caption", "Corrigez une heure si vous avez touché trop tard."), thead, corps);
  const cadre = element("div", "", {
    class: "cadre-tableau",
    tabindex: "0",
    role: "group",
    "aria-label": "Heures des séquences",
  });
  cadre.append(tableau);
  const repli = element("details", "", { "data-heures": "" });
  repli.append(element("summary", "Les heures, telles qu’elles ont été"), cadre);
  return repli;
}

function rangee({ sequence, etat, prevu, debut, fin, minutes }, agir) {
  const tr = element("tr");
  tr.append(
    element("th", sequence.titre || "Sans titre", { scope: "row" }),
    element("td", `${aLHeure(prevu.debut)}, ${duree(sequence.duree)}`),
  );
  if (etat !== "faite") {
    tr.append(element("td", "passée"), element("td"), element("td"));
    return tr;
  }
  const saisir = (nom, vaut) => {
    const saisie = element("input", "", {
      type: "time",
      required: "",
      "aria-label": `${nom}, ${sequence.titre}`,
      "data-cle": `${nom} ${sequence.id}`,
    });
    saisie.value = champDHeure(vaut);
    saisie.addEventListener("change", () => {
      const bornes = {
        debut,
        fin,
        [nom === "Début" ? "debut" : "fin"]: saisie.value ? aCetteHeure(vaut, saisie.value) : vaut,
      };
      agir((s) => (bornes.debut <= bornes.fin ? corriger(s, sequence.id, bornes) : s));
    });
    const td = element("td");
    td.append(saisie);
    return td;
  };
  tr.append(saisir("Début", debut), saisir("Fin", fin), element("td", duree(minutes)));
  return tr;
}

function notes({ notes: prises, jour }, agir) {
  if (!prises.length) return [element("p", "Aucune note n’a été prise.")];
  const titres = new Map(jour.sequences.map(({ id, titre }) => [id, titre]));
  const liste = element("ul", "", { class: "animer__notes" });
  liste.append(...prises.map((note) => uneNote(note, titres, agir)));
  return [element("h3", accorder(prises.length, "note")), liste];
}

function uneNote({ id, genre, texte, qui, quand, sequence }, titres, agir) {
  const li = element("li");
  const saisir = (nom, cle, vaut, attributs = {}, balise = "input") => {
    const [bloc, saisie] = champ(nom, cle, { "data-cle": `${cle} ${id}`, ...attributs }, balise);
    if (balise === "select") saisie.append(...options(Object.entries(GENRES)));
    poser(saisie, vaut);
    saisie.addEventListener("change", () =>
      agir((s) => changerNote(s, id, { [cle]: saisie.value || (cle === "quand" ? null : "") })),
    );
    return bloc;
  };
  li.append(
    saisir("Genre", "genre", genre, {}, "select"),
    saisir(titres.get(sequence) ?? "Toute la séance", "texte", texte, { rows: 2, maxlength: 2000 }, "textarea"),
  );
  if (genre === "action")
    li.append(
      saisir("Qui s’en charge", "qui", qui, { maxlength: 300 }),
      saisir("Pour quand", "quand", quand, { type: "date", min: "2000-01-01", max: "2199-12-31" }),
    );
  const retirer = bouton("Retirer", "retirer", { "aria-label": `Retirer «\u00A0${texte.slice(0, 40)}\u00A0»` });
  retirer.addEventListener("click", () => agir((s) => retirerNote(s, id)));
  li.append(retirer);
  return li;
}

function gestesDeFin(seance, { agir, sortir, reprendre }) {
  const bloc = element("p", "", { class: "animer__fin" });
  const faire = (mot, geste) => {
    const b = bouton(mot, "fin", { class: "bouton bouton--second" });
    b.addEventListener("click", () => geste(b));
    return b;
  };
  bloc.append(
    faire("Revenir au choix", sortir),
    faire("Rouvrir la séance", () => {
      agir(rouvrir);
      reprendre();
    }),
    faire("Effacer cette séance de l’appareil", async (b) => {
      if (b.dataset.sur === undefined) {
        b.dataset.sur = "";
        b.textContent = "Effacer pour de bon, notes et photos comprises";
        return;
      }
      oublier(seance.id);
      await oublierPhotos(seance.id).catch(() => {}); // sans base, il n’y avait pas de photo
      sortir();
    }),
  );
  return bloc;
}
