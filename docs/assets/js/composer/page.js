// La page « Composer mon atelier » : un geste -> une composition -> le programme -> la page. Rien n’est envoyé.
import { charger } from "../charger.js";
import { element } from "../socle.js";
import { avertir, dire } from "./annonces.js";
import { Atelier } from "./atelier.js";
import { ecrireLien, porteUneComposition } from "./adresse.js";
import { Brouillons } from "./brouillons.js";
import { Contexte } from "./contexte.js";
import { CompositionRefusee, estDate, vide } from "./etat.js";
import { poser } from "./formes.js";
import * as gestes from "./gestes.js";
import { permettreDeGlisser } from "./glisser.js";
import { Jours } from "./jours.js";
import { ChoixDeMethode } from "./methodes.js";
import { accorder, typo } from "../francais.js";
import { offrirBrouillon, ouvrirAdresse, ouvrirLien } from "./ouverture.js";
import { copierLien, enregistrerFichier, lireFichier } from "./partage.js";
import { lireSaisie } from "./saisie.js";
import { Suivi, aAvancer } from "./suivi.js";

const page = document.querySelector("[data-composer]");
const trouver = (nom) => page.querySelector(`[data-${nom}]`);
const [bilan, departs, titre, sousTitre] = ["bilan", "departs", "champ=titre", "sous-titre"].map(trouver);
let atelier = null;
let choixDeMethode = null;

// --- peindre

const jours = new Jours(trouver("jours"));
const suivi = new Suivi(page);
const contexte = new Contexte(page, {
  changer: (champs, cle = null) => atelier?.changer(gestes.regler(atelier.composition, champs), { cle }),
  dater: (ancre, date) => {
    if (date === null || estDate(date))
      atelier?.changer(gestes.daterAncre(atelier.composition, ancre, date), { cle: `ancre ${ancre}` });
  },
});

function peindre({ composition, programme, kit, peutAnnuler, peutRefaire }, { force = false }) {
  jours.peindre(composition, programme, { force });
  contexte.peindre(composition, kit?.ancres ?? [], force);
  suivi.peindre(programme);
  poser(titre, composition.titre, force);
  const combien = programme.jours.reduce((n, jour) => n + jour.sequences.length, 0);
  const { lieu } = composition;
  sousTitre.textContent = [lieu?.nom, kit && typo(`d’après le kit « ${kit.titre} »`)].filter(Boolean).join(" · ");
  bilan.textContent = [
    accorder(programme.jours.length, "jour"),
    accorder(combien, "séquence"),
    programme.alertes.length ? accorder(programme.alertes.length, "alerte") : "aucune alerte",
  ].join(" · ");
  departs.hidden = combien > 0 || composition.kit !== null;
  for (const [geste, possible] of [
    ["annuler", peutAnnuler],
    ["refaire", peutRefaire],
  ]) {
    page.querySelector(`[data-geste=${geste}]`).setAttribute("aria-disabled", String(!possible));
  }
}

/** Met le focus sur une partie d’une carte, en vue. */
function viser(id, selecteur) {
  const carte = jours.carte(id);
  carte?.querySelector(selecteur)?.focus({ preventScroll: true });
  carte?.scrollIntoView({ block: "nearest" });
}

// --- les gestes

function ouvrirBrouillon({ id, composition, nom }) {
  atelier.ouvrir(composition, { id });
  avertir("");
  atelier.suivreAdresse();
  dire(`Brouillon ouvert : ${nom || "sans titre"}.`);
  titre.focus();
}

const fenetreBrouillons = new Brouillons(trouver("dialogue-brouillons"), {
  ouvrir: ouvrirBrouillon,
  dire,
  supprime: (id) => {
    if (id === atelier.brouillon) atelier.brouillon = null;
  },
});

/** Ajoute une séquence à un jour ; rend sa carte, ou rien quand le jour est plein. */
function ajouter(jour, modele) {
  const [composition, id] = gestes.inserer(atelier.composition, jour, modele);
  if (!id) {
    avertir("Ce jour est plein. Ajoutez un jour, ou retirez une séquence.");
    return null;
  }
  atelier.changer(composition, { mots: `Ajoutée. ${atelier.nouvelles(id, composition)}` });
  viser(id, "summary");
  return jours.carte(id);
}

function pousser(id, sens, noeud) {
  const composition = gestes.pousser(atelier.composition, id, sens);
  atelier.changer(composition, { mots: atelier.nouvelles(id, composition) });
  noeud.focus({ preventScroll: true });
  jours.carte(id).scrollIntoView({ block: "nearest" });
}

const DE_SEQUENCE = {
  monter: (id, noeud) => pousser(id, -1, noeud),
  descendre: (id, noeud) => pousser(id, 1, noeud),
  dupliquer: (id) => {
    const [composition, copie] = gestes.dupliquer(atelier.composition, id);
    if (!copie) return;
    atelier.changer(composition, { mots: `Copiée. ${atelier.nouvelles(copie, composition)}` });
    viser(copie, "[data-geste=dupliquer]");
  },
  retirer: (id) => {
    const { jour, rang, sequence } = gestes.situer(atelier.composition, id);
    const voisine = jour.sequences[rang + 1] ?? jour.sequences[rang - 1];
    atelier.changer(gestes.retirer(atelier.composition, id), {
      mots: `« ${sequence.titre || "Sans titre"} » retirée. Annuler la remet.`,
    });
    if (voisine) viser(voisine.id, "[data-geste=retirer]");
    else page.querySelector(`[data-jour="${jour.id}"] [data-geste=ajouter-methode]`).focus();
  },
};

const DE_JOUR = {
  "ajouter-methode": (jour) => choixDeMethode.ouvrir(jour, atelier.composition.participants),
  "ajouter-libre": (jour) => {
    const details = ajouter(jour, { titre: "Nouvelle séquence" })?.querySelector("details");
    if (details) details.open = true;
  },
  "ajouter-pause": (jour) => ajouter(jour, gestes.pause(15)),
  "ajouter-repas": (jour) => ajouter(jour, gestes.pause(60)),
  "jour-monter": (jour, noeud) => pousserJour(jour, -1, noeud),
  "jour-descendre": (jour, noeud) => pousserJour(jour, 1, noeud),
  "jour-retirer": (jour) => {
    atelier.changer(gestes.retirerJour(atelier.composition, jour), { mots: "Jour retiré. Annuler le remet." });
    page.querySelector("[data-geste=ajouter-jour]").focus();
  },
};

function pousserJour(jour, sens, noeud) {
  atelier.changer(gestes.pousserJour(atelier.composition, jour, sens), { mots: "Jour déplacé." });
  const visible = noeud.hidden ? noeud.parentElement.querySelector("button:not([hidden])") : noeud;
  visible?.focus();
}

const DE_PAGE = {
  annuler: () => atelier.annuler(),
  refaire: () => atelier.refaire(),
  imprimer: () => print(),
  animer: async () => location.assign(`animer/${await ecrireLien(atelier.composition)}`),
  brouillons: () => fenetreBrouillons.ouvrirFenetre(),
  nouveau: () => {
    trouver("dialogue-brouillons").close();
    atelier.ouvrir(vide());
    history.replaceState(null, "", location.pathname);
    dire("Composition vide.");
    titre.focus();
  },
  lien: async () => {
    const { mots, lien } = await copierLien(atelier.composition, { contact: trouver("contact-dans-lien").checked });
    const champ =
      lien &&
      element("input", "", {
        type: "text",
        readonly: "",
        value: lien,
        "aria-label": "Lien à copier",
        class: "composer__lien-a-copier",
      });
    avertir(mots, champ);
    champ?.select();
  },
  "ajouter-jour": () => {
    const [composition, id] = gestes.ajouterJour(atelier.composition);
    atelier.changer(composition, { mots: "Jour ajouté." });
    if (id) page.querySelector(`[data-jour="${id}"] [data-champ=jour-titre]`).focus();
  },
  "avancer-tout": () => {
    const rangs = atelier.programme.taches.filter(aAvancer).map(({ rang }) => rang);
    atelier.changer(gestes.avancerTaches(atelier.composition, rangs, true), {
      mots: `${accorder(rangs.length, "tâche avancée", "tâches avancées")} au jour ouvré précédent.`,
    });
    page.querySelector("#composer-retro").focus();
  },
};

function remedier(noeud) {
  const carte = noeud.closest("[data-sequence]");
  const jour = noeud.closest("[data-jour]");
  const composition = gestes.appliquer(atelier.composition, JSON.parse(noeud.dataset.remede), atelier.methodes);
  atelier.changer(composition, {
    mots: `${noeud.textContent} : fait. ${carte ? atelier.nouvelles(carte.dataset.sequence, composition) : ""}`,
  });
  (carte?.querySelector("summary") ?? jour.querySelector("input")).focus({ preventScroll: true });
}

function avancer(noeud) {
  const avance = noeud.dataset.geste === "avancer";
  atelier.changer(gestes.avancerTaches(atelier.composition, [Number(noeud.dataset.rang)], avance), {
    mots: avance ? "Tâche avancée au jour ouvré précédent." : "Tâche remise à sa date.",
  });
}

// Un kit fait plus de deux cents arrêts au clavier. L’adresse, elle, reste à la composition.
for (const saut of page.querySelectorAll("[data-saut]")) {
  saut.addEventListener("click", (clic) => {
    clic.preventDefault();
    const cible = page.querySelector(saut.hash);
    cible.focus({ preventScroll: true });
    cible.scrollIntoView({ block: "start" });
  });
}

async function ouvrirFichier(champ) {
  const [fichier] = champ.files;
  if (!fichier) return;
  try {
    atelier.ouvrir(await lireFichier(fichier));
    atelier.enregistrer();
    avertir("");
    dire(`Composition ouverte : ${atelier.composition.titre}.`);
    titre.focus();
  } catch (erreur) {
    if (!(erreur instanceof CompositionRefusee)) throw erreur;
    avertir(`${erreur.message} Rien n’a changé ici.`);
  }
  champ.value = "";
}

/** Écoute les gestes, une fois une composition ouverte : avant, ou si elle n’est pas venue, ils ne changent rien. */
function ecouter() {
  page.addEventListener("click", ({ target }) => {
    const noeud = target.closest("[data-geste]");
    if (!noeud || noeud.getAttribute("aria-disabled") === "true") return;
    const { geste } = noeud.dataset;
    if (geste === "remede") remedier(noeud);
    else if (geste === "avancer" || geste === "remettre") avancer(noeud);
    else if (Object.hasOwn(DE_SEQUENCE, geste))
      DE_SEQUENCE[geste](noeud.closest("[data-sequence]").dataset.sequence, noeud);
    else if (Object.hasOwn(DE_JOUR, geste)) DE_JOUR[geste](noeud.closest("[data-jour]").dataset.jour, noeud);
    else if (Object.hasOwn(DE_PAGE, geste)) DE_PAGE[geste]();
  });

  page.addEventListener("input", ({ target }) => {
    const heureDe = (id) => atelier.programme.jours.flatMap((jour) => jour.sequences).find((s) => s.id === id).debut;
    const lue = lireSaisie(atelier.composition, target, heureDe);
    if (lue)
      atelier.changer(lue.composition, {
        cle: lue.cle,
        mots: lue.sequence ? atelier.nouvelles(lue.sequence, lue.composition) : "",
      });
  });
  // Une date tapée au clavier « change » à chaque chiffre de son année (0002, 0020…) : la repeindre l’effacerait.
  const seTapeEncore = (saisie) => saisie.type === "date" && saisie === document.activeElement;
  for (const fin of ["change", "focusout"])
    page.addEventListener(fin, ({ target, type }) => {
      if (!target.matches("[data-champ], [data-nombre], [data-role]")) return;
      if (type === "focusout" ? target.type !== "date" : seTapeEncore(target)) return;
      atelier.clore();
      atelier.peindre({ force: true });
    });

  permettreDeGlisser(page, (id, jour, rang) => {
    const composition = gestes.deplacer(atelier.composition, id, jour, rang);
    atelier.changer(composition, { mots: atelier.nouvelles(id, composition) });
  });

  // Dans un champ, Ctrl+Z reste celui du champ.
  addEventListener("keydown", (touche) => {
    const ecrit = touche.target.matches?.("textarea, select, input:not([type=checkbox], [type=file])");
    if (
      ecrit ||
      document.querySelector("dialog[open]") ||
      !(touche.ctrlKey || touche.metaKey) ||
      touche.altKey ||
      touche.key.toLowerCase() !== "z"
    )
      return;
    touche.preventDefault();
    DE_PAGE[touche.shiftKey ? "refaire" : "annuler"]();
  });

  trouver("telecharger=json").addEventListener("click", () => dire(enregistrerFichier(atelier.composition)));
  const champFichier = trouver("ouvrir-fichier");
  champFichier.addEventListener("change", () => ouvrirFichier(champFichier));
  if (champFichier.files.length) ouvrirFichier(champFichier); // choisi pendant le chargement
}

// --- commencer

// Les documents viennent une fois la journée affichée, sans attendre qu’on les demande : la page doit servir hors
// ligne.
function preparerDepart() {
  const zone = trouver("emporter");
  const charger = () =>
    import("../emporter/index.js")
      .then(({ installer }) => {
        zone.hidden = false;
        installer(zone, () => atelier.programme);
      })
      .catch(() =>
        avertir("Les documents à emporter n’ont pas pu se charger. Vérifiez votre connexion, puis rechargez la page."),
      );
  if ("requestIdleCallback" in window) requestIdleCallback(charger, { timeout: 2000 });
  else setTimeout(charger, 300);
}

async function commencer() {
  try {
    atelier = new Atelier(await charger(new URL(page.dataset.donnees, location.href)), peindre);
    choixDeMethode = new ChoixDeMethode(trouver("dialogue-methodes"), atelier.donnees, (methode, jour) =>
      ajouter(jour, gestes.depuisMethode(methode)),
    );
    await ouvrirAdresse(atelier, page.dataset.dossier);
    ecouter();
    offrirBrouillon(trouver("brouillon-recent"), ouvrirBrouillon);
    addEventListener("hashchange", () => {
      if (porteUneComposition(location.hash)) ouvrirLien(atelier);
    });
    addEventListener("pagehide", () => atelier.quitter());
    page.hidden = false;
    if (atelier.place) scrollTo({ top: atelier.place, behavior: "instant" });
    preparerDepart();
  } catch (erreur) {
    page.hidden = false;
    page.classList.add("composer--en-panne");
    document.querySelector("[data-sans-script]").hidden = false;
    avertir("Le composeur n’a pas pu se charger. Vérifiez votre connexion, puis rechargez la page.");
    if (!(erreur instanceof TypeError) && !/^\d{3} /u.test(erreur.message)) throw erreur;
  }
}

commencer();
