// En-tête : thème, menu du téléphone, recherche ; sommaire : rubrique en cours, feuillet du téléphone.
import { element, phraseDePanne, reessayer } from "./socle.js";

// ---- Thème : posé avant le premier dessin (theme/partials/theme.html) ; le bouton le change, et le choix se garde.
const bascule = document.querySelector("[data-bascule-theme]");
const CLAIR = "default";
const SOMBRE = "slate";

function teinter(theme) {
  document.body.dataset.mdColorScheme = theme;
  bascule.querySelector("span").textContent = theme === SOMBRE ? "Passer au thème clair" : "Passer au thème sombre";
  const fond = getComputedStyle(document.body).getPropertyValue("--feuille").trim();
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = fond;
}

if (bascule) {
  bascule.hidden = false;
  bascule.addEventListener("click", () => {
    const theme = document.body.dataset.mdColorScheme === SOMBRE ? CLAIR : SOMBRE;
    teinter(theme);
    try {
      localStorage.setItem("accompagner:theme", theme);
    } catch {
      // Mémoire refusée ou pleine : le choix ne vaut que pour cette page.
    }
  });
  teinter(document.body.dataset.mdColorScheme);
}

// ---- Menu du téléphone : un <details> ; Échap ou un clic ailleurs le referme.
const menu = document.querySelector(".menu");
if (menu) {
  document.addEventListener("keydown", (touche) => {
    if (touche.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  // Sorti au clavier, le foyer passerait sous le panneau resté ouvert.
  for (const geste of ["click", "focusin"]) {
    document.addEventListener(geste, ({ target }) => {
      if (!menu.contains(target)) menu.open = false;
    });
  }
}

// ---- Recherche : le bouton et les raccourcis. La boîte et le moteur ne sont demandés qu’au premier emploi.
const boite = document.querySelector("[data-recherche]");
const bouton = document.querySelector("[data-ouvre-recherche]");
if (boite && bouton && "showModal" in boite) {
  document.querySelector("[data-recherche-sans-script]")?.remove();
  bouton.hidden = false;
  let chargee;
  const champ = boite.querySelector("input");
  const charger = () => {
    chargee ??= import("./recherche/boite.js").then((module) => module.animer(boite));
    // Le formulaire mène encore à « Trouver » ; la frappe, ou le retour de la connexion, réessaient.
    chargee.catch(() => {
      chargee = undefined;
      boite.querySelector("[data-etat]").textContent = phraseDePanne();
      reessayer(() => boite.open && charger());
    });
  };
  champ.addEventListener("input", () => {
    if (!chargee) charger();
  });

  const ouvrir = () => {
    // Sur « Trouver », le champ de la page est la recherche : une seconde boîte par-dessus ferait double emploi.
    const ici = document.querySelector('[data-page-trouver] input[name="q"]');
    if (ici) {
      ici.focus();
      ici.select();
      return;
    }
    if (boite.open) return;
    boite.showModal();
    champ.select();
    charger();
  };

  /** Vrai si la touche s’adresse à ce qu’on est en train de remplir. */
  const enSaisie = (cible) =>
    cible instanceof Element &&
    cible.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  bouton.addEventListener("click", ouvrir);
  // Dès maintenant : sur un réseau lent, la boîte s’ouvre avant que son module n’arrive, et doit pouvoir se refermer.
  boite.querySelector("[data-ferme]").addEventListener("click", () => boite.close());
  boite.addEventListener("click", (clic) => {
    if (clic.target === boite) boite.close();
  });
  document.addEventListener("keydown", (touche) => {
    const barre =
      touche.key === "/" && !touche.ctrlKey && !touche.metaKey && !touche.altKey && !enSaisie(touche.target);
    const commande =
      touche.key.toLowerCase() === "k" && (touche.ctrlKey || touche.metaKey) && !touche.altKey && !touche.shiftKey;
    if (!(barre || commande) || document.querySelector("dialog[open]")) return;
    touche.preventDefault();
    ouvrir();
  });
}

// ---- Sommaire : la rubrique en cours est la dernière dont le titre a passé le haut de la fenêtre.
const sommaire = document.querySelector("[data-sommaire]");
const liens = sommaire ? [...sommaire.querySelectorAll('a[href^="#"]')] : [];
// Une partie repliée n’a pas de place ; la ligne qui l’ouvre en a une.
const titres = liens.map((lien) => {
  const cible = document.getElementById(decodeURIComponent(lien.hash.slice(1)));
  return cible?.closest("details") ?? cible;
});
function situer() {
  const seuil = innerHeight * 0.25;
  let rang = titres.findLastIndex((titre) => titre && titre.getBoundingClientRect().top < seuil);
  if (innerHeight + scrollY >= document.documentElement.scrollHeight - 2) rang = titres.length - 1;
  liens.forEach((lien, i) => {
    if (i === Math.max(rang, 0)) lien.setAttribute("aria-current", "true");
    else lien.removeAttribute("aria-current");
  });
}
if (liens.length) {
  let prevu = false;
  addEventListener(
    "scroll",
    () => {
      if (prevu) return;
      prevu = true;
      requestAnimationFrame(() => {
        prevu = false;
        situer();
      });
    },
    { passive: true },
  );
  situer();
}

// ---- Feuillet : sur téléphone, « Sommaire » s’ouvre en bas de l’écran au lieu de renvoyer en fin de page.
const ouvre = document.querySelector("[data-ouvre-sommaire]");
if (ouvre && sommaire && "showModal" in HTMLDialogElement.prototype) {
  const feuillet = element("dialog", "", { class: "feuillet", "aria-label": "Sommaire" });
  const fermer = element("button", "Fermer", { type: "button", class: "bouton bouton--second feuillet__fermer" });
  const copie = sommaire.cloneNode(true);
  copie.removeAttribute("id");
  copie.setAttribute("aria-label", "Sur cette page, sommaire");
  copie.removeAttribute("aria-labelledby");
  for (const noeud of copie.querySelectorAll("[id]")) noeud.removeAttribute("id");
  fermer.addEventListener("click", () => feuillet.close());
  feuillet.addEventListener("click", (clic) => {
    if (clic.target === feuillet || clic.target.closest("a")) feuillet.close();
  });
  feuillet.append(fermer, copie);
  sommaire.closest(".page").append(feuillet);
  ouvre.addEventListener("click", (clic) => {
    clic.preventDefault();
    feuillet.showModal();
  });
}

// ---- Hors ligne : rien avant que la page soit chargée et au repos ; tout de suite pour une page lue dans la copie,
// qui doit le dire, et pour la page qui en parle. Sans l’attribut du pied de page (« make serve »), il ne reste qu’à
// défaire.
const veiller = () => import("./hors-ligne/veille.js").catch(() => {});
if (document.documentElement.dataset.copie || document.querySelector("[data-page-hors-ligne]")) veiller();
else if (document.querySelector("[data-hors-ligne]") || navigator.serviceWorker?.controller) {
  const auRepos = () =>
    (globalThis.requestIdleCallback ?? setTimeout)(veiller, globalThis.requestIdleCallback ? { timeout: 8000 } : 2000);
  const bientot = () => setTimeout(auRepos, 1500);
  if (document.readyState === "complete") bientot();
  else addEventListener("load", bientot, { once: true });
}
