// Feuillet -> page à imprimer : les mêmes blocs, en HTML, à la place du reste de la page sur le papier.
import { element } from "../socle.js";
import { adresseSure } from "./xml.js";

function morceau(partie) {
  if (typeof partie === "string") return partie;
  if (!partie.lien) return element("strong", partie.texte);
  const adresse = adresseSure(partie.lien);
  return adresse ? element("a", partie.texte, { href: adresse }) : partie.texte;
}

function rempli(noeud, morceaux) {
  noeud.append(...morceaux.map(morceau));
  return noeud;
}

const ecrire = {
  titre: ({ niveau, texte, page }) => element(`h${niveau + 1}`, texte, page ? { class: "papier__page" } : {}),
  para: ({ morceaux, style }) =>
    rempli(element("p", "", style ? { class: `papier__${style.toLowerCase()}` } : {}), morceaux),
  liste: ({ items }) => {
    const ul = element("ul");
    ul.append(...items.map((item) => rempli(element("li"), item)));
    return ul;
  },
  tableau: ({ legende, colonnes, rangees }) => {
    const table = element("table");
    const tetes = element("tr");
    tetes.append(...colonnes.map(([nom, part]) => element("th", nom, { scope: "col", width: `${part}%` })));
    const thead = element("thead");
    thead.append(tetes);
    const corps = element("tbody");
    corps.append(
      ...rangees.map((rangee) => {
        const tr = element("tr");
        tr.append(
          ...rangee.map((paras) => {
            const td = element("td");
            td.append(...paras.map(ecrire.para));
            return td;
          }),
        );
        return tr;
      }),
    );
    table.append(element("caption", legende), thead, corps);
    return table;
  },
};

let feuille = null;

/** Met sous presse ce feuillet, à la place du précédent ; null rend le papier à la page. */
export function mettreSousPresse(feuillet) {
  feuille?.remove();
  feuille = null;
  document.documentElement.classList.toggle("imprime-papier", Boolean(feuillet));
  if (!feuillet) return;
  feuille = element("section", "", { class: "papier", "aria-hidden": "true" });
  feuille.append(element("h1", feuillet.titre));
  if (feuillet.sousTitre) feuille.append(element("p", feuillet.sousTitre, { class: "papier__sous-titre" }));
  feuille.append(...feuillet.blocs.map((bloc) => ecrire[bloc.genre](bloc)));
  (document.querySelector(".feuille") ?? document.body).after(feuille);
}
