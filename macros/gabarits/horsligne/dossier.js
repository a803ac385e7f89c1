// Le site ouvert depuis un dossier : thème, menu, impression, cases à cocher, recherche dans les titres. Un seul script
// classique, car un navigateur n’y charge aucun module ; rien n’est demandé au réseau.
(function () {
  "use strict";
  const racine = new URL(document.currentScript.dataset.racine, location.href);
  const prefixe = `accompagner:dossier:${racine.pathname}:`;
  const memoire = {
    lire(cle) {
      try {
        return JSON.parse(localStorage.getItem(prefixe + cle));
      } catch {
        return null;
      }
    },
    ecrire(cle, valeur) {
      try {
        localStorage.setItem(prefixe + cle, JSON.stringify(valeur));
      } catch {
        // Mémoire refusée : le choix ne vaut que pour cette page.
      }
    },
  };
  document.documentElement.classList.replace("no-js", "js");

  // ---- Thème
  const poserTheme = (sombre) => {
    document.body.dataset.mdColorScheme = sombre ? "slate" : "default";
  };
  const estSombre = () => document.body.dataset.mdColorScheme === "slate";
  poserTheme(memoire.lire("sombre") ?? matchMedia("(prefers-color-scheme: dark)").matches);
  const bascule = document.querySelector("[data-bascule-theme]");
  if (bascule) {
    const nommer = () => {
      bascule.querySelector("span").textContent = estSombre() ? "Passer au thème clair" : "Passer au thème sombre";
    };
    bascule.hidden = false;
    bascule.addEventListener("click", () => {
      poserTheme(!estSombre());
      memoire.ecrire("sombre", estSombre());
      nommer();
    });
    nommer();
  }

  // ---- Menu du téléphone
  const menu = document.querySelector(".menu");
  if (menu) {
    document.addEventListener("keydown", (touche) => {
      if (touche.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  // ---- Impression : les boutons qui impriment se montrent, ceux qui demandent le site en ligne restent cachés.
  for (const bouton of document.querySelectorAll("[data-imprimer]")) {
    bouton.addEventListener("click", () => print());
    const rang = bouton.closest("li");
    if (rang) rang.hidden = false;
    const liste = bouton.closest("[data-actions]");
    if (!liste) continue;
    liste.hidden = false;
    for (const autre of liste.querySelectorAll("li")) autre.hidden = !autre.contains(bouton);
  }
  for (const date of document.querySelectorAll("[data-date-imprimee]")) {
    date.textContent = `imprimé le ${new Intl.DateTimeFormat("fr-FR", { dateStyle: "long" }).format(new Date())}`;
  }

  // ---- Cases à cocher
  for (const liste of document.querySelectorAll("[data-coches]")) {
    const cle = `coches:${new URL(liste.dataset.de ?? "", location).pathname}:${liste.dataset.coches}`;
    const cases = [...liste.querySelectorAll('input[type="checkbox"]')];
    const nom = (boite) => boite.closest("label").textContent.replace(/\s+/g, " ").trim();
    const lues = memoire.lire(cle);
    const cochees = new Set(Array.isArray(lues) ? lues : []);
    for (const boite of cases) boite.checked = cochees.has(nom(boite));
    liste.addEventListener("change", () => memoire.ecrire(cle, cases.filter((boite) => boite.checked).map(nom)));
  }

  // ---- Recherche dans les titres : la page « Trouver », avec titres.js
  const champ = document.querySelector("#trouver-q");
  const resultats = document.querySelector("[data-resultats]");
  if (!champ || !resultats || !window.TITRES) return;
  const plier = (mots) =>
    mots
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .toLowerCase()
      .replace(/œ/g, "oe")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const pages = window.TITRES.map(([titre, resume, adresse]) => ({
    titre,
    resume,
    adresse,
    cle: ` ${plier(titre)}`,
    texte: ` ${plier(resume)}`,
  }));
  const formulaire = champ.form;
  formulaire.removeAttribute("data-avec-moteur"); // ce champ n’attend pas le moteur du site en ligne
  const compte = document.createElement("p");
  compte.setAttribute("role", "status");
  const liste = document.createElement("ul");
  liste.setAttribute("aria-label", "Pages trouvées");
  liste.className = "liens-inverses";
  formulaire.after(compte, liste);

  const note = (page, mots) => {
    if (!mots.every((mot) => page.cle.includes(mot) || page.texte.includes(mot))) return 0;
    return mots.reduce((somme, mot) => somme + (page.cle.includes(` ${mot}`) ? 3 : page.cle.includes(mot) ? 2 : 1), 0);
  };

  function chercher() {
    const mots = plier(champ.value).split(" ").filter(Boolean);
    resultats.hidden = mots.length > 0;
    liste.replaceChildren();
    compte.textContent = "";
    if (!mots.length) return;
    const trouvees = pages
      .map((page) => ({ page, note: note(page, mots) }))
      .filter((p) => p.note)
      .sort((a, b) => b.note - a.note || a.page.titre.localeCompare(b.page.titre, "fr"));
    compte.textContent =
      trouvees.length === 0
        ? "Aucun titre ne contient ces mots. Essayez un mot plus court, ou effacez le champ pour revoir la " +
          "liste complète."
        : trouvees.length === 1
          ? "1 page trouvée."
          : `${trouvees.length} pages trouvées.`;
    for (const { page } of trouvees.slice(0, 100)) {
      const rang = document.createElement("li");
      const lien = document.createElement("a");
      lien.href = new URL(page.adresse, racine).href;
      lien.textContent = page.titre;
      rang.append(lien);
      liste.append(rang);
    }
  }

  champ.value = new URLSearchParams(location.search).get("q") ?? "";
  champ.addEventListener("input", chercher);
  formulaire.addEventListener("submit", (envoi) => {
    envoi.preventDefault();
    chercher();
  });
  chercher();
})();
