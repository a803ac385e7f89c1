// Ce que le site dit aujourd’hui des fiches choisies : titre, accroche, validité, vérification (api/fiches.json).
import { dateLongue } from "../emporter/francais.js";
import { estPassee, racine } from "../socle.js";

const ETATS = { "en-vigueur": "En vigueur", "a-confirmer": "À confirmer", historique: "Historique" };
const APPEL = /\s*\[(?:s\d+|kit)(?:,\s*(?:s\d+|kit))*\]/g;
const plier = (mots) =>
  mots
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const idDe = (url) => url.replace(/\/$/, "").split("/").at(-1);

/** Les fiches publiées, retrouvées par adresse, par identifiant ou par titre. Échoue quand le réseau manque. */
export async function charger() {
  const reponse = await fetch(new URL("api/fiches.json", racine));
  if (!reponse.ok) throw new Error(String(reponse.status));
  const { fiches } = await reponse.json();
  return {
    parUrl: new Map(fiches.map((fiche) => [fiche.url, fiche])),
    parId: new Map(fiches.map((fiche) => [fiche.id, fiche])),
    parTitre: new Map(fiches.map((fiche) => [`${fiche.type} ${plier(fiche.titre)}`, fiche])),
  };
}

function etatDe({ validite }) {
  const etat = validite.etat === "en-vigueur" && estPassee(validite.fin ?? "") ? "a-confirmer" : validite.etat;
  return { etat, mots: ETATS[etat] ?? etat, precision: (validite.precision ?? "").replace(APPEL, "") };
}

function verificationDe({ verification: { niveau, le, par } }) {
  const jour = dateLongue(le).replace(/^\S+\s/, "");
  if (niveau === "confirmee-par-le-porteur") return `Confirmée par le porteur (${par}) le ${jour}.`;
  return `${niveau === "relue" ? `Relue par ${par}` : "Rédigée sur sources"} le ${jour}, jamais vérifiée auprès du porteur.`;
}

/**
 * Une fiche choisie -> { fiche, sort, accroche, validite, verification }. « sort » : "connue", "deplacee" (la fiche rendue porte
 * la nouvelle adresse), "disparue", ou "ignoree" quand la liste des fiches n’a pas pu se charger.
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
