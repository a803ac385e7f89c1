// Portage de macros/regles/lieux_dates.py. Les lieux officiels sont chargés avant de juger (voir preparer, dans
// regles.js).
const AUCUN = { commune: "aucune commune", epci: "aucun EPCI", departement: "aucun département" };

export function* territoire({ donnees, lieux }) {
  const { echelle, lieux: cites = [] } = donnees.territoire;
  if (echelle === "national") return;
  for (const [rang, { code, nom }] of cites.entries()) {
    const chemin = ["territoire", "lieux", rang];
    const officiel = lieux.get(`${echelle}:${code}`);
    if (!officiel)
      yield [[...chemin, "code"], `le code ${code} n’est celui d’${AUCUN[echelle]}. Cherchez le lieu par son nom.`];
    else if (officiel !== nom) {
      yield [
        [...chemin, "nom"],
        `le code ${code} est celui de « ${officiel} », pas de « ${nom} ». Écrivez le nom officiel ou corrigez le code.`,
      ];
    }
  }
}

export function* dates_en_ordre({ donnees }) {
  yield* enOrdre(donnees.validite, ["validite"]);
  for (const [rang, etat] of (donnees.historique ?? []).entries()) yield* enOrdre(etat, ["historique", rang]);
  if (donnees.periode) yield* enOrdre(donnees.periode, ["periode"]);
  for (const [rang, cadre] of (donnees.cadres ?? []).entries()) yield* enOrdre(cadre, ["cadres", rang]);
}

function* enOrdre({ debut, fin }, chemin) {
  if (debut && fin && debut.slice(0, fin.length) > fin.slice(0, debut.length)) {
    yield [[...chemin, "fin"], `la fin (${fin}) précède le début (${debut}). Corrigez l’une des deux dates.`];
  }
}

export function* validite({ donnees }) {
  if (donnees.validite.remplace_par && donnees.validite.etat === "en-vigueur") {
    yield [["validite", "remplace_par"], "une fiche en vigueur n’est pas remplacée. Écrivez etat: historique."];
  }
}
