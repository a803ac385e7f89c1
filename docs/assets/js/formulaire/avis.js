// Ce que le formulaire dit à côté des champs : une fiche qui existe peut-être déjà, un document ouvert à relire.
import { GENRES } from "../genres.js";
import { element } from "../socle.js";
import { voisins } from "./doublons.js";
import { typo } from "../francais.js";
import { nomDeChamp } from "./valeurs.js";

/** Les fiches que ce titre répète peut-être. Corriger une fiche sans la renommer n’en répète aucune. */
export function montrerDoublons(place, { titre }, etat) {
  const garde = etat.modifiee && etat.reperes.fiches[etat.modifiee]?.[1] === titre;
  const trouves = typeof titre === "string" && !garde ? voisins(titre, etat.reperes, { sauf: etat.modifiee }) : [];
  const cle = trouves.map(({ id }) => id).join();
  if (place.dataset.cle === cle) return;
  place.dataset.cle = cle;
  place.hidden = !trouves.length;
  const liste = element("ul");
  for (const { id, type, titre: nom } of trouves) {
    const li = element("li");
    li.append(
      element("a", nom, { href: `../../${GENRES[type].dossier}/${id}/` }),
      ` (${GENRES[type].libelle.toLowerCase()}), `,
      element("a", "compléter plutôt cette fiche", { href: `?fiche=${id}` }),
    );
    liste.append(li);
  }
  place.replaceChildren(element("p", typo("Une fiche existe peut-être déjà :")), liste);
}

/** Ce que l’import n’a pas su placer, ce qu’il faut relire, et ce qu’il a changé. */
export function montrerImport(place, { doutes, restes, gardes, changes }) {
  place.hidden = ![doutes, restes, gardes, changes].some((liste) => liste.length);
  const liste = (titre, textes) => {
    if (!textes.length) return [];
    const ul = element("ul");
    ul.append(...textes.map((texte) => element("li", texte)));
    return [element("h3", titre), ul];
  };
  const relire = doutes.map(
    ({ chemin, texte, fiche }) =>
      `${fiche ? `${fiche}, ` : ""}${Array.isArray(chemin) ? nomDeChamp(chemin) : chemin}\u00a0: ${texte}`,
  );
  place.replaceChildren(
    ...liste("À relire", relire),
    ...liste("Pas placé dans la fiche", restes),
    ...liste("Autres fiches de ce document, gardées en brouillons", gardes),
    ...liste("Changé en lisant le document", changes.map(typo)),
  );
}
