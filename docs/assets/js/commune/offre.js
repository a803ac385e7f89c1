// Un champ de recherche qui reconnaît une commune : il propose d’ouvrir « Ma commune », sans rien changer à la
// recherche.
import { element, racine } from "../socle.js";
import { MINIMUM, chercher, plier } from "./lieux.js";

const OFFERTES = 3;
const ATTENTE = 250;
const PART = 0.7;

/** Les communes et intercommunalités dont c’est le nom entier, ou le seul lieu dont c’est le début. */
async function reconnaitre(texte) {
  if (plier(texte).length < MINIMUM) return [];
  const { cle, lieux, entier } = await chercher(texte);
  const exacts = lieux.filter((lieu) => lieu.cle === cle);
  if (exacts.length) return exacts;
  // « friche » n’est pas Frichemesnil : un début ne compte que s’il fait l’essentiel du nom.
  return entier && lieux.length <= OFFERTES ? lieux.filter((lieu) => cle.length >= lieu.cle.length * PART) : [];
}

function lien({ code, nom, departement }) {
  const adresse = new URL("ma-commune/", racine);
  adresse.searchParams.set("code", code);
  const ancre = element("a", `${nom.replaceAll("'", "’")} (${departement})\u00A0: voir qui peut aider`, {
    href: adresse.href,
  });
  const li = element("li");
  li.append(ancre);
  return li;
}

export function offrir(formulaire) {
  const champ = formulaire.querySelector('input[name="q"]');
  if (!champ) return;
  const zone = element("div", "", { class: "offre-commune", role: "status" });
  formulaire.append(zone);
  let tour = 0;
  let minuterie = 0;

  const montrer = async () => {
    const mien = ++tour;
    let lieux = [];
    try {
      lieux = await reconnaitre(champ.value);
    } catch {
      // hors ligne : la recherche ordinaire suffit
    }
    if (mien !== tour) return;
    if (!lieux.length) {
      zone.replaceChildren();
      return;
    }
    const liste = element("ul");
    liste.append(...lieux.slice(0, OFFERTES).map(lien));
    if (lieux.length > OFFERTES) {
      const toutes = element("li");
      toutes.append(
        element("a", `${lieux.length} lieux portent ce nom\u00A0: choisir le vôtre`, {
          href: new URL("ma-commune/", racine).href,
        }),
      );
      liste.append(toutes);
    }
    zone.replaceChildren(liste);
  };

  champ.addEventListener("input", () => {
    clearTimeout(minuterie);
    minuterie = setTimeout(montrer, ATTENTE);
  });
  if (champ.value || new URLSearchParams(location.search).has("q")) setTimeout(montrer, ATTENTE);
}
