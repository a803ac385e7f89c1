// La page « Ma commune » : l’adresse dit la commune (?code=59464), la page suit l’adresse.
import * as appuis from "./appuis.js";
import { relier } from "./choix.js";
import * as contacts from "./contacts.js";
import { apostrophe, nomDuDepartement, page } from "./donnees.js";
import * as exemples from "./exemples.js";
import * as identite from "./identite.js";
import { CODE, MINIMUM, chercher, lieu as lireLieu, plier } from "./lieux.js";
import { retenir } from "./retenue.js";

const PROPOSES = 10;
const formulaire = page.querySelector("form");
const champ = page.querySelector("input");
const message = page.querySelector("[data-message]");
const titreDeLaPage = document.title;
let tour = 0;

const montrerPage = (visible) => page.classList.toggle("commune--choisie", visible);

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
  identite.vider();
  montrerPage(false);
  dire(texte);
}

function peindre(lieu, focus) {
  const nom = apostrophe(lieu.nom);
  document.title = `${nom} · ${titreDeLaPage}`;
  champ.value = nom;
  dire("");
  retenir(lieu);
  contacts.peindre(lieu);
  exemples.peindre(lieu);
  appuis.peindre(lieu);
  montrerPage(true);
  identite.peindre(lieu, { aller, focus });
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
