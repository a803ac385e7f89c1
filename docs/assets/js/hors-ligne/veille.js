// Sur toutes les pages, une fois chargées et au repos : inscrire le script qui garde la copie, dire l’état au pied de
// la page, annoncer la copie qu’on lit et les nouvelles versions. Rien ne se recharge sans qu’on le demande.
import * as appareil from "./copie.js";

const pied = document.querySelector("[data-hors-ligne]");
const page = document.querySelector("[data-page-hors-ligne]");
const DEMI_HEURE = 30 * 60_000;
const recharger = ["Recharger", () => location.reload()];
const bandeau = () => import("./bandeau.js");
const montrer = async (...message) => (await bandeau()).montrer(...message);
const ignorer = ["Plus tard", async () => (await bandeau()).fermer()];

let copie = document.documentElement.dataset.copie ?? "";
/** Vrai tant que la version trouvée est celle d’où vient cette page, tout juste lue sur le réseau. */
let pageFraiche = !copie;
let verifiee = 0;

function direCopie() {
  const date = appareil.jour(copie);
  const quand = date ? ` du ${date}` : "";
  montrer(
    navigator.onLine
      ? `Vous lisez la copie${quand}\u00A0: le site n’a pas répondu à temps.`
      : `Vous lisez la copie${quand}, hors connexion.`,
    ...(navigator.onLine ? [["Réessayer", recharger[1]]] : []),
  );
}

function direNouvelle() {
  if (pageFraiche) return;
  montrer("Une nouvelle version de cette page est disponible.", recharger, ignorer);
}

/** Ce que le pied de page dit de la copie, en une ligne. */
function motDuPied(etat) {
  if (appareil.refusee()) return "";
  const essentiel = etat?.bilan?.essentiel;
  const tout = etat?.bilan?.tout;
  if (!essentiel) return "";
  const date = appareil.jour(etat.confirmee);
  if (essentiel.gardes < essentiel.fichiers) {
    if (essentiel.gardes + essentiel.perimes === essentiel.fichiers)
      return "Disponible hors ligne, dans une copie à mettre à jour.";
    return appareil.limitee()
      ? `Pas encore disponible hors ligne (${appareil.taille(essentiel.octets)} à garder).`
      : "Bientôt disponible hors ligne…";
  }
  return tout.gardes === tout.fichiers
    ? `Tout le site est disponible hors ligne, copie du ${date}.`
    : `Disponible hors ligne\u00A0: kits, méthodes, atelier et recherche, copie du ${date}.`;
}

async function direPied() {
  const mot = motDuPied(await appareil.lireEtat().catch(() => null));
  pied.hidden = !mot;
  pied.textContent = mot;
}

/** Garde la suite sans bruit, si rien ne s’y oppose : la première fois l’essentiel, ensuite ce qui a changé. */
async function garderLaSuite() {
  const etat = await appareil.lireEtat();
  if (appareil.limitee() || !navigator.onLine || document.visibilityState === "hidden") return;
  const { essentiel } = etat?.bilan ?? {};
  const voulus = ["coquille", ...(etat?.lots ?? [])].map((lot) => etat?.bilan?.[lot]).filter(Boolean);
  if (!essentiel || essentiel.gardes < essentiel.fichiers || voulus.some((lot) => lot.gardes < lot.fichiers)) {
    await appareil.demander("garder", { lots: ["essentiel"], discret: true });
  }
}

/** Demande au serveur s’il a une version plus récente ; sinon la copie est celle d’aujourd’hui. */
async function verifier(inscription) {
  if (!navigator.onLine) return;
  verifiee = Date.now();
  try {
    await inscription.update();
    if (!inscription.installing && !inscription.waiting) {
      pageFraiche = false;
      await appareil.demander("confirmer");
    }
  } catch {
    // Le serveur ne répond pas : la copie reste à sa date.
  }
}

function surveiller(inscription) {
  const { serviceWorker } = navigator;
  let suivi = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("controllerchange", () => {
    if (suivi && serviceWorker.controller) direNouvelle();
    suivi = true;
    pageFraiche = false;
  });
  appareil.ecouter((message) => {
    if (message.quoi === "copie" && !copie) {
      copie = message.jour;
      pageFraiche = false;
      direCopie();
    }
    if (["prete", "fini", "arret"].includes(message.quoi)) direPied();
    if (message.quoi === "prete") garderLaSuite();
  });
  addEventListener("online", () => {
    if (copie) montrer("La connexion est revenue. Cette page est encore la copie gardée.", recharger, ignorer);
    verifier(inscription);
  });
  addEventListener("offline", () => copie && direCopie());
  const reverifier = () => {
    if (document.visibilityState === "visible" && Date.now() - verifiee >= DEMI_HEURE) verifier(inscription);
  };
  document.addEventListener("visibilitychange", reverifier);
  setInterval(reverifier, DEMI_HEURE);
}

async function veiller() {
  if (copie) direCopie();
  if (page) import("./page.js").then((module) => module.dresser(page));
  const kit = document.querySelector("[data-garder-kit]");
  if (!appareil.possible) return;
  if (kit) import("./kit.js").then((module) => module.dresser(kit));
  if (!pied) {
    // « make serve », ou un site qui a renoncé à la copie : ce qui resterait d’une autre fois s’en va.
    await appareil.retirerTout({ retenir: false });
    return;
  }
  if (appareil.refusee()) return;
  const inscription = await appareil.inscrire();
  if (!inscription) return;
  surveiller(inscription);
  await navigator.serviceWorker.ready;
  await verifier(inscription);
  await garderLaSuite();
  await direPied();
}

veiller();
