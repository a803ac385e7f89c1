// Les sites les plus proches, à vol d’oiseau.
import { distance } from "./distance.js";
import { donnees, nombre, page } from "./donnees.js";

const PROCHES = 5;
const ESPACE = "\u202F";
const liste = page.querySelector("[data-sites]");
const note = page.querySelector("[data-distances]");

export function peindre(lieu) {
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
