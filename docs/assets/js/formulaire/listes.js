// Les listes : ajouter, retirer, monter, descendre, au clavier comme à la souris ; le focus suit l’élément.
import { element } from "../socle.js";
import { genre, sousNoeud } from "./schema.js";
import { idDe } from "./erreurs.js";
import { ecrireChemin, estObjet, lireChemin, nomDeChamp } from "./valeurs.js";

const EXTRAIT = 70;

/** Un élément déjà rempli se replie sous ses premiers mots : une fiche a parfois quinze sources. */
function replier(bloc, libelle, contenu) {
  const mots = estObjet(contenu) ? Object.values(contenu).find((valeur) => typeof valeur === "string" && valeur) : null;
  if (!mots) return bloc;
  const repli = element("details", "", { class: "liste__repli" });
  repli.append(
    element("summary", `${libelle}\u00a0: ${mots.length > EXTRAIT ? `${mots.slice(0, EXTRAIT).trimEnd()}…` : mots}`),
    bloc,
  );
  return repli;
}

/** Une liste ordonnée. `champ` : ce qui rend le bloc d’un élément. */
export function liste(etat, noeud, chemin, champ) {
  const cadre = element("div", "", { class: "liste" });
  const sous = sousNoeud(etat.schema, noeud, 0);
  // Un élément s’appelle comme son modèle (« Étape 2 ») ou comme sa liste (« Thèmes 2 »).
  const quoi = sous.modele ? sous.title : noeud.title;
  const items = () => {
    const lus = lireChemin(etat.donnees, chemin);
    return Array.isArray(lus) ? lus : [];
  };
  const changer = (nouvelle, dit, focus) => {
    ecrireChemin(etat.donnees, chemin, nouvelle.length ? nouvelle : undefined);
    refaire();
    etat.change(chemin);
    etat.annoncer(dit);
    (focus() ?? ajouter).focus();
  };
  const item = (rang) => cadre.querySelectorAll(":scope > .liste__items > li")[rang];
  const premier = (rang) => () => item(rang)?.querySelector("summary, [data-saisie], button");
  const bouton = (rang, nom) => () =>
    item(rang)?.querySelector(`:scope > .liste__gestes > [data-geste="${nom}"]:not(:disabled)`) ?? premier(rang)();
  const rangs = element("ol", "", { class: "liste__items" });
  const ajouter = element("button", "Ajouter", {
    type: "button",
    class: "liste__ajouter",
    "aria-label": `Ajouter, ${noeud.title}`,
  });
  ajouter.addEventListener("click", () => {
    const avant = items();
    changer([...avant, genre(sous) === "champs" ? {} : ""], `Ajouté, nº ${avant.length + 1}.`, premier(avant.length));
  });

  function gestes(rang, total) {
    const barre = element("div", "", { class: "liste__gestes" });
    const geste = (nom, signe, libelle, actif, agir) => {
      const b = element("button", signe, {
        type: "button",
        "data-geste": nom,
        "aria-label": `${libelle}, ${quoi} ${rang + 1}`,
      });
      b.disabled = !actif;
      b.addEventListener("click", agir);
      barre.append(b);
    };
    const echanger = (vers, dit, nom) => {
      const copie = [...items()];
      [copie[rang], copie[vers]] = [copie[vers], copie[rang]];
      changer(copie, dit, bouton(vers, nom));
    };
    geste("monter", "↑", "Monter", rang > 0, () => echanger(rang - 1, `Monté, nº ${rang}.`, "monter"));
    geste("descendre", "↓", "Descendre", rang < total - 1, () =>
      echanger(rang + 1, `Descendu, nº ${rang + 2}.`, "descendre"),
    );
    geste("retirer", "Retirer", "Retirer", true, () => {
      changer(
        items().filter((_, i) => i !== rang),
        `Retiré, nº ${rang + 1}.`,
        premier(Math.min(rang, total - 2)),
      );
    });
    return barre;
  }

  function refaire() {
    const lus = items();
    rangs.replaceChildren(
      ...lus.map((contenu, rang) => {
        const li = element("li");
        const libelle = `${quoi} ${rang + 1}`;
        const bloc = champ(etat, noeud.items, [...chemin, rang], { obligatoire: true, libelle });
        li.append(replier(bloc, libelle, contenu), gestes(rang, lus.length));
        return li;
      }),
    );
    rangs.hidden = !lus.length;
  }

  refaire();
  cadre.append(rangs, ajouter);
  return cadre;
}

/** Une table à clés : les sources s1, s2… La clé ne change jamais, puisque les textes la citent. */
export function table(etat, noeud, chemin, champ) {
  const cadre = element("div", "", { class: "liste" });
  const rangs = element("div", "", { class: "liste__items" });
  const contenu = () => {
    const lu = lireChemin(etat.donnees, chemin);
    return estObjet(lu) ? lu : {};
  };
  const ajouter = element("button", "Ajouter une source", { type: "button", class: "liste__ajouter" });
  ajouter.addEventListener("click", () => {
    let numero = 1;
    while (Object.hasOwn(contenu(), `s${numero}`)) numero += 1;
    ecrireChemin(etat.donnees, [...chemin, `s${numero}`], {});
    refaire();
    etat.change(chemin);
    etat.annoncer(`Source s${numero} ajoutée. Citez-la dans vos phrases\u00a0: [s${numero}].`);
    document
      .getElementById(idDe(nomDeChamp([...chemin, `s${numero}`])))
      .querySelector("[data-saisie]")
      .focus();
  });

  function refaire() {
    const interieur = Object.values(noeud.patternProperties)[0];
    rangs.replaceChildren(
      ...Object.keys(contenu()).map((cle) => {
        const bloc = champ(etat, interieur, [...chemin, cle], {
          obligatoire: true,
          libelle: `Source ${cle}, à citer [${cle}]`,
        });
        const retirer = element("button", "Retirer", { type: "button", "aria-label": `Retirer la source ${cle}` });
        retirer.addEventListener("click", () => {
          ecrireChemin(etat.donnees, [...chemin, cle], undefined);
          refaire();
          etat.change(chemin);
          etat.annoncer(`Source ${cle} retirée.`);
          ajouter.focus();
        });
        const rang = element("div", "", { class: "liste__rang" });
        const gestes = element("div", "", { class: "liste__gestes" });
        gestes.append(retirer);
        rang.append(replier(bloc, cle, contenu()[cle]), gestes);
        return rang;
      }),
    );
  }

  refaire();
  cadre.append(rangs, ajouter);
  return cadre;
}
