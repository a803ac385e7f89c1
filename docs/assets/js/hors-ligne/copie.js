// La copie que garde l’appareil, vue d’une page : inscrire le script qui la tient (sw.js), lui demander, l’entendre,
// le retirer ; puis les jours, les tailles et les raisons, tels que les pages les disent. Un seul fichier, pour ne
// coûter qu’une demande de plus.
import { ecrire, lire, racine } from "../socle.js";

const RESERVE = `hors-ligne:${racine.pathname}`;
const ETAT = new URL(".hors-ligne/etat", racine).href;

/** Vrai quand ce navigateur peut garder une copie, à cette adresse. */
export const possible = isSecureContext && "serviceWorker" in navigator && "caches" in globalThis;

/** Vrai quand le lecteur a retiré la copie : on ne la refait pas sans qu’il le demande. */
export const refusee = () => lire("hors-ligne")?.refus === true;

/** Vrai quand la connexion est lente, comptée ou économe : rien ne se télécharge alors sans demande. */
export function limitee() {
  const connexion = navigator.connection;
  if (matchMedia("(prefers-reduced-data: reduce)").matches) return true;
  if (!connexion) return false;
  return (
    Boolean(connexion.saveData) ||
    connexion.type === "cellular" ||
    ["slow-2g", "2g", "3g"].includes(connexion.effectiveType)
  );
}

/** L’état de la copie, tel que le script l’a écrit : { version, confirmee, lots, bilan } ; nul s’il n’y en a pas. */
export async function lireEtat() {
  const reponse = await caches.match(ETAT, { cacheName: RESERVE });
  return reponse ? reponse.json() : null;
}

/** Inscrit le script, ou retrouve son inscription. Nul quand le navigateur refuse. */
export async function inscrire() {
  try {
    const inscription = await navigator.serviceWorker.register(new URL("sw.js", racine), {
      scope: racine.pathname,
      updateViaCache: "none",
    });
    return inscription ?? null;
  } catch {
    return (await navigator.serviceWorker.getRegistration(racine).catch(() => null)) ?? null;
  }
}

async function actif() {
  const inscription = await inscrire();
  if (!inscription) return null;
  return inscription.active ?? (await navigator.serviceWorker.ready).active;
}

/** Demande un geste au script. Rend faux quand il n’y a personne à qui le demander. */
export async function demander(geste, suite = {}) {
  const script = await actif();
  script?.postMessage({ geste, ...suite });
  return Boolean(script);
}

/** Entend ce que dit le script : progrès, fin, arrêt, page ou donnée servie par la copie. */
export function ecouter(suivre) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.horsLigne) suivre(data.horsLigne);
  });
}

/** Accepte de nouveau une copie, après un retrait. */
export const accepter = () => ecrire("hors-ligne", {});

/** Retire tout : le script, la copie, et l’envie de la refaire. */
export async function retirerTout({ retenir = true } = {}) {
  if (retenir) ecrire("hors-ligne", { refus: true });
  const inscription = await navigator.serviceWorker.getRegistration(racine);
  if (inscription?.scope === racine.href) await inscription.unregister();
  await caches.delete(RESERVE);
}

// ---- Les mots
const JOUR = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric" });
const NOMBRE = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 });
const INSECABLE = "\u00A0";

/**
 * « 2026-11-22T09:00:00Z » -> « 22 novembre 2026 », en un seul morceau, au jour de l’appareil ; vide si ce n’est
 * pas une date.
 */
export function jour(iso) {
  const date = new Date(iso ?? "");
  return Number.isNaN(date.getTime()) ? "" : JOUR.format(date).replace(/^1 /, "1er ").replaceAll(" ", INSECABLE);
}

/** 7 340 000 -> « 7,3 Mo » ; jamais « 0 Mo » pour ce qui existe. */
export function taille(octets) {
  if (octets < 100_000) return `${Math.max(1, Math.round(octets / 1000))}${INSECABLE}ko`;
  return `${NOMBRE.format(octets / 1_000_000)}${INSECABLE}Mo`;
}

/** Ce qui a arrêté un téléchargement, et ce qu’on peut faire. */
export function raison({ raison: motif, manque }) {
  if (motif === "quota") {
    return (
      `Il manque de la place sur cet appareil${manque ? ` (environ ${taille(manque)})` : ""}. ` +
      `Libérez-en, ou gardez moins de choses${INSECABLE}: ce qui était gardé l’est encore.`
    );
  }
  if (motif === "reseau")
    return "Le réseau s’est interrompu. Ce qui est arrivé est gardé\u202F; la suite reprendra de là.";
  if (motif === "autre-contenu" || motif === "publication") {
    return (
      "Le site est en cours de publication, ou le réseau modifie les pages. Ce qui ne correspondait pas " +
      "n’a pas été gardé\u202F; réessayez dans quelques minutes."
    );
  }
  return "Le navigateur a refusé de garder la copie. La navigation privée l’interdit souvent.";
}
