// Ce qu’une commune est pour un appui, la même règle que macros/regles/etat_du_lieu.py (un test les compare). Ni page,
// ni texte : des conditions et des faits, un état et ses raisons.
import ORIENTATION from "../partage/orientation.js";

const DROIT_PROPRE = "droit-propre";
const { droit_propre: collectivites, programmes: noms } = ORIENTATION;

const exact = (nombre) => (nombre === null || nombre === undefined ? null : [nombre, nombre]);

/** Les faits d’une commune ou d’un EPCI, tels que les conditions les lisent : un intervalle, une liste, ou null. */
export function faitsDuLieu({ estEpci, departements, population, epci, faits }) {
  const propre = departements.some((code) => collectivites.includes(code));
  const outreMer = departements.some((code) => /^9[78]/u.test(code));
  return {
    echelle: [estEpci ? "epci" : "commune"],
    territoire: outreMer ? ["outre-mer", ...(propre ? [DROIT_PROPRE] : [])] : ["metropole"],
    population: exact(population),
    "population-epci": exact(estEpci ? population : epci?.population),
    densite: exact(faits.densite),
    qpv: exact(faits.qpv),
    montagne: faits.montagne ? ["montagne"] : [],
    programme: Object.keys(noms)
      .filter((cle) => Object.hasOwn(faits.programmes, cle))
      .map((cle) => noms[cle]),
    ort: faits.ort ? ["ort-signee"] : [],
  };
}

/**
 * Les faits de qui porte le projet : la commune, son intercommunalité, plusieurs communes ; les réponses complètent.
 */
export function faitsDuProjet(reponses, lieu, tranches) {
  const { porteur, population, programme } = reponses;
  let faits = lieu ? faitsDuLieu(lieu) : { echelle: ["commune"], territoire: ["metropole"] };
  if (porteur === "intercommunalite" && faits.echelle.includes("commune")) {
    const ti = lieu ? faits.programme.filter((nom) => nom === noms.ti) : null;
    const connue = faits["population-epci"] ?? null;
    const { territoire } = faits;
    faits = { echelle: ["epci"], territoire, programme: ti, population: connue, "population-epci": connue };
  } else if (porteur === "communes" && faits.population) {
    faits.population = [faits.population[0], Infinity]; // à plusieurs, au moins autant que celle-ci
  }
  const dite = Object.hasOwn(tranches, population ?? "") ? tranches[population] : null;
  if (dite && (porteur === "communes" || !faits.population)) {
    faits.population = dite;
    if (porteur === "intercommunalite") faits["population-epci"] = dite;
  }
  if (programme && programme !== "autre")
    faits.programme = [...(faits.programme ?? []), ...(programme === "aucun" ? [] : [programme])];
  return faits;
}

const regarde = ({ pour }, faits) =>
  pour.every((valeur) => faits.echelle?.includes(valeur) || faits.territoire?.includes(valeur));

/** « oui », « non » ou « inconnu ». */
export function lire({ fait, min, max, parmi }, faits) {
  const connu = faits[fait] ?? null;
  if (connu === null) return "inconnu";
  if (parmi.length) return parmi.some((valeur) => connu.includes(valeur)) ? "oui" : "non";
  const [bas, haut] = connu;
  const [plancher, plafond] = [min ?? 0, max ?? Infinity];
  if (plancher <= bas && haut <= plafond) return "oui";
  return haut < plancher || bas > plafond ? "non" : "inconnu";
}

/** { valeur, raisons: [[rang, lu]…] } : « membre », « ouvert », « a-verifier » ou « ferme ». */
export function etatDuLieu(conditions, faits) {
  const lues = conditions
    .map((condition, rang) => ({ ...condition, rang, lu: lire(condition, faits) }))
    .filter((condition) => regarde(condition, faits));
  const raisons = (garder) => lues.filter(garder).map(({ rang, lu }) => [rang, lu]);
  const membre = raisons(({ effet, lu }) => effet === "membre" && lu === "oui");
  if (membre.length) return { valeur: "membre", raisons: membre };
  const fermees = raisons(({ effet, lu }) => effet === "ferme" && lu === "non");
  if (fermees.length) return { valeur: "ferme", raisons: fermees };
  const douteuses = raisons(({ effet, lu }) => effet !== "precise" && lu !== "oui");
  const propre =
    faits.territoire?.includes(DROIT_PROPRE) && !lues.some(({ fait, lu }) => fait === "territoire" && lu === "oui");
  if (douteuses.length || propre) return { valeur: "a-verifier", raisons: douteuses };
  return {
    valeur: "ouvert",
    raisons: [
      ...raisons(({ effet, lu }) => effet !== "precise" && lu === "oui"),
      ...raisons(({ effet, lu }) => effet === "precise" && lu !== "inconnu"),
    ],
  };
}
