// La page « Ma commune » : l’adresse dit la commune (?code=59464), la page suit l’adresse.
import { element } from "../socle.js";
import * as appuis from "./appuis.js";
import { relier } from "./choix.js";
import * as contacts from "./contacts.js";
import { apostrophe, page } from "./donnees.js";
import * as exemples from "./exemples.js";
import * as identite from "./identite.js";
import { CODE, lieu as lireLieu } from "./lieux.js";
import { retenir } from "./retenue.js";
import { INCONNU, PANNE, dehors, devenue, preciser, propositions } from "./saisie.js";
import { ancienne, meilleur, trouver } from "./trouver.js";

const formulaire = page.querySelector("form");
const champ = page.querySelector("input");
const message = page.querySelector("[data-message]");
const autres = page.querySelector("[data-autres]");
const titreDeLaPage = document.title;
const AUTRES = 60;
let tour = 0;

const montrerPage = (visible) => page.classList.toggle("commune--choisie", visible);

function dire(texte) {
  message.textContent = texte;
}

async function proposer(texte) {
  const { options, dit } = await propositions(texte, () => champ.value === texte);
  if (champ.value === texte) dire(dit);
  return options;
}

/** Change l’adresse, puis la page. */
function aller(code) {
  suivreAdresse(`?code=${encodeURIComponent(code)}`);
}

function suivreAdresse(adresse) {
  if (adresse !== location.search) history.pushState(null, "", adresse);
  suivre({ focus: true });
}

/**
 * L’adresse dit un code (?code=59464) ou ce qu’on a écrit (?q=poix du nord) : le lieu, ce qu’il faut en dire, les
 * autres.
 */
async function lireAdresse() {
  const parametres = new URLSearchParams(location.search);
  const code = parametres.get("code");
  if (code !== null) return parCode(code);
  const texte = parametres.get("q");
  return texte === null ? { dit: "" } : parTexte(texte);
}

async function parCode(code) {
  if (!CODE.test(code)) {
    return {
      dit: "Cette adresse ne contient pas de code de commune valable. Écrivez le nom de votre commune ci-dessus.",
    };
  }
  const lieu = await lireLieu(code);
  const partie = lieu ? null : await ancienne(code);
  if (partie) return { lieu: await lireLieu(partie.code), dit: devenue(partie) };
  return {
    lieu,
    dit: lieu ? "" : `Aucune commune ni intercommunalité ne porte le code ${code}. Écrivez plutôt son nom ci-dessus.`,
  };
}

async function parTexte(texte) {
  champ.value = texte.slice(0, champ.maxLength);
  const trouve = await trouver(texte, { entierement: true });
  const choisi = meilleur(trouve, texte);
  if (!choisi)
    return {
      dit: trouve.dehors.length ? dehors(trouve.dehors) : trouve.lieux.length ? "" : INCONNU,
      autres: trouve.lieux,
    };
  const faute =
    trouve.sorte === "faute" ? `Aucun lieu ne s’écrit «\u00A0${texte.trim()}\u00A0»\u00A0: voici le plus proche.` : "";
  const memeNom = ({ cle, code }) => code !== choisi.code && (trouve.sorte !== "exact" || cle === choisi.cle);
  return { lieu: await lireLieu(choisi.code), dit: faute || devenue(choisi), autres: trouve.lieux.filter(memeNom) };
}

async function suivre({ focus = false } = {}) {
  const mien = ++tour;
  let lu = { dit: PANNE };
  let annuaires = null;
  try {
    lu = await lireAdresse();
    if (lu.lieu) annuaires = await contacts.preparer(lu.lieu);
  } catch {
    // rien à ajouter : la panne se dit
  }
  if (mien !== tour) return;
  if (lu.lieu) peindre(lu.lieu, annuaires, focus);
  else vider("");
  dire(lu.dit);
  await offrir(lu.autres ?? [], lu.lieu);
}

/** Les lieux que le même texte désigne, à côté de celui qui s’est ouvert. */
async function offrir(lieux, ouvert) {
  const liens = await Promise.all(
    lieux.slice(0, AUTRES).map(async (lieu) => {
      const li = element("li");
      li.append(element("a", `${apostrophe(lieu.nom)}, ${await preciser(lieu)}`, { href: `?code=${lieu.code}` }));
      return li;
    }),
  );
  autres.querySelector("p").textContent = ouvert ? "Ou bien\u00A0:" : "Vouliez-vous dire\u00A0:";
  autres.querySelector("ul").replaceChildren(...liens);
  autres.hidden = !liens.length;
}

function vider(texte) {
  document.title = titreDeLaPage;
  page.dataset.commune = "";
  identite.vider();
  montrerPage(false);
  dire(texte);
}

function peindre(lieu, annuaires, focus) {
  const nom = apostrophe(lieu.nom);
  document.title = `${nom} · ${titreDeLaPage}`;
  champ.value = nom;
  page.dataset.commune = lieu.code;
  retenir(lieu);
  contacts.peindre(lieu, annuaires);
  exemples.peindre(lieu);
  appuis.peindre(lieu);
  montrerPage(true);
  identite.peindre(lieu, { aller, focus });
}

identite.surOubli(() => {
  history.pushState(null, "", location.pathname);
  champ.value = "";
  vider("Commune oubliée.");
  champ.focus();
});
page.classList.add("commune--prete");
const { fermer } = relier(champ, page.querySelector("[role=listbox]"), { proposer, choisir: aller });
formulaire.addEventListener("submit", (envoi) => {
  envoi.preventDefault();
  fermer();
  if (champ.value.trim()) suivreAdresse(`?${new URLSearchParams({ q: champ.value })}`);
});
addEventListener("popstate", () => suivre());
suivre();
