// La page « Ma commune » : l’adresse dit la commune (?code=59464), la page suit l’adresse.
import { element } from "../socle.js";
import { relier } from "./choix.js";
import { distance } from "./distance.js";
import { CODE, MINIMUM, chercher, lieu as lireLieu, plier } from "./lieux.js";

const PROCHES = 5;
const PROPOSES = 10;
const page = document.querySelector("[data-commune]");
const donnees = JSON.parse(document.getElementById("donnees-commune").textContent);
const formulaire = page.querySelector("form");
const champ = page.querySelector("input");
const message = page.querySelector("[data-message]");
const identite = page.querySelector("[data-identite]");
const titre = page.querySelector("[data-titre]");
const titreDeLaPage = document.title;
const ESPACE = "\u202F";
const nombre = new Intl.NumberFormat("fr-FR");
let tour = 0;

const nomDuDepartement = (code) =>
  Object.hasOwn(donnees.departements, code) ? apostrophe(donnees.departements[code][0]) : "Collectivité d’outre-mer";
const apostrophe = (nom) => nom.replaceAll("'", "’");
const montrerPage = (visible) => document.querySelector(".commune").classList.toggle("commune--choisie", visible);

function dire(texte) {
  message.textContent = texte;
}

async function proposer(texte) {
  if (plier(texte).length < MINIMUM) {
    dire("");
    return [];
  }
  try {
    const { lieux, entier } = await chercher(texte);
    const restent = !entier || lieux.length > PROPOSES;
    dire(
      lieux.length
        ? `${lieux.length > 1 ? `${Math.min(lieux.length, PROPOSES)} propositions` : "1 proposition"}${restent ? ". D’autres noms commencent ainsi\u00A0: continuez à écrire" : ""}.`
        : "Aucune commune ni intercommunalité ne commence ainsi.",
    );
    return lieux.slice(0, PROPOSES).map(({ code, nom, departement }) => ({
      libelle: apostrophe(nom),
      precision: `${nomDuDepartement(departement)} (${departement})`,
      valeur: code,
    }));
  } catch {
    dire("La liste des communes n’a pas pu se charger. Vérifiez votre connexion, puis réessayez.");
    return [];
  }
}

/** Change l’adresse, puis la page. */
function aller(code) {
  const adresse = `?code=${encodeURIComponent(code)}`;
  if (adresse !== location.search) history.pushState(null, "", adresse);
  suivre({ focus: true });
}

async function suivre({ focus = false } = {}) {
  const mien = ++tour;
  const code = new URLSearchParams(location.search).get("code");
  if (code === null) {
    vider("");
    return;
  }
  if (!CODE.test(code)) {
    vider(`Cette adresse ne contient pas de code de commune valable. Écrivez le nom de votre commune ci-dessus.`);
    return;
  }
  try {
    const trouve = await lireLieu(code);
    if (mien !== tour) return;
    if (trouve) peindre(trouve, focus);
    else vider(`Aucune commune ni intercommunalité ne porte le code ${code}. Écrivez plutôt son nom ci-dessus.`);
  } catch {
    if (mien === tour) vider("La liste des communes n’a pas pu se charger. Vérifiez votre connexion, puis réessayez.");
  }
}

function vider(texte) {
  document.title = titreDeLaPage;
  identite.hidden = true;
  montrerPage(false);
  dire(texte);
}

function peindre(lieu, focus) {
  const nom = apostrophe(lieu.nom);
  document.title = `${nom} · ${titreDeLaPage}`;
  champ.value = nom;
  dire("");
  titre.textContent = nom;
  page.querySelector("[data-faits]").replaceChildren(...faits(lieu));
  const codes = new Set([lieu.code, lieu.epci?.code, ...lieu.departements]);
  garder(codes);
  choisirPremier(page.querySelector("[data-premiers]"));
  page.querySelector("[data-aucun-local]").hidden = page.querySelectorAll("[data-locaux] > :not([hidden])").length > 0;
  orienter(lieu);
  rangerSites(lieu);
  identite.hidden = false;
  montrerPage(true);
  if (focus) titre.focus();
}

function faits(lieu) {
  const regions = new Set(lieu.departements.map((d) => donnees.departements[d]?.[1]).filter(Boolean));
  const lignes = [
    [
      lieu.departements.length > 1 ? "Départements" : "Département",
      lieu.departements.map((d) => `${nomDuDepartement(d)} (${d})`).join(", "),
    ],
    ...(regions.size ? [[regions.size > 1 ? "Régions" : "Région", apostrophe([...regions].join(", "))]] : []),
    ["Population", lieu.population === null ? "non renseignée" : `${nombre.format(lieu.population)} habitants`],
    [lieu.estEpci ? "Numéro SIREN" : "Code INSEE", lieu.code],
  ];
  if (!lieu.estEpci) {
    lignes.unshift(["Intercommunalité", lieu.epci ? lienVers(lieu.epci) : "aucune à fiscalité propre"]);
  }
  return lignes.map(([libelle, valeur]) => {
    const bloc = element("div");
    const dd = element("dd");
    dd.append(valeur);
    bloc.append(element("dt", libelle), dd);
    return bloc;
  });
}

function lienVers(epci) {
  const lien = element("a", apostrophe(epci.nom), { href: `?code=${epci.code}` });
  lien.addEventListener("click", (clic) => {
    if (clic.button || clic.ctrlKey || clic.metaKey || clic.shiftKey || clic.altKey) return;
    clic.preventDefault();
    aller(epci.code);
  });
  return lien;
}

/** Le lien vers les sept questions emporte ce qu’on sait déjà : la tranche de population d’une commune. */
function orienter(lieu) {
  const lien = page.querySelector("[data-orienter]");
  const tranche = donnees.populations.findLast(
    ([plancher]) => !lieu.estEpci && lieu.population !== null && plancher <= lieu.population,
  );
  lien.search = tranche ? `?population=${encodeURIComponent(tranche[1])}` : "";
}

/** Ne garde que les lignes valables partout, ou pour l’un de ces codes. */
function garder(codes) {
  for (const ligne of page.querySelectorAll("[data-echelle]")) {
    ligne.hidden =
      ligne.dataset.echelle !== "national" && !ligne.dataset.codes.split(" ").some((code) => codes.has(code));
  }
  for (const groupe of page.querySelectorAll("[data-groupe]")) {
    groupe.hidden = !groupe.querySelector("li:not([hidden])");
  }
}

/** Une variante locale remplace la fiche nationale qu’elle décline. */
function choisirPremier(liste) {
  for (const variante of liste.querySelectorAll("[data-decline]:not([hidden])")) {
    const nationale = liste.querySelector(`[data-id="${CSS.escape(variante.dataset.decline)}"]`);
    if (nationale) nationale.hidden = true;
  }
}

function rangerSites(lieu) {
  const liste = page.querySelector("[data-sites]");
  const note = page.querySelector("[data-distances]");
  const situe = lieu.lon !== null;
  const lignes = [...liste.children]
    .map((noeud) => {
      const centre = Object.hasOwn(donnees.sites, noeud.dataset.id) ? donnees.sites[noeud.dataset.id] : null;
      return { noeud, centre, km: situe && centre ? distance([lieu.lon, lieu.lat], centre) : Infinity };
    })
    .sort((a, b) => a.km - b.km);
  for (const [rang, { noeud, centre, km }] of lignes.entries()) {
    noeud.hidden = rang >= PROCHES;
    noeud.querySelector("[data-distance]").textContent = distanceLisible(km, centre);
  }
  liste.replaceChildren(...lignes.map(({ noeud }) => noeud));
  note.hidden = false;
  note.textContent = situe
    ? `À vol d’oiseau, de centre à centre${lieu.exact || lieu.estEpci ? "" : "\u202F; le centre de cette commune manque, c’est celui de son intercommunalité ou de son département qui compte"}.`
    : "Les distances ne peuvent pas être calculées pour ce lieu.";
}

function distanceLisible(km, centre) {
  if (km === Infinity) return "";
  if (km === 0) return "ici même";
  return `à ${centre[2] ? "" : "environ "}${nombre.format(km)}${ESPACE}km`;
}

/** Le nom écrit en entier suffit ; plusieurs lieux du même nom : à choisir dans la liste. */
async function valider() {
  const { cle, lieux } = await chercher(champ.value);
  const exacts = lieux.filter((l) => l.cle === cle);
  if (exacts.length === 1) return exacts[0].code;
  if (!exacts.length && lieux.length === 1) return lieux[0].code;
  const communes = exacts.filter((l) => l.code.length === 5);
  if (communes.length === 1 && exacts.length > 1) return communes[0].code;
  return null;
}

formulaire.hidden = false;
const { fermer } = relier(champ, page.querySelector("[role=listbox]"), { proposer, choisir: aller });
formulaire.addEventListener("submit", async (envoi) => {
  envoi.preventDefault();
  try {
    const code = await valider();
    if (code) {
      fermer();
      aller(code);
    } else if (plier(champ.value)) {
      champ.focus();
      champ.dispatchEvent(new Event("input"));
      dire("Choisissez le lieu dans la liste, avec les flèches ou d’un clic.");
    }
  } catch {
    dire("La liste des communes n’a pas pu se charger. Vérifiez votre connexion, puis réessayez.");
  }
});
addEventListener("popstate", () => suivre());
suivre();
