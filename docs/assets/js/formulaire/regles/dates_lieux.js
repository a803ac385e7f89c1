// Portage de macros/regles/lieux_dates.py. Les lieux officiels sont chargés avant de juger (voir preparer, dans
// regles.js).
import FICHE, { dire } from "../../partage/fiche.js";

export function* territoire({ donnees, lieux }) {
  const { echelle, lieux: cites = [] } = donnees.territoire;
  if (echelle === "national") return;
  for (const [rang, { code, nom }] of cites.entries()) {
    const chemin = ["territoire", "lieux", rang];
    const officiel = lieux.get(`${echelle}:${code}`);
    if (!officiel)
      yield [
        [...chemin, "code"],
        `${dire("lieu_inconnu", { code, aucun: FICHE.aucun[echelle] })} Cherchez le lieu par son nom.`,
      ];
    else if (officiel !== nom) yield [[...chemin, "nom"], dire("lieu_mal_nomme", { code, officiel, nom })];
  }
}

export function* dates_en_ordre({ donnees }) {
  yield* enOrdre(donnees.validite, ["validite"]);
  for (const [rang, etat] of (donnees.historique ?? []).entries()) yield* enOrdre(etat, ["historique", rang]);
  if (donnees.periode) yield* enOrdre(donnees.periode, ["periode"]);
  for (const [rang, cadre] of (donnees.cadres ?? []).entries()) yield* enOrdre(cadre, ["cadres", rang]);
}

export function* dates_passees({ donnees }) {
  const demain = new Date(Date.now() + 24 * 3600 * 1000).toISOString().slice(0, 10);
  const dites = [[["verification", "le"], donnees.verification.le]];
  for (const [cle, source] of Object.entries(donnees.sources)) {
    for (const nom of ["date", "modifie_le", "consulte_le"]) dites.push([["sources", cle, nom], source[nom]]);
  }
  for (const [chemin, date] of dites) {
    if (date && date > demain.slice(0, date.length)) yield [chemin, dire("date_future", { date })];
    else if (date && date.slice(0, 4) < FICHE.premieres_annees[chemin.at(-1)])
      yield [chemin, dire("date_absurde", { date })];
  }
}

function* enOrdre({ debut, fin }, chemin) {
  if (debut && fin && debut.slice(0, fin.length) > fin.slice(0, debut.length))
    yield [[...chemin, "fin"], dire("dates_inversees", { debut, fin })];
}

export function* validite({ donnees }) {
  if (donnees.validite.remplace_par && donnees.validite.etat === "en-vigueur")
    yield [["validite", "remplace_par"], dire("remplacee_en_vigueur")];
}

/** Une preuve de moins de deux ans au jour de la rédaction (voir vigueur, dans macros/regles/lieux_dates.py). */
export function* vigueur({ donnees }) {
  if (donnees.type !== "dispositif" || donnees.etat !== "publiee" || donnees.validite.etat !== "en-vigueur") return;
  const { le } = donnees.verification;
  const limite = `${Number(le.slice(0, 4)) - 2}${le.slice(4)}`;
  const preuves = Object.values(donnees.sources).flatMap((s) => [s.date, s.modifie_le, s.consulte_le].filter(Boolean));
  if (!preuves.some((preuve) => limite.slice(0, preuve.length) <= preuve))
    yield [["validite", "etat"], dire("vigueur_sans_preuve")];
}
