// Les séances que garde ce navigateur. Chaque geste relit la mémoire avant d’écrire : deux onglets sur la même séance
// (la régie et la salle) ne s’écrasent pas.
import { ecrire, effacer, lire } from "../socle.js";
import { nouvelId } from "../composer/etat.js";
import { relire } from "./seance.js";

const CLE = "animer:seances";
const MAX_SEANCES = 20;
let secours = null; // quand le navigateur refuse d’écrire : la séance tient tant que la page est ouverte

const brutes = () => {
  const liste = secours ?? lire(CLE);
  return Array.isArray(liste) ? liste : [];
};

/** Les séances lisibles, la dernière ouverte d’abord. */
export const seances = () =>
  brutes()
    .map(relire)
    .filter(Boolean)
    .sort((a, b) => b.ouverte - a.ouverte);

export const laSeance = (id) => seances().find((seance) => seance.id === id) ?? null;
export const nouvelleSeance = () =>
  nouvelId(
    "a",
    brutes().map((brut) => String(brut?.id)),
  );

/** Garde une séance ; rend faux quand elle ne tient plus que dans cette page. */
export function garder(seance) {
  const liste = [seance, ...brutes().filter((brut) => brut?.id !== seance.id)].slice(0, MAX_SEANCES);
  if (ecrire(CLE, liste)) secours = null;
  else secours = liste;
  return !secours;
}

/** Oublie une séance, et jusqu’au nom de la liste quand c’était la dernière. */
export function oublier(id) {
  const reste = brutes().filter((brut) => brut?.id !== id);
  secours = null;
  if (reste.length) ecrire(CLE, reste);
  else effacer(CLE);
}

/** Appelle `fonction` quand un autre onglet a touché aux séances. */
export const ecouter = (fonction) =>
  addEventListener("storage", ({ key }) => {
    if (key === null || key.endsWith(CLE)) fonction();
  });
