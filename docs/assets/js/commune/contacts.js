// Qui appeler d’abord : le service de l’État sous son vrai nom, puis les autres contacts et les partenaires de ce
// territoire.
import { enumerer } from "../francais.js";
import { element } from "../socle.js";
import { coordonnees, porte } from "./coordonnees.js";
import { apostrophe, nomDuDepartement, page } from "./donnees.js";
import { garder } from "./lignes.js";
import { services } from "./services.js";

const partie = page.querySelector("[data-contacts]");
const premiers = partie.querySelector("[data-premiers]");
const place = partie.querySelector("[data-services]");
const autres = partie.querySelector("[data-autres-services]");

/** Les services se lisent avant le reste : la page attend son petit fichier. */
export async function preparer(lieu) {
  try {
    return await services(lieu);
  } catch {
    return null;
  }
}

export function peindre(lieu, annuaires) {
  garder(partie, lieu);
  choisirPremier();
  partie.querySelector("[data-aucun-local]").hidden = partie.querySelector("[data-locaux] > :not([hidden])") !== null;
  if (annuaires === null) {
    place.replaceChildren(
      element("p", "Les coordonnées n’ont pas pu se charger. Vérifiez votre connexion, puis réessayez."),
    );
    autres.replaceChildren();
    return;
  }
  place.replaceChildren(...aCheval(lieu), ...annuaires.map((annuaire) => porte(annuaire, lieu)));
  autres.replaceChildren(
    ...annuaires.flatMap((annuaire) => annuaire.autres.map((contact) => coordonnees(contact, annuaire, lieu))),
  );
}

/**
 * Une intercommunalité sur plusieurs départements : le service qui suit le dossier n’est pas forcément celui de la
 * commune.
 */
function aCheval(lieu) {
  const departements = lieu.epci?.departements ?? (lieu.estEpci ? lieu.departements : []);
  if (departements.length < 2) return [];
  const nom = apostrophe(lieu.epci?.nom ?? lieu.nom);
  const ou = enumerer(departements.map((d) => `${nomDuDepartement(d)} (${d})`));
  return [
    element("p", `${nom} s’étend sur plusieurs départements\u00A0: ${ou}. Demandez lequel suit le dossier.`, {
      class: "contact__cheval",
      "data-a-cheval": "",
    }),
  ];
}

/** Une variante locale remplace la fiche nationale qu’elle décline. */
function choisirPremier() {
  for (const variante of premiers.querySelectorAll("[data-decline]:not([hidden])")) {
    const nationale = premiers.querySelector(`[data-id="${CSS.escape(variante.dataset.decline)}"]`);
    if (nationale) nationale.hidden = true;
  }
}
