// Une fiche de la sélection, à l’écran : ce qu’en dit le site, la note, et de quoi la déplacer ou la retirer.
import { element, racine, symbole } from "../socle.js";
import { rendreGlissable } from "./glisser.js";
import { MAX_NOTE, TYPES, adresse } from "./liste.js";

const SORTS = {
  disparue: "Cette fiche n’est plus sur le site à cette adresse. Sa note est gardée.",
  deplacee: "Cette fiche a changé d’adresse\u00A0: le lien est à jour.",
};
const MARQUES = { "en-vigueur": "ok", "a-confirmer": "alerte", historique: "alerte" };

/** Le titre mène à la fiche ; celui d’une fiche disparue, à la recherche de son nom. */
function lienDe({ fiche, sort }) {
  if (sort !== "disparue") return element("a", fiche.titre, { href: adresse(fiche.url).href });
  const cherche = new URL("trouver/", racine);
  cherche.searchParams.set("q", fiche.titre.slice(0, 100));
  return element("a", `${fiche.titre}\u00A0: la chercher`, { href: cherche.href });
}

function textes(complete) {
  const bloc = element("div", "", { class: "selection__texte" });
  const titre = element("p", "", { class: "selection__titre" });
  titre.append(element("span", TYPES[complete.fiche.type], { class: "selection__type" }), lienDe(complete));
  bloc.append(titre);
  if (complete.accroche) bloc.append(element("p", complete.accroche, { class: "selection__accroche" }));
  if (complete.validite) {
    const etat = element("p", "", { class: "selection__etat" });
    etat.append(
      element("strong", complete.validite.mots, {
        class: `selection__marque--${MARQUES[complete.validite.etat] ?? "alerte"}`,
      }),
      `. ${complete.validite.precision ? `${complete.validite.precision} ` : ""}${complete.verification}`,
    );
    bloc.append(etat);
  }
  if (SORTS[complete.sort]) bloc.append(element("p", SORTS[complete.sort], { class: "selection__sort" }));
  return bloc;
}

function note(fiche, rang, noter) {
  const bloc = element("p", "", { class: "selection__note" });
  const id = `note-${rang}`;
  const champ = element("textarea", "", { id, rows: "2", maxlength: String(MAX_NOTE), "data-note": "" });
  champ.value = fiche.note ?? "";
  champ.addEventListener("input", () => noter(fiche.url, champ.value));
  const intitule = element("label", "Note", { for: id });
  intitule.append(element("span", ` sur ${fiche.titre}`, { class: "visuellement-cache" }));
  bloc.append(intitule, champ);
  return bloc;
}

function boutons(fiche, rang, total, gestes) {
  const bloc = element("div", "", { class: "selection__gestes" });
  const bouton = (nom, mots, permis, geste) => {
    const noeud = element("button", mots, {
      type: "button",
      [`data-${nom}`]: "",
      "aria-label": `${mots}\u00A0: ${fiche.titre}`,
      ...(permis ? {} : { "aria-disabled": "true" }),
    });
    noeud.addEventListener("click", () => permis && geste());
    return noeud;
  };
  bloc.append(
    bouton("monter", "Monter", rang > 0, () => gestes.deplacer(fiche.url, -1)),
    bouton("descendre", "Descendre", rang < total - 1, () => gestes.deplacer(fiche.url, 1)),
    bouton("retirer", "Retirer", true, () => gestes.retirer(fiche.url)),
  );
  return bloc;
}

/**
 * « gestes » : { noter, deplacer, retirer, ordonner, redessiner }, ou null pour une sélection qu’on ne fait que
 * lire.
 */
export function ligne(complete, rang, total, gestes) {
  const { fiche } = complete;
  const li = element("li", "", { "data-url": fiche.url });
  li.append(symbole(fiche.type), textes(complete));
  if (!gestes) {
    if (fiche.note) {
      const lue = element("p", "", { class: "selection__note selection__note--lue" });
      lue.append(element("strong", "Note\u00A0:"), ` ${fiche.note}`);
      li.append(lue);
    }
    return li;
  }
  const poignee = element("span", "⠿", {
    class: "selection__poignee",
    "aria-hidden": "true",
    title: "Tirer pour déplacer",
  });
  rendreGlissable(poignee, li, {
    poser: (lignes) => gestes.ordonner(lignes.map((l) => l.dataset.url)),
    lacher: gestes.redessiner,
  });
  li.append(note(fiche, rang, gestes.noter), boutons(fiche, rang, total, gestes), poignee);
  return li;
}
