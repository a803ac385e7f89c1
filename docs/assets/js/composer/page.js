// La page « Composer mon atelier » : un geste -> une composition -> le programme -> la page. Rien n’est envoyé.
import { element } from "../socle.js";
import { icone } from "../recherche/commun.js";
import { calculer } from "./agenda.js";
import { abreger, ecrireLien, lireLien, porteUneComposition } from "./adresse.js";
import { Brouillons } from "./brouillons.js";
import { horaire } from "./carte.js";
import { Contexte } from "./contexte.js";
import { CompositionRefusee, estDate, valider, vide } from "./etat.js";
import * as gestes from "./gestes.js";
import { permettreDeGlisser } from "./glisser.js";
import { Jours } from "./jours.js";
import { Pas, brouillons, garder, nouveauBrouillon } from "./memoire.js";
import { ChoixDeMethode } from "./methodes.js";
import { accorder, heure, typo } from "./mots.js";
import { copierLien, enregistrerFichier, lireFichier } from "./partage.js";
import { lireSaisie } from "./saisie.js";
import { Suivi } from "./suivi.js";

const page = document.querySelector("[data-composer]");
const trouver = (nom) => page.querySelector(`[data-${nom}]`);
const [note, annonce, bilan, departs, titre, sousTitre] = ["note", "annonce", "bilan", "departs", "champ=titre", "sous-titre"].map(trouver);
const contactDansLien = trouver("contact-dans-lien");
const jours = new Jours(trouver("jours"));
const suivi = new Suivi(page);
let pas = new Pas(vide());
let donnees = null;
let methodes = new Map();
let programme = null;
let brouillon = null; // identifiant du brouillon où cette composition est gardée
let tourDuLien = 0;

// --- dire

function avertir(mots, suite = null) {
  note.hidden = !mots;
  const texte = element("p", typo(mots));
  if (suite) texte.append(" ", suite);
  note.replaceChildren(...(mots ? [icone("alerte"), texte] : []));
}

function dire(mots) {
  annonce.textContent = typo(mots);
}

const differer = (attente, fonction) => {
  let minuterie;
  const lancer = (...valeurs) => {
    clearTimeout(minuterie);
    minuterie = setTimeout(fonction, attente, ...valeurs);
  };
  lancer.oublier = () => clearTimeout(minuterie);
  return lancer;
};
const direBientot = differer(700, dire);

// --- peindre, garder

function peindre(options = {}) {
  const composition = pas.composition;
  programme = calculer(composition, donnees);
  jours.peindre(composition, programme, options);
  contexte.peindre(composition, donnees.kits.find(({ id }) => id === composition.kit)?.ancres ?? [], options.force);
  suivi.peindre(programme);
  if (titre.value !== composition.titre && (options.force || titre !== document.activeElement)) titre.value = composition.titre;
  const sequences = programme.jours.flatMap((jour) => jour.sequences);
  sousTitre.textContent = typo([composition.lieu?.nom, composition.kit && `d’après le kit « ${donnees.kits.find(({ id }) => id === composition.kit)?.titre ?? composition.kit} »`].filter(Boolean).join(" · "));
  bilan.textContent = [accorder(programme.jours.length, "jour"), accorder(sequences.length, "séquence"), programme.alertes.length ? accorder(programme.alertes.length, "alerte") : "aucune alerte"].join(" · ");
  departs.hidden = sequences.length > 0 || composition.kit !== null;
  for (const [geste, possible] of [["annuler", pas.peutAnnuler], ["refaire", pas.peutRefaire]]) {
    page.querySelector(`[data-geste=${geste}]`).setAttribute("aria-disabled", String(!possible));
  }
}

function enregistrer() {
  enregistrerBientot.oublier();
  brouillon ??= nouveauBrouillon();
  if (!garder(brouillon, pas.composition)) avertir("Votre navigateur ne garde pas ce brouillon. Copiez le lien ou enregistrez le fichier pour ne rien perdre.");
  suivreAdresse();
}
const enregistrerBientot = differer(400, enregistrer);

/** L’adresse dit toujours la composition du moment, sans le contact. */
async function suivreAdresse() {
  const mien = ++tourDuLien;
  const fragment = await ecrireLien(pas.composition);
  if (mien === tourDuLien) history.replaceState({ brouillon }, "", location.pathname + fragment);
}

/** Adopte une composition ; deux changements de même clé qui se suivent n’en font qu’un à annuler. */
function changer(composition, { cle = null, mots = "", ...options } = {}) {
  if (composition === pas.composition) return;
  pas.faire(composition, cle);
  peindre(options);
  enregistrerBientot();
  if (mots) direBientot(mots);
}

/** Ce qui a changé autour d’une séquence, pour qui ne voit pas l’écran. */
function nouvellesDe(id, composition) {
  const place = gestes.situer(composition, id);
  if (!place) return "";
  const jour = calculer(composition, donnees).jours.find((j) => j.id === place.jour.id);
  const sequence = jour.sequences[place.rang];
  return `« ${sequence.titre || "Sans titre"} » : ${horaire(sequence)}, ${place.rang + 1} sur ${jour.sequences.length}. ${jour.titre} finit à ${heure(jour.fin)}.`;
}

// --- ouvrir

function ouvrir(composition, { id = null } = {}) {
  pas = new Pas(composition);
  brouillon = id;
  peindre({ force: true });
}

async function charger(adresse) {
  const reponse = await fetch(adresse);
  if (!reponse.ok) throw new Error(`${reponse.status} ${adresse}`);
  return reponse.json();
}

async function ouvrirKit(demande) {
  const alias = Object.hasOwn(donnees.alias, demande) ? donnees.alias[demande] : demande;
  const kit = donnees.kits.find(({ id }) => id === alias);
  if (!kit) {
    avertir("Ce kit n’existe pas, ou plus. Choisissez-en un ci-dessous, ou partez de rien.");
    ouvrir(vide());
    return;
  }
  ouvrir(valider(await charger(new URL(`${page.dataset.dossier}${kit.id}.json`, location.href))));
}

async function ouvrirLien() {
  try {
    const composition = await lireLien(location.hash);
    avertir("");
    const connu = brouillons().find(({ id }) => id === history.state?.brouillon);
    if (connu && abreger(connu.composition) === abreger(composition)) ouvrir(connu.composition, { id: connu.id });
    else ouvrir(composition);
  } catch (erreur) {
    if (!(erreur instanceof CompositionRefusee)) throw erreur;
    if (!programme) ouvrir(vide());
    avertir(`${erreur.message} Vos brouillons sont intacts.`);
  }
}

async function demarrer() {
  try {
    donnees = await charger(new URL(page.dataset.donnees, location.href));
    methodes = new Map(donnees.methodes.map((methode) => [methode.id, methode]));
    choixDeMethode = new ChoixDeMethode(trouver("dialogue-methodes"), donnees, (methode, jour) => ajouter(jour, gestes.depuisMethode(methode)));
    const kit = new URLSearchParams(location.search).get("kit");
    if (porteUneComposition(location.hash)) await ouvrirLien();
    else if (kit) await ouvrirKit(kit);
    else ouvrir(vide());
    montrerBrouillonRecent();
  } catch {
    avertir("Le composeur n’a pas pu se charger. Vérifiez votre connexion, puis rechargez la page.");
  }
  page.hidden = false;
}

function montrerBrouillonRecent() {
  const [recent] = brouillons();
  const zone = trouver("brouillon-recent");
  zone.hidden = !recent;
  if (!recent) return;
  const reprendre = element("button", typo(`Reprendre « ${recent.nom || "Sans titre"} »`), { type: "button", class: "composer__lien" });
  reprendre.addEventListener("click", () => ouvrirBrouillon(recent));
  zone.replaceChildren("Votre dernier brouillon, dans ce navigateur\u00A0: ", reprendre);
}

function ouvrirBrouillon({ id, composition, nom }) {
  ouvrir(composition, { id });
  avertir("");
  suivreAdresse();
  dire(`Brouillon ouvert : ${nom || "sans titre"}.`);
  titre.focus();
}

// --- les gestes de la page

let choixDeMethode = null;
const contexte = new Contexte(page, {
  changer: (champs, cle = null) => changer(gestes.regler(pas.composition, champs), { cle }),
  dater: (ancre, date) => {
    if (date === null || estDate(date)) changer(gestes.daterAncre(pas.composition, ancre, date), { cle: `ancre ${ancre}` });
  },
});
const fenetreBrouillons = new Brouillons(trouver("dialogue-brouillons"), {
  ouvrir: ouvrirBrouillon, dire, supprime: (id) => { if (id === brouillon) brouillon = null; },
});

function ajouter(jour, modele) {
  const [composition, id] = gestes.inserer(pas.composition, jour, modele);
  if (!id) {
    avertir("Ce jour est plein. Ajoutez un jour, ou retirez une séquence.");
    return;
  }
  changer(composition, { mots: `Ajoutée. ${nouvellesDe(id, composition)}` });
  viser(id, "summary");
}

/** Met le focus sur une partie d’une carte, en vue. */
function viser(id, selecteur) {
  const cible = jours.carte(id)?.querySelector(selecteur);
  cible?.focus({ preventScroll: true });
  cible?.closest("[data-sequence]").scrollIntoView({ block: "nearest" });
}

const DE_SEQUENCE = {
  monter: (id, noeud) => pousser(id, -1, noeud),
  descendre: (id, noeud) => pousser(id, 1, noeud),
  dupliquer: (id) => {
    const [composition, copie] = gestes.dupliquer(pas.composition, id);
    changer(composition, { mots: `Copiée. ${copie ? nouvellesDe(copie, composition) : ""}` });
    if (copie) viser(copie, "[data-geste=dupliquer]");
  },
  retirer: (id) => {
    const { jour, rang, sequence } = gestes.situer(pas.composition, id);
    const voisine = jour.sequences[rang + 1] ?? jour.sequences[rang - 1];
    changer(gestes.retirer(pas.composition, id), { mots: `« ${sequence.titre} » retirée. Annuler la remet.` });
    if (voisine) viser(voisine.id, "[data-geste=retirer]");
    else page.querySelector(`[data-jour="${jour.id}"] [data-geste=ajouter-methode]`).focus();
  },
};

function pousser(id, sens, noeud) {
  const composition = gestes.pousser(pas.composition, id, sens);
  changer(composition, { mots: nouvellesDe(id, composition) });
  noeud.focus({ preventScroll: true });
  jours.carte(id).scrollIntoView({ block: "nearest" });
}

const DE_JOUR = {
  "ajouter-methode": (jour) => choixDeMethode.ouvrir(jour, pas.composition.participants),
  "ajouter-libre": (jour) => {
    ajouter(jour, { titre: "Nouvelle séquence" });
    const ouverte = page.querySelector(`[data-jour="${jour}"] [data-sequence]:last-child details`);
    if (ouverte) ouverte.open = true;
  },
  "ajouter-pause": (jour) => ajouter(jour, gestes.pause(15)),
  "ajouter-repas": (jour) => ajouter(jour, gestes.pause(60)),
  "jour-monter": (jour) => changer(gestes.pousserJour(pas.composition, jour, -1)),
  "jour-descendre": (jour) => changer(gestes.pousserJour(pas.composition, jour, 1)),
  "jour-retirer": (jour) => {
    changer(gestes.retirerJour(pas.composition, jour), { mots: "Jour retiré. Annuler le remet." });
    page.querySelector("[data-geste=ajouter-jour]").focus();
  },
};

const DE_PAGE = {
  annuler: () => remonter(pas.annuler(), "Annulé."),
  refaire: () => remonter(pas.refaire(), "Refait."),
  imprimer: () => print(),
  brouillons: () => fenetreBrouillons.ouvrirFenetre(),
  nouveau: () => {
    trouver("dialogue-brouillons").close();
    ouvrir(vide());
    history.replaceState(null, "", location.pathname);
    dire("Composition vide.");
    titre.focus();
  },
  lien: async () => {
    const { mots, lien } = await copierLien(pas.composition, { contact: contactDansLien.checked });
    const champ = lien && element("input", "", { type: "text", readonly: "", value: lien, "aria-label": "Lien à copier", class: "composer__lien-a-copier" });
    avertir(mots, champ);
    champ?.select();
  },
  "ajouter-jour": () => {
    const [composition, id] = gestes.ajouterJour(pas.composition);
    changer(composition, { mots: "Jour ajouté." });
    if (id) page.querySelector(`[data-jour="${id}"] [data-champ=jour-titre]`).focus();
  },
  "avancer-tout": () => {
    const rangs = new Set(programme.taches.filter(({ date, fait, weekend, ferie }) => date && !fait && (weekend || ferie)).map(({ rang }) => rang));
    changer({ ...pas.composition, taches: pas.composition.taches.map((tache, i) => (rangs.has(i) ? { ...tache, avance: true } : tache)) }, { mots: `${accorder(rangs.size, "tâche avancée", "tâches avancées")} au jour ouvré précédent.` });
    page.querySelector("#composer-retro").scrollIntoView({ block: "nearest" });
  },
};

function remonter(fait, mots) {
  if (!fait) return;
  peindre({ force: true });
  enregistrerBientot();
  dire(`${mots} ${programme.jours.map((jour) => `${jour.titre} finit à ${heure(jour.fin)}.`).join(" ")}`);
}

page.addEventListener("click", ({ target }) => {
  const noeud = target.closest("[data-geste]");
  if (!noeud || noeud.getAttribute("aria-disabled") === "true") return;
  const { geste } = noeud.dataset;
  const sequence = noeud.closest("[data-sequence]")?.dataset.sequence;
  const jour = noeud.closest("[data-jour]")?.dataset.jour;
  if (geste === "remede") {
    const alerte = noeud.closest("[data-sequence]");
    changer(gestes.appliquer(pas.composition, JSON.parse(noeud.dataset.remede), methodes), { mots: `${noeud.textContent} : fait.${sequence ? ` ${nouvellesDe(sequence, pas.composition)}` : ""}` });
    (alerte?.isConnected ? alerte.querySelector("summary") : page.querySelector(`[data-jour="${jour}"] input`))?.focus({ preventScroll: true });
  } else if (geste === "avancer" || geste === "remettre") {
    changer(gestes.reglerTache(pas.composition, Number(noeud.dataset.rang), { avance: geste === "avancer" }), { mots: "Date changée." });
  } else if (Object.hasOwn(DE_SEQUENCE, geste)) DE_SEQUENCE[geste](sequence, noeud);
  else if (Object.hasOwn(DE_JOUR, geste)) DE_JOUR[geste](jour);
  else if (Object.hasOwn(DE_PAGE, geste)) DE_PAGE[geste]();
});

page.addEventListener("input", ({ target }) => {
  const heureDe = (id) => programme.jours.flatMap((jour) => jour.sequences).find((s) => s.id === id).debut;
  const lue = lireSaisie(pas.composition, target, heureDe);
  if (lue) changer(lue.composition, { cle: lue.cle, mots: lue.sequence ? nouvellesDe(lue.sequence, lue.composition) : "" });
});
page.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-champ], [data-nombre], [data-role]")) return;
  pas.clore();
  peindre({ force: true });
});

permettreDeGlisser(page, (id, jour, rang) => {
  const composition = gestes.deplacer(pas.composition, id, jour, rang);
  changer(composition, { mots: nouvellesDe(id, composition) });
});

// Dans un champ, Ctrl+Z reste celui du champ.
addEventListener("keydown", (touche) => {
  const ecrit = touche.target.matches?.("textarea, select, input:not([type=checkbox], [type=file])");
  if (ecrit || document.querySelector("dialog[open]") || !(touche.ctrlKey || touche.metaKey) || touche.altKey || touche.key.toLowerCase() !== "z") return;
  touche.preventDefault();
  DE_PAGE[touche.shiftKey ? "refaire" : "annuler"]();
});

trouver("telecharger=json").addEventListener("click", () => dire(enregistrerFichier(pas.composition)));
trouver("ouvrir-fichier").addEventListener("change", async ({ target }) => {
  const [fichier] = target.files;
  if (!fichier) return;
  try {
    ouvrir(await lireFichier(fichier));
    enregistrer();
    avertir("");
    dire(`Composition ouverte : ${pas.composition.titre}.`);
    titre.focus();
  } catch (erreur) {
    if (!(erreur instanceof CompositionRefusee)) throw erreur;
    avertir(`${erreur.message} Rien n’a changé ici.`);
  }
  target.value = "";
});

addEventListener("hashchange", () => { if (porteUneComposition(location.hash)) ouvrirLien(); });
addEventListener("pagehide", () => { if (pas.peutAnnuler || brouillon) garder(brouillon ??= nouveauBrouillon(), pas.composition); });

// Les documents ne sont chargés qu’à l’approche de leur partie.
const { moduleEmporter } = page.dataset;
if (moduleEmporter) {
  const zone = trouver("emporter");
  const guet = new IntersectionObserver(([entree]) => {
    if (!entree.isIntersecting || page.hidden) return;
    guet.disconnect();
    import(new URL(moduleEmporter, location.href).href).then(({ installer }) => {
      zone.hidden = false;
      installer(zone, () => programme);
    }).catch(() => avertir("Les documents à emporter n’ont pas pu se charger. Vérifiez votre connexion, puis rechargez la page."));
  }, { rootMargin: "600px" });
  guet.observe(zone.parentElement);
}

demarrer();
