// « Animer la journée » : un geste -> la séance, gardée aussitôt -> sa projection -> la page. Rien n’est envoyé.
import { charger } from "../charger.js";
import { element } from "../socle.js";
import { icone } from "../recherche/commun.js";
import { modeles } from "../emporter/modeles.js";
import { CompositionRefusee } from "../composer/etat.js";
import { typo } from "../francais.js";
import { alerter, pleinEcran, reglages, regler, resterAllume } from "./appareil.js";
import { journees, ouvrirJournee, peindreJournees, peindreReprises } from "./choix.js";
import { dresser } from "./cloture.js";
import { peindreEcran } from "./ecran.js";
import { Carnet } from "./notes.js";
import { garderPhoto } from "./photos.js";
import { ecouter, garder, laSeance, seances } from "./registre.js";
import * as gestes from "./seance.js";
import { MINUTE, projeter } from "./temps.js";
import { aDire } from "./veilleur.js";
import { Regie } from "./vue.js";

const page = document.querySelector("[data-animer]");
const trouver = (nom) => page.querySelector(`[data-${nom}]`);
const vues = [...page.querySelectorAll("[data-vue]")];
const [note, annonce, titre] = ["note", "annonce", "titre"].map(trouver);
const regie = new Regie(page.querySelector("[data-vue=regie]"));
const enEcran = new URLSearchParams(location.search).has("ecran");
const PREFIXE = "#seance-";
let seance = null;
let projection = null;
let dernier = Date.now();
let donnees = null;
let trouvees = [];

// --- dire

function avertir(mots) {
  note.hidden = !mots;
  note.replaceChildren(...(mots ? [icone("alerte"), element("p", typo(mots))] : []));
}
const dire = (mots) => (annonce.textContent = mots);

const veille = resterAllume(
  () => Boolean(seance && !seance.close) || enEcran,
  (allume) => {
    trouver("veille").textContent = allume
      ? "L’écran reste allumé."
      : "Cet appareil ne garde pas l’écran allumé : réglez sa mise en veille. L’heure, elle, continue.";
  },
);

// --- montrer

function montrer(nom) {
  for (const vue of vues) vue.hidden = vue.dataset.vue !== nom;
  document.documentElement.classList.toggle("en-salle", nom === "regie" || nom === "ecran");
}

function peindre() {
  const maintenant = Date.now();
  if (enEcran) {
    seance = seances().find(({ close }) => !close) ?? null;
    const vide = { courante: null, suivante: null };
    peindreEcran(
      page.querySelector("[data-vue=ecran]"),
      seance,
      seance ? projeter(seance, maintenant) : vide,
      maintenant,
    );
    return;
  }
  if (!seance || seance.close) return;
  projection = projeter(seance, maintenant);
  regie.peindre(seance, projection, maintenant);
  const phrases = aDire(projection, dernier, maintenant);
  dernier = maintenant;
  if (!phrases.length) return;
  dire(phrases.join(" "));
  alerter();
}

/** Fait un geste sur la séance telle qu’elle est gardée à cet instant, et la garde. */
function agir(geste, mots = "") {
  seance = geste(laSeance(seance.id) ?? seance);
  const gardee = garder(seance);
  avertir(
    gardee ? "" : "Votre navigateur ne garde rien : ne fermez pas cette page avant d’avoir pris le compte rendu.",
  );
  if (mots) dire(mots);
  peindre();
}

function entrer(choisie) {
  seance = choisie;
  dernier = Date.now();
  history.replaceState(null, "", `${location.pathname}${PREFIXE}${seance.id}`);
  if (seance.close) return conclure();
  modeles().catch(() => {}); // pour le compte rendu du soir, quand le réseau aura manqué
  montrer("regie");
  trouver("deroule").open = matchMedia("(min-width: 60em)").matches;
  peindre();
  veille.prendre();
  titre.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function conclure() {
  montrer("cloture");
  veille.lacher();
  dresser(trouver("cloture"), () => seance, { agir, sortir, reprendre: () => entrer(seance) });
  trouver("cloture-titre").textContent = seance.titre || "Sans titre";
  trouver("cloture-titre").focus();
}

function sortir() {
  seance = null;
  history.replaceState(null, "", location.pathname);
  veille.lacher();
  peindreReprises(trouver("a-rouvrir"));
  montrer("choix");
  choisir();
  page.querySelector("[data-vue=choix] button, [data-vue=choix] a")?.focus();
}

// --- les gestes

const carnet = new Carnet(trouver("dialogue-note"), {
  noter: (prise) => agir((s) => gestes.prendreNote(s, { ...prise, le: Date.now() }), "Noté."),
  photo: async (image, sequence) => {
    try {
      await garderPhoto({ seance: seance.id, sequence, le: Date.now(), image });
      return "Photo gardée.";
    } catch {
      return "Ce navigateur ne garde pas la photo : prenez-la avec l’appareil.";
    }
  },
});

const courante = () => projection.courante?.sequence.id ?? null;
const surLeGroupe = (geste) => (noeud) => agir((s) => geste(s, courante(), Number(noeud.dataset.rang)));
const decompter = (combien) => () => courante() && agir((s) => gestes.ajouter(s, courante(), combien));

function suivante() {
  const { courante: ici, suivante: apres } = projection;
  if (apres) {
    agir((s) => gestes.avancer(s, Date.now()), `${apres.sequence.titre}.`);
    scrollTo(0, 0);
    return;
  }
  if (ici) agir((s) => gestes.avancer(s, Date.now()));
  clore();
}

function clore() {
  agir((s) => gestes.clore(s, Date.now()), "Séance terminée.");
  conclure();
}

const GESTES = {
  reprendre: ({ dataset }) => entrer(laSeance(dataset.id)),
  ouvrir: ({ dataset }) => {
    const neuve = ouvrirJournee(trouvees[Number(dataset.rang)], donnees);
    garder(neuve);
    return entrer(neuve);
  },
  suivante,
  plus: decompter(5),
  moins: decompter(-5),
  noter: () => carnet.ouvrir(seance, courante() ?? projection.suivante?.sequence.id),
  repeter: () => {
    const ecart = Math.round((Date.now() - projection.suivante.prevu.debut) / MINUTE);
    agir((s) => gestes.decaler(s, s.decalage + ecart), "Tout le programme commence maintenant.");
  },
  revenir: () => agir(gestes.revenir, "Revenu à la séquence d’avant."),
  couper: ({ dataset }) => {
    const { echeance, options } = regie.options;
    agir((s) => gestes.suivre(s, echeance, options[Number(dataset.rang)]), "Programme resserré.");
    titre.focus({ preventScroll: true });
  },
  passer: ({ dataset }) => agir((s) => gestes.passer(s, dataset.id)),
  retablir: ({ dataset }) => agir((s) => gestes.passer(s, dataset.id, false)),
  "retirer-note": ({ dataset }) => agir((s) => gestes.retirerNote(s, dataset.id)),
  "groupe-plus": surLeGroupe((s, id, rang) => gestes.ajouterAuGroupe(s, id, rang, 5)),
  "groupe-rend": surLeGroupe((s, id, rang) => gestes.rendre(s, id, rang, Date.now())),
  "groupe-reprend": surLeGroupe((s, id, rang) => gestes.rendre(s, id, rang, null)),
  "plein-ecran": pleinEcran,
  clore,
  quitter: sortir,
};

const TOUCHES = { ArrowRight: "suivante", ArrowUp: "plus", ArrowDown: "moins", Enter: "noter" };

function ecouterLaPage() {
  page.addEventListener("click", ({ target }) => {
    const noeud = target.closest("[data-geste]");
    if (!noeud || noeud.getAttribute("aria-disabled") === "true" || !Object.hasOwn(GESTES, noeud.dataset.geste)) return;
    if (noeud.closest("[data-outils]")) trouver("outils").open = false;
    GESTES[noeud.dataset.geste](noeud);
  });
  for (const saisie of page.querySelectorAll("[data-reglage]")) {
    saisie.checked = reglages()[saisie.dataset.reglage];
    saisie.addEventListener("change", () => {
      regler(saisie.dataset.reglage, saisie.checked);
      if (saisie.checked) alerter(); // le son qu’on vient d’allumer s’entend
    });
  }
  addEventListener("keydown", (touche) => {
    const ecrit = touche.target.matches?.("textarea, select, input:not([type=checkbox])");
    if (ecrit || !touche.ctrlKey || !Object.hasOwn(TOUCHES, touche.key)) return;
    if (document.querySelector("dialog[open]") || page.querySelector("[data-vue=regie]").hidden) return;
    touche.preventDefault();
    GESTES[TOUCHES[touche.key]]();
  });
}

// --- commencer

async function choisir() {
  try {
    donnees = await charger(new URL(page.dataset.donnees, location.href));
    trouvees = await journees(donnees, page.dataset.dossier);
  } catch (erreur) {
    if (erreur instanceof CompositionRefusee) avertir(erreur.message);
    else if (!seances().length)
      avertir("Les journées préparées n’ont pas pu se charger. Vérifiez votre connexion, puis rechargez la page.");
    else if (!(erreur instanceof TypeError) && !/^\d{3} /u.test(erreur.message)) throw erreur;
  }
  peindreJournees(trouver("journees"), trouvees);
}

async function commencer() {
  ecouterLaPage();
  ecouter(() => {
    if (seance && !enEcran) seance = laSeance(seance.id) ?? seance;
    peindre();
  });
  setInterval(peindre, 1000);
  document.addEventListener("visibilitychange", peindre);
  page.hidden = false;
  if (enEcran) {
    montrer("ecran");
    peindre();
    veille.prendre();
    return;
  }
  const connue = location.hash.startsWith(PREFIXE) ? laSeance(location.hash.slice(PREFIXE.length)) : null;
  if (connue) return entrer(connue);
  peindreReprises(trouver("a-rouvrir"));
  await choisir();
}

await commencer();
