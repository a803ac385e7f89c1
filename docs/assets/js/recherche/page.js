// La page « Trouver » : l’adresse dit tout l’état ; chaque geste change l’adresse, et la page suit l’adresse.
import { element, phraseDePanne, reessayer } from "../socle.js";
import { MAX_TEXTE, TYPES, attendre, derniere, estFiche, fiches, icone } from "./commun.js";
import { TRIS, basculer, ecrireAdresse, estVide, lireAdresse, sansFiltre } from "./etat.js";
import { batirFacettes } from "./facettes.js";

const LIMITE = 12;
const PAR_TYPE = 4;
const SUITE = 30;
const FRAPPE = 200;

const page = document.querySelector("[data-page-trouver]");
const donnees = JSON.parse(document.getElementById("donnees-trouver").textContent);
const zone = page.querySelector("[data-resultats]");
const listeComplete = page.querySelector("[data-liste-complete]");
const champ = page.querySelector('input[name="q"]');
const compte = page.querySelector("[data-compte]");
const puces = page.querySelector("[data-puces]");
const annonce = page.querySelector("[data-annonce]");
const note = element("p", "", { class: "trouver__note", hidden: "" });
const tri = element("select", "", { id: "trouver-tri" });
const facettes = batirFacettes(page.querySelector("[data-cote]"), donnees, (facette, valeur, presente) => {
  aller(basculer(etat, facette, valeur, presente));
});
const seule = derniere();
const titreDeLaPage = document.title;
const libelles = new Map(donnees.facettes.flatMap((f) => f.valeurs.map((v) => [`${f.id} ${v.id}`, v.libelle])));
let etat = lireAdresse(location.search, donnees.facettes);
let limite = history.state?.limite ?? LIMITE;
let renoncer = () => {};
let enFrappe = false; // une suite de frappes ne fait qu’une étape dans l’historique du navigateur

const url = (autre) => ecrireAdresse(autre) || location.pathname;

/** Change d’état, et d’adresse. */
function aller(nouveau, { remplacer = false } = {}) {
  etat = nouveau;
  limite = LIMITE;
  if (!remplacer) enFrappe = false;
  if (url(etat) !== (location.search || location.pathname))
    history[remplacer ? "replaceState" : "pushState"]({ limite }, "", url(etat));
  montrer();
}

/** Met la page en accord avec l’état : réglages tout de suite, résultats quand le moteur répond. */
async function montrer() {
  renoncer();
  if (champ.value.trim() !== etat.q) champ.value = etat.q;
  tri.value = etat.tri;
  facettes.cocher(etat);
  dessinerPuces();
  note.hidden = etat.ignores.length === 0;
  note.replaceChildren(
    icone("alerte"),
    `Cette adresse contient des valeurs que le site ne connaît pas\u202F; elles sont ignorées ` +
      `(${etat.ignores.join(", ")}).`,
  );
  document.title = etat.q ? `${etat.q} · ${titreDeLaPage}` : titreDeLaPage;
  if (estVide(etat)) {
    await seule(async () => null);
    facettes.compter(null, donnees.total);
    dire(donnees.total);
    poser([listeComplete]);
    return;
  }
  page.setAttribute("aria-busy", "true");
  try {
    const voulu = etat;
    if (!compte.textContent) compte.textContent = "Recherche…";
    const rendu = await seule(async () => {
      const venus = [import("./moteur.js"), import("./annonces.js"), import("./resultats.js")];
      const [moteur, { annoncer }, dessin] = await Promise.all(venus);
      const reponse = await interroger(moteur, voulu);
      const secours = reponse.fiches ? null : await consoler(moteur, voulu);
      const situee = reponse.departement || reponse.lieux.length;
      const porte = situee ? await (await import("./guichet.js")).guichet(voulu.q, reponse) : null;
      return { moteur, annoncer, dessin, reponse, secours, porte };
    });
    if (rendu) peindre(voulu, rendu);
  } catch (erreur) {
    console.warn("La recherche n’a pas répondu.", erreur);
    // Rien n’a été lu : rien n’est compté, et la liste complète reste à portée.
    facettes.compter(null, donnees.total);
    compte.textContent = "Pas de réponse";
    annonce.textContent = phraseDePanne();
    const panne = element("p", "", { class: "trouver__note", "data-panne": "" });
    panne.append(icone("alerte"), `${phraseDePanne()} Voici toutes les fiches.`);
    poser([panne, listeComplete]);
    renoncer = reessayer(montrer);
  }
}

/** La réponse du moteur. Ses comptes ne portent que sur les fiches, pas sur le glossaire ni les pages. */
async function interroger(moteur, { q, telQuel, filtres, tri: ordre }) {
  const types = filtres.type ?? TYPES;
  const demander = (options) => moteur.chercher(q, { filtres, tri: ordre, limite, telQuel, ...options });
  const mele = q && ordre === "pertinence"; // trier par titre mêlerait les pages aux fiches
  const reponse = await demander({ filtres: mele ? filtres : { ...filtres, type: types } });
  // Sans mots, rien ne dit quel type passe devant : quelques fiches de chacun.
  if (!q && ordre === "pertinence" && types.length > 1) {
    const validite = filtres.validite ?? ["en-vigueur", "a-confirmer"];
    const extraits = await Promise.all(
      types.map((type) => demander({ filtres: { ...filtres, validite, type: [type] }, limite: PAR_TYPE })),
    );
    reponse.resultats = extraits.flatMap(({ resultats }) => resultats);
  }
  return reponse;
}

/** Combien de fiches répondraient sans les filtres. */
async function consoler(moteur, { q, telQuel, filtres }) {
  if (!Object.keys(filtres).length) return { sansFiltres: 0 };
  return { sansFiltres: (await moteur.chercher(q, { limite: 0, telQuel })).fiches };
}

function peindre(voulu, { moteur, annoncer, dessin, reponse, secours, porte }) {
  const { ailleurs, demunir, dresser, replier } = dessin;
  facettes.compter(reponse.comptes, reponse.fiches);
  dire(reponse.fiches);
  const vers = (q, telQuel) => url({ ...voulu, q, telQuel });
  const annonces = voulu.q ? annoncer(reponse, voulu.q, { vers, contacts: secours ? [] : donnees.contacts }) : [];
  if (porte) annonces.unshift(porte);
  if (secours && !porte) {
    poser([
      ...annonces,
      demunir({
        q: voulu.q,
        vide: reponse.vide,
        ...secours,
        contacts: donnees.contacts,
        tousLesThemes: donnees.tousLesThemes,
        nombreFiltres: Object.values(voulu.filtres).flat().length,
        lienSansFiltre: url(sansFiltre(voulu)),
      }),
      ...(reponse.resultats.length ? [ailleurs(reponse.resultats)] : []),
    ]);
    return;
  }
  const types = voulu.filtres.type ?? [];
  const passees = reponse.comptes?.validite?.historique ?? 0;
  const plier = !voulu.filtres.validite && passees < reponse.fiches;
  const { noeuds, montrees } = dresser(reponse, {
    q: voulu.q,
    tri: voulu.tri,
    types,
    plier,
    lienType: (type) => url({ ...voulu, filtres: { ...voulu.filtres, type: [type] } }),
  });
  const aPlat = types.length === 1 || voulu.tri !== "pertinence";
  if (aPlat && reponse.resultats.length < reponse.total) noeuds.push(suite(reponse));
  const cachees = reponse.resultats.filter((r) => r.validite === "historique" && !montrees.has(r.fiche));
  const dejaVues = reponse.resultats.filter((r) => r.validite === "historique" && montrees.has(r.fiche)).length;
  if (plier && passees > dejaVues) {
    noeuds.push(
      replier(passees - dejaVues, cachees[0], async () => {
        const anciennes = { ...voulu.filtres, type: voulu.filtres.type ?? TYPES, validite: ["historique"] };
        const { resultats } = await moteur.chercher(voulu.q, {
          filtres: anciennes,
          tri: voulu.tri,
          telQuel: voulu.telQuel,
          limite: 100,
        });
        return resultats.filter((r) => estFiche(r) && !montrees.has(r.fiche));
      }),
    );
  }
  poser([...annonces, ...noeuds]);
}

function suite(reponse) {
  const bouton = element("button", `Afficher la suite (${reponse.total - reponse.resultats.length})`, {
    type: "button",
    class: "bouton bouton--second",
  });
  bouton.addEventListener("click", async () => {
    const avant = zone.querySelectorAll("h3 a").length;
    limite += SUITE;
    await montrer();
    zone.querySelectorAll("h3 a")[avant]?.focus();
  });
  return bouton;
}

function poser(noeuds) {
  zone.replaceChildren(...noeuds);
  document.documentElement.classList.remove("cherche");
  page.removeAttribute("aria-busy");
}

function dire(nombre) {
  compte.textContent = fiches(nombre);
  annonce.textContent = nombre ? compte.textContent : "Aucune fiche. Des pistes sont proposées.";
}

function dessinerPuces() {
  const actives = Object.entries(etat.filtres).flatMap(([facette, valeurs]) =>
    valeurs.map((valeur) => [facette, valeur]),
  );
  puces.replaceChildren(
    ...actives.map(([facette, valeur], rang) => {
      const libelle = libelles.get(`${facette} ${valeur}`);
      const bouton = element("button", libelle, {
        type: "button",
        class: "puce-filtre",
        "aria-label": `Retirer le filtre ${libelle}`,
      });
      bouton.append(icone("croix"));
      bouton.addEventListener("click", () => {
        aller(basculer(etat, facette, valeur, false));
        // Le bouton n’est plus là : le focus va au filtre voisin, sinon au champ.
        const boutons = puces.querySelectorAll("button");
        (boutons[Math.min(rang, boutons.length - 2)] ?? champ).focus();
      });
      const li = element("li");
      li.append(bouton);
      return li;
    }),
  );
  if (!actives.length) return;
  const tout = element("button", "Tout effacer", { type: "button", class: "puces-filtres__tout" });
  tout.addEventListener("click", () => {
    aller(sansFiltre(etat));
    champ.focus();
  });
  const li = element("li");
  li.append(tout);
  puces.append(li);
}

function texteVoulu() {
  return { ...etat, q: champ.value.replace(/\s+/gu, " ").trim().slice(0, MAX_TEXTE), telQuel: false, ignores: [] };
}

const etiquette = element("label", "Trier par", { for: tri.id });
const choix = element("p", "", { class: "trouver__tri" });
tri.append(...Object.entries(TRIS).map(([valeur, mot]) => element("option", mot, { value: valeur })));
choix.append(etiquette, tri);
compte.parentElement.append(choix);
compte.parentElement.after(note);

tri.addEventListener("change", () => aller({ ...etat, tri: tri.value, ignores: [] }));
champ.form.addEventListener("submit", (envoi) => {
  envoi.preventDefault();
  aller(texteVoulu(), { remplacer: enFrappe });
  enFrappe = false;
});
champ.addEventListener(
  "input",
  attendre(FRAPPE, () => {
    const voulu = texteVoulu();
    if (voulu.q === etat.q) return;
    aller(voulu, { remplacer: enFrappe });
    enFrappe = true;
  }),
);
champ.addEventListener("change", () => {
  enFrappe = false;
});
champ.addEventListener("focus", () => import("./moteur.js").then((m) => m.precharger()).catch(() => {}), {
  once: true,
});

// Les liens qui ne changent que l’état restent des liens (nouvel onglet, copie) ; un clic simple évite le rechargement.
zone.addEventListener("click", (clic) => {
  const lien = clic.target.closest("a[data-interne]");
  if (!lien || clic.button || clic.ctrlKey || clic.metaKey || clic.shiftKey || clic.altKey) return;
  clic.preventDefault();
  aller(lireAdresse(new URL(lien.href).search, donnees.facettes));
  compte.tabIndex = -1;
  compte.focus();
  compte.scrollIntoView({ block: "center" });
});
/** Au retour, la liste retrouve sa longueur et sa place, que le navigateur l’ait gardée ou non. */
async function reprendre() {
  const { limite: longueur = LIMITE, y } = history.state ?? {};
  limite = longueur;
  etat = lireAdresse(location.search, donnees.facettes);
  await montrer();
  if (y) scrollTo({ top: y, behavior: "instant" });
}
history.scrollRestoration = "manual";
const retenirPlace = () => history.replaceState({ limite, y: scrollY }, "");
addEventListener("scroll", attendre(100, retenirPlace), { passive: true });
addEventListener("pagehide", retenirPlace);
addEventListener("popstate", () => {
  enFrappe = false;
  reprendre();
});
reprendre();
