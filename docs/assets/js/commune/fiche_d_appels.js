// « Ma fiche d’appels » : la commune retenue, ses contacts, le mémo et la sélection gardés dans ce navigateur, sur une
// feuille.
import { element, lire, racine } from "../socle.js";
import { adresse, selection } from "../selection/liste.js";
import { porte, coordonnees } from "./coordonnees.js";
import { CODE, lieu as lireLieu } from "./lieux.js";
import { retenue } from "./retenue.js";
import { services } from "./services.js";

const AUTRES = ["prefecture", "adil"];
const page = document.querySelector("[data-fiche-d-appels]");
const trouver = (nom) => page.querySelector(`[data-${nom}]`);

function dire() {
  const garde = lire("memo-contact");
  for (const place of page.querySelectorAll("[data-memo-dit]")) {
    const mots = garde?.[place.dataset.memoDit];
    const ecrit = typeof mots === "string" && mots.trim();
    if (ecrit) place.textContent = ecrit;
    place.classList.toggle("appels__vide", !ecrit);
  }
}

function retenir() {
  const retenus = selection().filter(({ type }) => type === "dispositif" || type === "partenaire");
  const bloc = trouver("appuis-retenus");
  bloc.hidden = retenus.length === 0;
  bloc.querySelector("ul").replaceChildren(
    ...retenus.map(({ titre, url, note }) => {
      const li = element("li");
      li.append(element("a", titre, { href: adresse(url).href }), note ? `\u00A0: ${note}` : "");
      return li;
    }),
  );
}

async function remplir() {
  const demande = new URLSearchParams(location.search).get("code") ?? retenue()?.code ?? "";
  const lieu = CODE.test(demande) ? await lireLieu(demande) : null;
  document.querySelector("[data-sans-commune]").hidden = lieu !== null;
  page.hidden = lieu === null;
  if (!lieu) return;
  trouver("lieu").textContent = `${lieu.nom.replaceAll("'", "’")} (${lieu.departements.join(", ")})`;
  trouver("retour").href = new URL(`ma-commune/?code=${lieu.code}`, racine).href;
  const annuaires = await services(lieu);
  const [premier] = annuaires;
  const autres = AUTRES.map((nature) => premier.autres.find((contact) => contact.nature === nature)).filter(Boolean);
  trouver("contacts-appels").replaceChildren(
    ...annuaires.map((annuaire) => porte(annuaire, lieu)),
    ...autres.map((contact) => coordonnees(contact, premier, lieu)),
  );
}

trouver("imprimer").addEventListener("click", () => print());
dire();
retenir();
remplir().catch(() => {
  trouver("lieu").textContent = "La commune n’a pas pu se charger. Vérifiez votre connexion.";
  page.hidden = false;
});
