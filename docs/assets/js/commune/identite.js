// Ce que le lieu est : son nom, son intercommunalité, ses habitants.
import { element } from "../socle.js";
import { apostrophe, donnees, nomDuDepartement, nombre, page } from "./donnees.js";

const carte = page.querySelector("[data-identite]");
const titre = page.querySelector("[data-titre]");

/** `aller(code)` ouvre un autre lieu sans quitter la page ; `focus` : le lecteur vient de choisir. */
export function peindre(lieu, { aller, focus }) {
  titre.textContent = apostrophe(lieu.nom);
  page.querySelector("[data-faits]").replaceChildren(...faits(lieu, aller));
  carte.hidden = false;
  if (focus) titre.focus();
}

export function vider() {
  carte.hidden = true;
}

function faits(lieu, aller) {
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
    lignes.unshift(["Intercommunalité", lieu.epci ? lienVers(lieu.epci, aller) : "aucune à fiscalité propre"]);
  }
  return lignes.map(([libelle, valeur]) => {
    const bloc = element("div");
    const dd = element("dd");
    dd.append(valeur);
    bloc.append(element("dt", libelle), dd);
    return bloc;
  });
}

function lienVers(epci, aller) {
  const lien = element("a", apostrophe(epci.nom), { href: `?code=${epci.code}` });
  lien.addEventListener("click", (clic) => {
    if (clic.button || clic.ctrlKey || clic.metaKey || clic.shiftKey || clic.altKey) return;
    clic.preventDefault();
    aller(epci.code);
  });
  return lien;
}
