// La commune retenue fait de « votre DDT(M) », sur toute page, le bon service et son téléphone. Chargé seulement si une
// commune est retenue.
import { element, racine } from "../socle.js";
import { EVENEMENT, oublier, retenue } from "./retenue.js";

const VOTRE = /\b([Vv]otre) DDT\(M\)/u;
const CORPS = "main, .md-content";
const SANS = "[data-commune], [data-fiche-d-appels], [data-formulaire], script, style, textarea, .votre-service";
const places = [...document.querySelectorAll("[data-votre-service]")];
const ailleurs = document.querySelector("[data-commune], [data-fiche-d-appels]") !== null;

/** Sans place prévue, la première fois que la page renvoie à la fiche « DDT(M) » en est une. */
function prevoir() {
  if (places.length || ailleurs) return;
  const fiche = new URL("partenaires/ddt-m/", racine).href;
  const renvois = [...document.querySelectorAll("main a[href]")].filter(
    (a) => a.href === fiche && !a.closest("nav, table"),
  );
  const bloc = renvois.map((a) => a.closest("p, dd, li, .carte")).find(Boolean);
  if (!bloc || location.href.startsWith(fiche)) return;
  const place = element(bloc.matches("dd") ? "dd" : "div", "", { class: "votre-service", "data-votre-service": "" });
  if (bloc.matches("li, .carte")) bloc.append(place);
  else bloc.after(place);
  places.push(place);
}

/** « votre DDT(M) » devient « votre DDTM du Nord », avec le lien vers sa commune. */
function nommer(nom, adresse) {
  const corps = document.querySelector(CORPS);
  if (!corps || ailleurs) return;
  const textes = document.createTreeWalker(corps, NodeFilter.SHOW_TEXT);
  const trouves = [];
  while (textes.nextNode()) {
    const { currentNode } = textes;
    if (VOTRE.test(currentNode.data) && !currentNode.parentElement.closest(`a, ${SANS}`)) trouves.push(currentNode);
  }
  for (const texte of trouves) {
    const { index, 0: entier, 1: votre } = VOTRE.exec(texte.data);
    const reste = texte.splitText(index);
    reste.data = reste.data.slice(entier.length);
    const lien = element("a", nom, { href: adresse, "data-votre-nom": entier });
    reste.before(`${votre} `, lien);
  }
  // Un sigle du glossaire est un lien à part.
  for (const sigle of corps.querySelectorAll("a.terme")) {
    const avant = sigle.previousSibling?.data ?? "";
    if (sigle.textContent !== "DDT(M)" || !/[Vv]otre\s$/u.test(avant) || sigle.closest(SANS)) continue;
    sigle.replaceWith(element("a", nom, { href: adresse, "data-votre-nom": "" }));
  }
}

function revenir() {
  for (const lien of document.querySelectorAll("[data-votre-nom]")) lien.replaceWith("DDT(M)");
}

function demander(place) {
  const lien = element("a", place.dataset.question ?? "Quelle commune\u202F? Le service et son téléphone", {
    href: new URL("ma-commune/", racine).href,
  });
  place.replaceChildren(lien);
}

function repondre(place, lieu, annuaires, adresse, moyens) {
  const tete = element("p");
  tete.append(`Pour ${lieu.nom.replaceAll("'", "’")}\u00A0: `);
  const oubli = element("button", "Oublier cette commune", { type: "button", class: "lien" });
  oubli.addEventListener("click", oublier);
  place.replaceChildren(tete);
  for (const [rang, annuaire] of annuaires.entries()) {
    if (rang) tete.append(" ou ");
    tete.append(element("a", annuaire.ddt?.nom ?? "annuaire officiel des services", { href: adresse }));
    if (!annuaire.ddt) continue;
    const { telephones, courriels } = annuaire.ddt;
    const bloc = element("div", "", { "data-contact": "ddt" });
    bloc.append(moyens({ telephones: telephones.slice(0, 1), courriels: courriels.slice(0, 1) }, annuaire, lieu));
    place.append(bloc);
  }
  if (annuaires.length > 1) tete.append(". Demandez lequel suit le dossier.");
  place.append(oubli);
}

async function accorder() {
  const gardee = retenue();
  if (!gardee) {
    revenir();
    places.forEach(demander);
    return;
  }
  const [{ lieu: lireLieu }, { services }, { moyens }] = await Promise.all([
    import("./lieux.js"),
    import("./services.js"),
    import("./coordonnees.js"),
  ]);
  const lieu = await lireLieu(gardee.code);
  if (!lieu) return;
  const annuaires = await services(lieu);
  const adresse = new URL(`ma-commune/?code=${lieu.code}`, racine).href;
  if (annuaires.length === 1 && annuaires[0].ddt) nommer(annuaires[0].ddt.nom, adresse);
  for (const place of places) repondre(place, lieu, annuaires, adresse, moyens);
}

prevoir();
// Sans réseau, la page reste comme elle est écrite.
const suivre = () => accorder().catch(() => places.forEach(demander));
document.addEventListener(EVENEMENT, suivre);
suivre();
