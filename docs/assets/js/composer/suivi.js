// Le rétroplanning daté et le matériel à réunir, sous le programme.
import { element } from "../socle.js";
import { icone } from "../recherche/commun.js";
import { bouton, refaire } from "./formes.js";
import { INSECABLE, accorder, dateLongue, typo } from "../francais.js";
import { dire } from "../partage/commun.js";

const quand = (decalage) => {
  const nom = decalage < 0 ? "avant_j" : decalage ? "apres_j" : "jour_j";
  return dire(nom, { jours: Math.abs(decalage) }).replaceAll(" ", INSECABLE);
};

export class Suivi {
  constructor(page) {
    const trouver = (nom) => page.querySelector(`[data-${nom}]`);
    this.retro = trouver("suivi-retro");
    this.intro = trouver("retro-intro");
    this.toutAvancer = page.querySelector("[data-geste=avancer-tout]");
    this.taches = trouver("taches");
    this.blocMateriel = trouver("suivi-materiel");
    this.introMateriel = trouver("materiel-intro");
    this.materiel = trouver("materiel");
  }

  peindre(programme) {
    this.#retroplanning(programme.taches);
    this.blocMateriel.hidden = !programme.materiel.length;
    const compte = (combien, mot) => (combien ? accorder(combien, mot) : `un nombre de ${mot}s à préciser`);
    this.introMateriel.textContent = typo(
      `Compté pour ${compte(programme.participants, "participant")} et ${compte(programme.groupes, "groupe")} : ` +
        "ce qui s’use s’additionne, ce qui ressert n’est compté qu’une fois.",
    );
    refaire(this.materiel, programme.materiel, () =>
      programme.materiel.map(({ nom, total, calcul }) => {
        const li = element("li");
        li.append(
          element("strong", total === null ? "" : `${total}\u00A0`),
          nom,
          calcul ? element("span", ` (${calcul})`, { class: "composer__calcul" }) : "",
        );
        return li;
      }),
    );
  }

  #retroplanning(taches) {
    this.retro.hidden = !taches.length;
    if (!taches.length) return;
    const retards = taches.filter(({ retard }) => retard).length;
    const dates = taches.filter(({ date }) => date).length;
    this.intro.textContent = typo(
      [
        dates
          ? `${accorder(dates, "tâche datée", "tâches datées")} sur ${taches.length}.`
          : "Donnez une date dans « Mon contexte » : chaque tâche prend la sienne.",
        retards ? `${accorder(retards, "tâche", "tâches")} déjà en retard, en tête de liste.` : "",
      ]
        .filter(Boolean)
        .join(" "),
    );
    this.toutAvancer.hidden = !taches.some(aAvancer);
    const actif = document.activeElement?.dataset?.cle;
    refaire(this.taches, taches, () => taches.map(ligne));
    if (actif) this.taches.querySelector(`[data-cle="${CSS.escape(actif)}"]`)?.focus({ preventScroll: true });
  }
}

/** Une tâche datée d’un jour non ouvré, encore à faire. */
export const aAvancer = ({ date, fait, weekend, ferie }) => date && !fait && (weekend || ferie);

function ligne(tache) {
  const tr = element("tr", "", { class: tache.retard ? "composer__retard" : "", "data-tache": tache.rang });
  const date = element("th", tache.date ? dateLongue(tache.date) : quand(tache.decalage), { scope: "row" });
  date.append(
    element("span", `${tache.date ? `${quand(tache.decalage)}, ` : ""}${tache.ancre}`, { class: "composer__ancre" }),
  );
  const texte = element("td", tache.tache);
  if (tache.retard) texte.prepend(marque("alerte", "En retard"), " ");
  const jours = [tache.ferie && `jour férié (${tache.ferie})`, tache.weekend, tache.vacances].filter(Boolean);
  if (jours.length && !tache.fait) {
    const note = element("p", "", { class: "composer__jour-note" });
    note.append(marque("date", jours.join(", ")));
    if (aAvancer(tache))
      note.append(
        " ",
        bouton("Avancer au jour ouvré précédent", "avancer", {
          "data-rang": tache.rang,
          "data-cle": `avancer-${tache.rang}`,
          "aria-label": `Avancer au jour ouvré précédent\u00A0: ${tache.tache}`,
        }),
      );
    texte.append(note);
  }
  if (tache.avancee) {
    const note = element("p", "", { class: "composer__jour-note" });
    note.append(marque("fleche", "avancée avant un jour non ouvré"), " ");
    if (tache.avance)
      note.append(
        bouton("Remettre", "remettre", {
          "data-rang": tache.rang,
          "data-cle": `avancer-${tache.rang}`,
          "aria-label": `Remettre à sa date\u00A0: ${tache.tache}`,
        }),
      );
    texte.append(note);
  }
  const fait = element("td");
  const boite = element("input", "", {
    type: "checkbox",
    "data-champ": "fait",
    "data-rang": tache.rang,
    "data-cle": `fait-${tache.rang}`,
    "aria-label": `Fait\u00A0: ${tache.tache}`,
  });
  boite.checked = tache.fait;
  fait.append(boite);
  tr.append(date, texte, element("td", tache.role, { class: "retroplanning__role" }), fait);
  return tr;
}

function marque(dessin, mots) {
  const noeud = element("span", "", { class: "composer__marque" });
  noeud.append(icone(dessin), mots);
  return noeud;
}
