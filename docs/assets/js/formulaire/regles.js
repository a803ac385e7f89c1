// Les règles que le formulaire vérifie : la forme que disent les schémas, puis cette liste déclarée de règles portées
// de macros/regles. tests/navigateur/test_formulaire.py compare chacune à sa jumelle, champ par champ.
import { lieu } from "../commune/lieux.js";
import { occurrences } from "./schema.js";
import {
  accroche,
  chiffres_sources,
  dit_une_fois,
  fin_de_phrase,
  mots_cles,
  pas_de_nous,
  sans_eloge,
} from "./regles/redaction.js";
import { dates_en_ordre, dates_passees, territoire, validite, vigueur } from "./regles/dates_lieux.js";
import {
  doublons,
  identifiant_libre,
  illustrations,
  references,
  remplacement_sans_fin,
  vocabulaires,
} from "./regles/references.js";
import { enonces_sources, hotes_durables, liens_surs, personne_nommee, sources_citees } from "./regles/citations.js";
import { etapes_dans_la_duree, horaires, methodes_adaptees, renvois_internes } from "./regles/kits.js";
import { conditions_de_lieu, criteres } from "./regles/orientation.js";
import { forme } from "./regles/forme.js";
import { estObjet } from "./valeurs.js";
import FICHE from "../partage/fiche.js";

/** Regardent une valeur à la fois : jugent toute fiche, même incomplète. */
export const REGLES_DES_VALEURS = {
  identifiant_libre,
  vocabulaires,
  references,
  doublons,
  illustrations,
  sources_citees,
  enonces_sources,
  liens_surs,
  hotes_durables,
  personne_nommee,
  accroche,
  sans_eloge,
  pas_de_nous,
  dit_une_fois,
  fin_de_phrase,
  mots_cles,
  chiffres_sources,
};
/** Demandent une fiche dont la forme est bonne. */
export const REGLES_DES_FICHES = {
  territoire,
  dates_en_ordre,
  dates_passees,
  validite,
  vigueur,
  remplacement_sans_fin,
  horaires,
  renvois_internes,
  methodes_adaptees,
  etapes_dans_la_duree,
  criteres,
  conditions_de_lieu,
};

const officiels = new Map();

/** Charge les noms officiels des lieux que la fiche cite. Rend la table « échelle:code » → nom (absent : inconnu). */
export async function preparer(donnees, reperes) {
  const { echelle, lieux } = estObjet(donnees.territoire) ? donnees.territoire : {};
  const codes = Array.isArray(lieux) ? lieux.map((l) => l?.code).filter((code) => typeof code === "string") : [];
  if (echelle === "departement") {
    for (const code of codes) {
      if (Object.hasOwn(reperes.departements, code)) officiels.set(`departement:${code}`, reperes.departements[code]);
    }
    return officiels;
  }
  await Promise.all(
    codes
      .filter((code) => !officiels.has(`${echelle}:${code}`))
      .map(async (code) => {
        const trouve = await lieu(code);
        if (trouve) officiels.set(`${trouve.estEpci ? "epci" : "commune"}:${code}`, trouve.nom);
      }),
  );
  return officiels;
}

/**
 * Toutes les fautes d’une fiche nettoyée : { chemin, message, regle }.
 * `modifiee` : l’identifiant de la fiche que l’on modifie, s’il y en a une. `lieux` : ce que rend preparer.
 */
export function juger({ schema, donnees, reperes, lieux = new Map(), modifiee = "" }) {
  const fautes = [...forme(schema, donnees)];
  const sources = estObjet(donnees.sources) ? Object.keys(donnees.sources) : [];
  const fiche = { donnees, occurrences: [...occurrences(schema, donnees)], sources, reperes, lieux, modifiee };
  const tables = fautes.length ? [REGLES_DES_VALEURS] : [REGLES_DES_VALEURS, REGLES_DES_FICHES];
  for (const table of tables) {
    for (const [regle, constats] of Object.entries(table)) {
      for (const [chemin, message] of constats(fiche)) fautes.push({ chemin, message, regle });
    }
  }
  return fautes.map((faute) => ({ ...faute, message: faute.message.trimEnd().replace(CITE, abreger) }));
}

/** Ce qu’un message cite vient de la fiche : une phrase entière y noierait le reste. */
const CITE_MAX = FICHE.limites.cite;
const CITE = new RegExp(`« ([^»]{${CITE_MAX},}) »`, "gu");
const abreger = (_, cite) => `« ${[...cite].slice(0, CITE_MAX).join("")}… »`;
