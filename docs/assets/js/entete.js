// En-tête : thème, menu du téléphone ; sommaire : rubrique en cours, feuillet du téléphone.
import { element } from "./socle.js";

for (const noeud of document.querySelectorAll("[data-avec-script], [data-actions]")) noeud.hidden = false;

// ---- Material change de page sur une seule lettre (n, p, virgule, point) : un geste qu’on fait sans le vouloir.
addEventListener("keydown", (touche) => {
  if (["n", "p", ",", "."].includes(touche.key)) touche.stopPropagation();
}, { capture: true });

// ---- Thème : le bouton passe la main aux boutons radio de la palette de Material, qui retient le choix.
const bascule = document.querySelector("[data-bascule-theme]");
const choix = [...document.querySelectorAll('[data-md-component="palette"] input')];
if (bascule && choix.length === 2) {
  const sombre = () => document.body.dataset.mdColorScheme === "slate";
  const nommer = () => {
    bascule.querySelector("span").textContent = sombre() ? "Passer au thème clair" : "Passer au thème sombre";
  };
  bascule.hidden = false;
  bascule.addEventListener("click", () => {
    choix.find((radio) => radio.dataset.mdColorScheme === (sombre() ? "default" : "slate")).click();
    nommer();
  });
  new MutationObserver(nommer).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  nommer();
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

// ---- Sommaire : la rubrique en cours est la dernière dont le titre a passé le haut de la fenêtre.
const sommaire = document.querySelector("[data-sommaire]");
const liens = sommaire ? [...sommaire.querySelectorAll('a[href^="#"]')] : [];
const titres = liens.map((lien) => document.getElementById(decodeURIComponent(lien.hash.slice(1))));
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
  addEventListener("scroll", () => {
    if (prevu) return;
    prevu = true;
    requestAnimationFrame(() => {
      prevu = false;
      situer();
    });
  }, { passive: true });
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
