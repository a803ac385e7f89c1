// Le script de toutes les pages : ce que chacune porte vient avec lui, le reste n’est demandé que là où il sert.
import "./echeance.js";
import "./entete.js";
import { ecrire, element, lire } from "./socle.js";

for (const noeud of document.querySelectorAll("[data-avec-script], [data-actions]")) noeud.hidden = false;

/**
 * Les gestes que leur module n’a pas encore accomplis : ceux d’une page quittée avant qu’il n’arrive s’accomplissent
 * sur la suivante, avant qu’elle ne montre la sélection. Une file : quitter deux pages de suite n’en perd aucun.
 */
const EN_ATTENTE = "selection-en-attente";
const enAttente = () => [lire(EN_ATTENTE) ?? []].flat().filter((geste) => typeof geste?.url === "string");
async function accomplir() {
  const { basculer } = await import("./selection.js");
  // Relus une fois le module là : chacun s’accomplit une fois, quelle que soit la page qui le fait.
  const gestes = enAttente();
  ecrire(EN_ATTENTE, null);
  for (const geste of gestes) basculer({ dataset: geste });
}
const rattrape = enAttente().length ? accomplir().catch(() => {}) : null; // sans réseau, ils attendent encore

/** Ce qu’une page contient -> ce qu’il lui faut. */
const USAGES = [
  ["[data-coches]", () => import("./cases.js")],
  ["[data-carte]", () => import("./carte.js")],
  [".texte details", () => import("./replis.js")],
  ["[data-comparer]", () => import("./comparer.js")],
  [
    "[data-adresse-perdue]",
    (champ) => {
      // Le dernier mot de l’adresse dit souvent ce qu’on y cherchait.
      champ.value = location.pathname
        .replace(/\/$/, "")
        .split("/")
        .pop()
        .replace(/[^a-z]+/g, " ")
        .slice(0, 60)
        .trim();
    },
  ],
  ["[data-page-trouver]", () => import("./recherche/page.js")],
  ["[data-orientation]", () => import("./orientation/page.js")],
  ["[data-commune]", () => import("./commune/page.js")],
  ["[data-fiche-d-appels]", () => import("./commune/fiche_d_appels.js")],
  [
    ".accueil .chercher",
    (formulaire) => {
      const offrir = async () => (await import("./commune/offre.js")).offrir(formulaire);
      // Rien avant l’usage : les lieux ne viennent qu’à qui entre dans le champ, ou y est déjà.
      if (formulaire.contains(document.activeElement)) offrir();
      else formulaire.addEventListener("focusin", offrir, { once: true });
    },
  ],
  ["[data-formulaire]", () => import("./formulaire/page.js")],
  ["[data-signalement]", () => import("./formulaire/signalement.js")],
  [
    "[data-composer]",
    () => {
      document.querySelector("[data-sans-script]").hidden = true; // le composeur prend la place de ce texte
      return import("./composer/page.js");
    },
  ],
  [
    "[data-animer]",
    () => {
      document.querySelector("[data-sans-script]").hidden = true;
      return import("./animer/page.js");
    },
  ],
  [
    "[data-page-selection]",
    async (page) => {
      await rattrape;
      const [{ afficher }, { dresser }] = await Promise.all([import("./selection.js"), import("./selection/page.js")]);
      dresser(page, afficher);
    },
  ],
];
const demandes = USAGES.map(([contenu, demander]) => [document.querySelector(contenu), demander])
  .filter(([noeud]) => noeud)
  .map(([noeud, demander]) => demander(noeud));
// Qui agit par programme sur la page (une extension, un essai) sait ainsi quand ses gestes seront entendus.
Promise.allSettled(demandes).then(() => (document.documentElement.dataset.pret = ""));

// ---- La commune du lecteur fait de « votre DDT(M) » le bon service ; sans elle, la page demande laquelle, sans rien
// charger.
const renvoi = document.querySelector('main :is(p, dd, li) > a[href$="partenaires/ddt-m/"]');
if (lire("commune")) import("./commune/votre_service.js");
else if (renvoi && !document.querySelector("[data-votre-service]")) {
  const href = renvoi.getAttribute("href").replace("partenaires/ddt-m/", "ma-commune/");
  renvoi.after(" (", element("a", "quelle commune\u202F?", { href, "data-du-script": "" }), ")");
}

// ---- « Ma sélection » : qui n’en a pas ne charge rien avant d’approcher d’un bouton.
const selection = () => import("./selection.js");
if (lire("selection")) selection();
addEventListener("storage", () => selection(), { once: true });

async function basculer(bouton) {
  const { type, titre, url } = bouton.dataset;
  // Gardé ici, le geste n’est pas perdu si l’on quitte la page avant l’arrivée du module ; réessayé, il ne compte
  // qu’une fois.
  const garde = ecrire(EN_ATTENTE, [...enAttente().filter((geste) => geste.url !== url), { type, titre, url }]);
  if (garde) await accomplir();
  else (await selection()).basculer(bouton);
}
for (const bouton of document.querySelectorAll("[data-selection]")) {
  for (const approche of ["pointerenter", "focus"])
    bouton.addEventListener(approche, () => selection().catch(() => {}), { once: true });
  bouton.addEventListener("click", async () => {
    try {
      await basculer(bouton);
    } catch {
      bouton.querySelector("[data-mot]").textContent = "Réseau absent\u202F: réessayez";
    }
  });
}
