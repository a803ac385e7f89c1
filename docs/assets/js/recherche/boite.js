// La boîte de recherche : un champ, une liste de résultats qu’on parcourt aux flèches (motif « combobox »).
import { GENRES } from "../genres.js";
import { element, phraseDePanne, reessayer, symbole } from "../socle.js";
import { annoncer } from "./annonces.js";
import {
  MAX_TEXTE,
  VALIDITES,
  adresse,
  attendre,
  derniere,
  estFiche,
  extrait,
  guillemets,
  icone,
  parType,
} from "./commun.js";
import { ecrireAdresse } from "./etat.js";

const DELAI = 80;
const LIMITE = 8;

/** Met la boîte en marche ; appelée une fois, à sa première ouverture. */
export function animer(boite) {
  const champ = boite.querySelector("input");
  const liste = boite.querySelector("[data-liste]");
  const etat = boite.querySelector("[data-etat]");
  const secours = boite.querySelector("[data-secours]");
  const suite = boite.querySelector("[data-suite]");
  const trouver = boite.querySelector("form").action;
  const seule = derniere();
  let options = [];
  let active = -1;

  let renoncer = () => {};

  // Le moteur part dès l’ouverture : il est le plus souvent là avant la fin du premier mot. Un échec n’est pas retenu.
  let charge;
  const moteur = () => {
    charge ??= import("./moteur.js");
    charge.catch(() => (charge = undefined));
    return charge;
  };
  moteur()
    .then((m) => m.precharger())
    .catch(() => {});

  const vers = (q, telQuel = false) => new URL(ecrireAdresse({ q, telQuel }), trouver).href;

  function activer(rang) {
    options[active]?.setAttribute("aria-selected", "false");
    active = rang;
    const option = options[active];
    if (!option) {
      champ.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    champ.setAttribute("aria-activedescendant", option.id);
  }

  function vider() {
    options = [];
    activer(-1);
    liste.replaceChildren();
    liste.hidden = true;
    secours.replaceChildren();
    secours.hidden = true;
    delete secours.dataset.aucunResultat;
    suite.hidden = true;
    champ.setAttribute("aria-expanded", "false");
  }

  function option(resultat) {
    const fiche = estFiche(resultat);
    const noeud = element("a", "", {
      role: "option",
      "aria-selected": "false",
      tabindex: "-1",
      class: `recherche__option type-${resultat.type}`,
      id: `recherche-option-${options.length}`,
      href: adresse(resultat.url) ?? "#",
    });
    if (fiche) noeud.dataset.fiche = resultat.fiche;
    const tete = element("span", "", { class: "recherche__tete" });
    tete.append(element("span", resultat.titre, { class: "recherche__titre" }));
    if (!fiche) tete.append(" ", element("span", resultat.libelle, { class: "recherche__sorte" }));
    if (VALIDITES[resultat.validite]) {
      const mention = element("span", VALIDITES[resultat.validite], { class: "recherche__validite" });
      mention.prepend(icone(resultat.validite === "historique" ? "archive" : "alerte"));
      tete.append(" ", mention);
    }
    noeud.append(
      fiche ? symbole(resultat.type) : icone("document"),
      tete,
      " ",
      extrait(resultat, "span", { class: "recherche__extrait" }),
    );
    const rang = options.push(noeud) - 1;
    noeud.addEventListener("pointermove", () => {
      if (active !== rang) activer(rang);
    });
    return noeud;
  }

  function grouper(titre, membres, classe) {
    const groupe = element("div", "", { role: "group", "aria-label": titre });
    groupe.append(element("div", titre, { class: `recherche__groupe ${classe}`, "aria-hidden": "true" }));
    groupe.append(...membres.map(option));
    liste.append(groupe);
  }

  function dresser(texte, reponse) {
    const { resultats, total } = reponse;
    vider();
    for (const [type, membres] of parType(resultats)) grouper(GENRES[type].pluriel, membres, `type-${type}`);
    const autres = resultats.filter((resultat) => !estFiche(resultat));
    if (autres.length) grouper("Glossaire, thèmes et pages", autres, "recherche__groupe--neutre");
    liste.hidden = false;
    liste.scrollTop = 0;
    champ.setAttribute("aria-expanded", "true");
    suite.hidden = false;
    suite.firstElementChild.href = vers(texte);
    suite.firstElementChild.textContent =
      total > 1 ? `Voir les ${total.toLocaleString("fr-FR")} résultats` : "Voir ce résultat sur « Trouver »";
    const ici = total > options.length ? `, dont ${options.length} ici` : "";
    etat.textContent = `${total.toLocaleString("fr-FR")} ${total > 1 ? "résultats" : "résultat"}${ici}.`;
    secours.append(...annoncer(reponse, texte, { vers, themes: false }));
    secours.hidden = !secours.childElementCount;
  }

  function demunir(texte, reponse) {
    vider();
    etat.textContent = reponse.vide ? "Écrivez un mot du sujet." : `Aucune fiche pour ${guillemets(texte)}.`;
    secours.append(...annoncer(reponse, texte, { vers, themes: false }));
    secours.dataset.aucunResultat = "";
    secours.hidden = false;
    secours.append(element("a", "Que faire, à qui demander", { href: vers(texte) }));
  }

  async function chercher() {
    const texte = champ.value.trim().slice(0, MAX_TEXTE);
    renoncer();
    try {
      await seule(async () => {
        if (texte.length < 2) return { texte };
        const m = await moteur();
        return { texte, reponse: await m.chercher(texte, { limite: LIMITE }) };
      }).then((rendu) => {
        if (!rendu) return;
        if (!rendu.reponse) {
          vider();
          etat.textContent = "";
        } else if (rendu.reponse.total) dresser(texte, rendu.reponse);
        else demunir(texte, rendu.reponse);
      });
    } catch {
      vider();
      etat.textContent = `${phraseDePanne()} La touche Entrée ouvre la liste de toutes les fiches.`;
      renoncer = reessayer(chercher);
    }
  }

  champ.addEventListener("input", attendre(DELAI, chercher));
  champ.addEventListener("keydown", (touche) => {
    if (touche.isComposing) return;
    const pas = { ArrowDown: 1, ArrowUp: -1 }[touche.key];
    if (pas && options.length) {
      touche.preventDefault();
      // Au-delà des bouts, on revient au champ, puis à l’autre bout.
      activer(((active + 1 + pas + options.length + 1) % (options.length + 1)) - 1);
    } else if (touche.key === "Enter" && options[active]) {
      touche.preventDefault();
      options[active].click();
    }
  });
  if (champ.value) chercher();
}
