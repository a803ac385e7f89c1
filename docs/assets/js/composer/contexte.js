// « Mon contexte » : le lieu, les effectifs, les dates, le contact.
import { element } from "../socle.js";
import { relier } from "../commune/choix.js";
import { MAX } from "./etat.js";
import { champ, poser } from "./formes.js";
import { dateLongue, typo } from "../francais.js";

const saisie = () => import("../commune/saisie.js"); // demandé quand on écrit un lieu
const AIDE = "Un nom ou un code postal. Le lieu figure dans le programme et règle les jours fériés.";

export class Contexte {
  #dates = new Map();

  /** `changer(champs)` change la composition ; `dater(ancre, date)` une date. */
  constructor(cadre, { changer, dater }) {
    this.cadre = cadre;
    this.changer = changer;
    this.lieu = cadre.querySelector("#composer-lieu");
    this.aide = cadre.querySelector("[data-lieu-aide]");
    this.contact = cadre.querySelector("[data-champ=contact]");
    this.nombres = [...cadre.querySelectorAll("[data-nombre]")];
    this.taille = cadre.querySelector("[data-taille]");
    this.dates = cadre.querySelector("[data-dates]");
    relier(this.lieu, cadre.querySelector("[role=listbox]"), {
      proposer: (texte) => this.#proposer(texte),
      choisir: (code) => this.#choisir(code),
    });
    this.lieu.addEventListener("change", () => {
      if (!this.lieu.value.trim()) changer({ lieu: null });
    });
    this.dates.addEventListener("input", ({ target }) => {
      if (target.value || !target.validity.badInput) dater(target.dataset.ancre, target.value || null);
    });
    for (const saisie of this.nombres) {
      saisie.addEventListener("input", () => {
        if (saisie.validity.badInput) return;
        const valeur = saisie.value === "" ? null : Math.round(saisie.valueAsNumber);
        const max = saisie.dataset.nombre === "groupes" ? MAX.groupes : MAX.personnes;
        if (valeur === null || (valeur >= 1 && valeur <= max))
          changer({ [saisie.dataset.nombre]: valeur }, saisie.dataset.nombre);
      });
    }
  }

  async #proposer(texte) {
    const { propositions } = await saisie();
    const { options, dit } = await propositions(texte, () => this.lieu.value === texte);
    this.aide.textContent = dit || AIDE;
    return options;
  }

  async #choisir(code) {
    const { PANNE, apostrophe } = await saisie();
    try {
      const { departementDe, lieu: lireLieu } = await import("../commune/lieux.js");
      const trouve = await lireLieu(code);
      if (!trouve) return;
      const departement = trouve.departements?.[0] ?? departementDe(code);
      this.changer({
        lieu: { code, nom: apostrophe(trouve.nom), echelle: trouve.estEpci ? "epci" : "commune", departement },
      });
      poser(this.lieu, apostrophe(trouve.nom), true);
    } catch {
      this.aide.textContent = PANNE;
    }
  }

  peindre(composition, ancres, force) {
    const { lieu, participants, groupes, contact } = composition;
    poser(this.lieu, lieu?.nom, force);
    this.aide.textContent = lieu ? `${lieu.nom}${lieu.departement ? `, département ${lieu.departement}` : ""}.` : AIDE;
    for (const saisie of this.nombres) poser(saisie, composition[saisie.dataset.nombre], force);
    poser(this.contact, contact, force);
    const parGroupe = participants && groupes ? participants / groupes : null;
    this.taille.textContent = parGroupe
      ? typo(
          Number.isInteger(parGroupe)
            ? `Soit ${parGroupe} personnes par groupe.`
            : `Soit ${Math.floor(parGroupe)} à ${Math.ceil(parGroupe)} personnes par groupe.`,
        )
      : "";
    this.taille.hidden = !parGroupe;
    this.#peindreDates(composition, ancres, force);
  }

  #peindreDates(composition, ancres, force) {
    this.dates.hidden = !ancres.length;
    const cle = ancres.map(({ id, libelle }) => `${id} ${libelle}`).join("|");
    if (this.cleAncres !== cle) {
      this.cleAncres = cle;
      this.#dates.clear();
      const blocs = ancres.map(({ id, libelle }) => {
        const [bloc, saisie] = champ(libelle, "ancre", {
          type: "date",
          "data-ancre": id,
          min: "2000-01-01",
          max: "2199-12-31",
        });
        const dite = element("p", "", { class: "composer__aide" });
        bloc.append(dite);
        this.#dates.set(id, { saisie, dite });
        return bloc;
      });
      this.dates.querySelector("[data-ancres]").replaceChildren(...blocs);
    }
    for (const [id, { saisie, dite }] of this.#dates) {
      const date = Object.hasOwn(composition.ancres, id) ? composition.ancres[id] : null;
      poser(saisie, date, force);
      dite.textContent = date ? dateLongue(date) : "";
      dite.hidden = !date;
    }
  }
}
