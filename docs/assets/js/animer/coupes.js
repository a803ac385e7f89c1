// Quoi couper quand une heure fixe, ou la fin, ne tient plus : trois façons de s’en sortir, la plus douce d’abord.
// Aucun accès à la page.
import { MINUTE } from "./temps.js";

const PAS = 5;
const REPAS = 45;
const PAUSE = 10;
const TROP = 30; // minutes perdues au-delà desquelles passer une séquence coûte plus qu’il ne rend
const arrondi = (total) => Math.ceil(total / PAS) * PAS;

/** La plus courte durée raisonnable : celle de la méthode, sinon la moitié ; un repas garde 45 minutes. */
export function plancher({ modalite, duree }, bas = null) {
  if (modalite === "pause") return Math.min(duree, duree > REPAS ? REPAS : PAUSE);
  if (bas !== null && bas <= duree) return Math.max(PAS, Math.ceil(bas));
  return Math.max(PAS, arrondi(duree / 2));
}

const enPause = ({ sequence }) => sequence.modalite === "pause";
/** Les minutes qu’une séquence peut rendre ; celle qui court, ce qui lui reste au plus, et rien si on l’a allongée. */
const marge = ({ duree, sequence, etape, etat, reste = Infinity }) =>
  etat === "en-cours" && etape.ajout > 0 ? 0 : Math.max(0, Math.min(duree - sequence.mini, reste));

/** Les séquences que cette échéance permet encore de toucher. */
const touchables = ({ etapes }, { depuis, jusque }, maintenant) =>
  etapes
    .slice(depuis, jusque + 1)
    .filter(({ etat }) => etat === "a-venir" || etat === "en-cours")
    .map((etape) => (etape.due ? { ...etape, reste: Math.floor((etape.due - maintenant) / MINUTE) } : etape));

/**
 * Les façons de tenir une échéance : [{ genre, suffit, gestes: [{ id, titre, minutes, duree }] }].
 * « raccourcir » : les plus longues d’abord, les pauses en dernier ; « passer » : une seule séquence, la plus courte
 * qui suffise ; « tard » : accepter l’heure, à dire au traiteur, au car, au gardien.
 */
export function proposer(projection, echeance, maintenant) {
  const libres = touchables(projection, echeance, maintenant);
  return [
    raccourcir(libres, echeance),
    passer(libres, echeance, projection.etapes.length - 1),
    { genre: "tard", suffit: true, gestes: [] },
  ].filter(Boolean);
}

function raccourcir(libres, { minutes }) {
  const rangees = libres
    .filter((etape) => marge(etape) >= PAS)
    .sort((a, b) => enPause(a) - enPause(b) || marge(b) - marge(a));
  let reste = minutes;
  const gestes = [];
  for (const etape of rangees) {
    if (reste <= 0) break;
    const coupe = Math.min(arrondi(reste), Math.floor(marge(etape) / PAS) * PAS);
    gestes.push({ id: etape.sequence.id, titre: etape.sequence.titre, minutes: coupe, duree: etape.duree - coupe });
    reste -= coupe;
  }
  return gestes.length ? { genre: "raccourcir", suffit: reste <= 0, gestes } : null;
}

/** Ce que coûte de passer une séquence : son temps, et un quart d’heure de plus si quelque chose devait en sortir. */
const cout = ({ duree, sequence }) => duree + (sequence.livrable ? 15 : 0);

/** Une heure fixe ne se passe pas, quelqu’un attend ; ni la fin du jour, qui dit la suite. */
function passer(libres, { minutes }, derniere) {
  const [choisie] = libres
    .filter((etape) => etape.etat === "a-venir" && etape.rang !== derniere)
    .filter(
      (etape) => !etape.sequence.fixe && !enPause(etape) && etape.duree >= minutes && cout(etape) <= minutes + TROP,
    )
    .sort((a, b) => cout(a) - cout(b));
  if (!choisie) return null;
  const { sequence, duree } = choisie;
  return {
    genre: "passer",
    suffit: true,
    gestes: [{ id: sequence.id, titre: sequence.titre, minutes: duree, duree: 0 }],
  };
}
