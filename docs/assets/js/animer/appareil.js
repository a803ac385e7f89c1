// Ce que l’appareil peut faire pour la salle : rester allumé, sonner, vibrer, s’ouvrir en grand. Chacun peut manquer.
import { ecrire, lire } from "../socle.js";

const CLE = "animer:reglages";
const DEFAUT = { son: false, vibration: true };

export const reglages = () => {
  const gardes = lire(CLE) ?? {};
  return Object.fromEntries(
    Object.entries(DEFAUT).map(([nom, defaut]) => [nom, typeof gardes[nom] === "boolean" ? gardes[nom] : defaut]),
  );
};
export const regler = (nom, vaut) => ecrire(CLE, { ...reglages(), [nom]: vaut });

/** Garde l’écran allumé tant que `voulu()` est vrai ; l’appareil lâche le verrou dès que la page est cachée. */
export function resterAllume(voulu, dire) {
  let verrou = null;
  const prendre = async () => {
    if (!voulu() || document.visibilityState !== "visible" || (verrou && !verrou.released)) return;
    try {
      verrou = await navigator.wakeLock.request("screen");
      dire(true);
    } catch {
      dire(false); // appareil ancien, ou batterie trop basse
    }
  };
  document.addEventListener("visibilitychange", prendre);
  return {
    prendre,
    lacher: () => verrou?.release().catch(() => {}),
  };
}

let audio = null;

/** Deux notes brèves ; le premier appel suit un geste, sans quoi le navigateur se tait. */
function sonner() {
  try {
    audio ??= new AudioContext();
    for (const [rang, hauteur] of [660, 880].entries()) {
      const note = audio.createOscillator();
      const volume = audio.createGain();
      const debut = audio.currentTime + rang * 0.25;
      note.frequency.value = hauteur;
      volume.gain.setValueAtTime(0.2, debut);
      volume.gain.exponentialRampToValueAtTime(0.001, debut + 0.22);
      note.connect(volume).connect(audio.destination);
      note.start(debut);
      note.stop(debut + 0.24);
    }
  } catch {
    // pas de son sur cet appareil
  }
}

/** Prévient sans mots, comme les réglages le veulent. */
export function alerter() {
  const { son, vibration } = reglages();
  if (son) sonner();
  if (vibration && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([200, 100, 200]);
}

/** Passe en plein écran, ou en sort. */
export async function pleinEcran() {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  } catch {
    // refusé : la page occupe déjà tout ce qu’elle peut
  }
}
