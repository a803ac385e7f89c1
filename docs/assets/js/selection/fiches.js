// Ce que le site dit aujourd’hui des fiches choisies : titre, accroche, validité, vérification (api/fiches.json).
import { dateLongue } from "../francais.js";
import { charger as telecharger } from "../charger.js";
import COMMUN from "../partage/commun.js";
import { normaliser, plier as sansAccents } from "../recherche/normalisation.js";
import { estPassee } from "../socle.js";

const ETATS = { "en-vigueur": "En vigueur", "a-confirmer": "À confirmer", historique: "Historique" };
const APPEL = /\s*\[(?:s\d+|kit)(?:,\s*(?:s\d+|kit))*\]/g;
const plier = (mots) => sansAccents(normaliser(mots));
const idDe = (url) => url.replace(/\/$/, "").split("/").at(-1);

/** Les fiches publiées, retrouvées par adresse, par identifiant ou par titre. Échoue quand le réseau manque. */
export async function charger() {
  const { fiches } = await telecharger("api/fiches.json");
  return {
    parUrl: new Map(fiches.map((fiche) => [fiche.url, fiche])),
    parId: new Map(fiches.map((fiche) => [fiche.id, fiche])),
    parTitre: new Map(fiches.map((fiche) => [`${fiche.type} ${plier(fiche.titre)}`, fiche])),
  };
}

function etatDe({ validite }) {
  const etat = estPassee(validite.a_confirmer_apres ?? "") ? "a-confirmer" : validite.etat;
  return { etat, mots: ETATS[etat] ?? etat, precision: (validite.precision ?? "").replace(APPEL, "") };
}

function verificationDe({ verification: { niveau, le, par } }) {
  const jour = dateLongue(le).replace(/^\S+\s/, "");
  const dit = COMMUN.verification[niveau] ?? niveau;
  if (niveau === "confirmee-par-le-porteur") return `${dit} (${par}) le ${jour}.`;
  return `${niveau === "relue" ? `${dit} par ${par}` : dit} le ${jour}, jamais vérifiée auprès du porteur.`;
}

/**
 * Une fiche choisie -> { fiche, sort, accroche, validite, verification }. « sort » : "connue", "deplacee" (la fiche
 * rendue porte la nouvelle adresse), "disparue", ou "ignoree" quand la liste des fiches n’a pas pu se charger.
 */
export function completer(choisie, connues) {
  if (!connues) return { fiche: choisie, sort: "ignoree" };
  const meme = connues.parUrl.get(choisie.url);
  const trouvee =
    meme ?? connues.parId.get(idDe(choisie.url)) ?? connues.parTitre.get(`${choisie.type} ${plier(choisie.titre)}`);
  if (!trouvee) return { fiche: choisie, sort: "disparue" };
  return {
    fiche: { ...choisie, type: trouvee.type, titre: trouvee.titre, url: trouvee.url },
    sort: meme ? "connue" : "deplacee",
    accroche: trouvee.accroche,
    validite: etatDe(trouvee),
    verification: verificationDe(trouvee),
  };
}
