// Les sites les plus proches, à vol d’oiseau, puis ceux des communes qui ressemblent à celle-ci.
import { distance } from "./distance.js";
import { donnees, nombre, page } from "./donnees.js";
import * as projets from "./projets.js";
import { ecart, termes } from "./ressemblance.js";

const MONTRES = 3;
const ESPACE = "\u202F";
const proches = page.querySelector("[data-sites]");
const pareils = page.querySelector("[data-pareils]");
const note = page.querySelector("[data-distances]");
const theme = page.querySelector("[data-theme-des-sites]");
const lignes = [...proches.children].map((noeud) => {
  const [lon, lat, exact, population, densite, ruralite, estEpci] = donnees.sites[noeud.dataset.id] ?? [];
  const themes = noeud.dataset.themes.split(" ");
  return {
    noeud,
    centre: lon === undefined ? null : [lon, lat, exact],
    population,
    densite,
    ruralite,
    estEpci,
    themes,
  };
});
let lieu = null;

export function peindre(choisi) {
  lieu = choisi;
  ranger();
  projets.peindre(lieu);
}

function ranger() {
  const situe = lieu.lon !== null;
  const mesures = lignes
    .filter(({ noeud, themes }) => {
      noeud.hidden = Boolean(theme.value) && !themes.includes(theme.value);
      return !noeud.hidden;
    })
    .map((site) => ({
      ...site,
      km: situe && site.centre ? distance([lieu.lon, lieu.lat], site.centre) : Infinity,
      ecart: ecart(lieu, site),
    }))
    .sort((a, b) => a.km - b.km);
  const autres = mesures.slice(MONTRES).sort((a, b) => a.ecart - b.ecart);
  const semblables = autres.filter((site) => site.ecart < Infinity).slice(0, MONTRES);
  for (const { noeud } of autres) noeud.hidden = true;
  for (const site of mesures) montrer(site, semblables.includes(site));
  proches.append(...mesures.map(({ noeud }) => noeud));
  pareils.replaceChildren(...semblables.map(({ noeud }) => noeud));
  pareils.closest("[data-comme]").hidden = !semblables.length;
  note.hidden = false;
  const emprunte =
    "\u202F; le centre de cette commune manque, c’est celui de son intercommunalité ou de son département qui compte";
  note.textContent = situe
    ? `À vol d’oiseau, de centre à centre${lieu.exact || lieu.estEpci ? "" : emprunte}.`
    : "Les distances ne peuvent pas être calculées pour ce lieu.";
}

function montrer(site, semblable) {
  const { noeud, km, centre, themes } = site;
  if (semblable) noeud.hidden = false;
  noeud.querySelector("[data-distance]").textContent = distanceLisible(km, centre);
  const libelle = [...theme.options].find(({ value }) => value === (theme.value || themes[0]))?.text ?? "";
  noeud.querySelector("[data-termes]").textContent = semblable
    ? `Comme chez vous\u00A0: ${[termes(lieu, site), theme.value ? libelle : ""].filter(Boolean).join(", ")}.`
    : "";
}

function distanceLisible(km, centre) {
  if (km === Infinity) return "";
  if (km === 0) return "ici même";
  return `à ${centre[2] ? "" : "environ "}${nombre.format(km)}${ESPACE}km`;
}

theme.addEventListener("change", ranger);
