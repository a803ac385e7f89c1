// Qui demande « ddt marne » veut un numéro : il vient avant les fiches, lu dans l’annuaire du département.
import { INSECABLE } from "../francais.js";
import { element, racine } from "../socle.js";
import { GUICHETS, aConfirmer, annuaire, moisDe } from "../commune/services.js";
import { mots, plier } from "./normalisation.js";

/** La nature du guichet que la question nomme ; le service de l’État quand elle ne nomme qu’un département. */
function natureVoulue(question, { lieux }) {
  const nommee = mots(question).map((mot) => GUICHETS.get(plier(mot)));
  return nommee.find(Boolean) ?? (lieux.length ? null : "ddt");
}

/** Le paragraphe à montrer, ou null : sans guichet demandé, sans département, ou sans réponse du réseau. */
export async function guichet(question, reponse) {
  const departement = reponse.departement ?? reponse.lieux[0]?.departement;
  const nature = natureVoulue(question, reponse);
  if (!departement || !nature) return null;
  try {
    return dire(await annuaire(departement), nature);
  } catch {
    return null;
  }
}

function dire(lu, nature) {
  const tous = [lu.ddt, ...lu.autres].filter((autre) => autre?.nature === nature && autre.telephones.length);
  // Les antennes d’un même service répondent souvent au même numéro.
  const contacts = [...new Map(tous.toReversed().map((autre) => [autre.telephones[0].appel, autre])).values()];
  if (!contacts.length) return null;
  const p = element("p", "", { class: "trouver__dit", "data-guichet": nature });
  for (const { nom, telephones } of contacts.toReversed()) {
    const [{ texte, appel, date }] = telephones; // le plus récent d’abord
    const dite = `${moisDe(date)}${aConfirmer(date, lu.delai) ? ", à confirmer" : ""}`;
    const lien = element("a", texte, { class: "contact__tel", href: `tel:${appel}` });
    p.append(`${nom}${INSECABLE}: `, lien, ` (${dite}). `);
  }
  p.append(
    `Courriel, adresse et autres services${INSECABLE}: `,
    element("a", "choisir la commune", { href: new URL("ma-commune/", racine).href }),
    ".",
  );
  return p;
}
