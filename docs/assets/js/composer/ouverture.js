// Ce que la page ouvre en arrivant : un lien, un kit, un brouillon, ou rien.
import { charger } from "../charger.js";
import { element } from "../socle.js";
import { abreger, lireLien, porteUneComposition } from "./adresse.js";
import { avertir } from "./annonces.js";
import { CompositionRefusee, valider, vide } from "./etat.js";
import { brouillons, retrouver } from "./memoire.js";
import { typo } from "../francais.js";

/** Ouvre ce que dit l’adresse : un lien l’emporte sur un kit. `dossier` : là où sont les compositions des kits. */
export async function ouvrirAdresse(atelier, dossier) {
  const kit = new URLSearchParams(location.search).get("kit");
  if (porteUneComposition(location.hash)) await ouvrirLien(atelier);
  else if (kit !== null) await ouvrirKit(atelier, kit, dossier);
  else atelier.ouvrir(vide());
}

async function ouvrirKit(atelier, demande, dossier) {
  const { alias, kits } = atelier.donnees;
  const id = Object.hasOwn(alias, demande) ? alias[demande] : demande;
  if (kits.some((kit) => kit.id === id)) {
    atelier.ouvrir(valider(await charger(new URL(`${dossier}${id}.json`, location.href))));
    return;
  }
  atelier.ouvrir(vide());
  avertir("Ce kit n’existe pas, ou plus. Choisissez-en un ci-dessous, ou partez de rien.");
}

/** La composition du fragment. Un lien illisible ne touche à rien de ce qui est déjà là. */
export async function ouvrirLien(atelier) {
  try {
    const composition = await lireLien(location.hash);
    avertir("");
    const connu = brouillons().find(({ id }) => id === history.state?.brouillon);
    if (connu && abreger(connu.composition) === abreger(composition)) {
      const { y, ...pas } = retrouver(connu.id);
      atelier.ouvrir(connu.composition, { id: connu.id, pas });
      atelier.place = y;
    } else atelier.ouvrir(composition);
  } catch (erreur) {
    if (!(erreur instanceof CompositionRefusee)) throw erreur;
    if (!atelier.programme) atelier.ouvrir(vide());
    avertir(`${erreur.message} Vos brouillons sont intacts.`);
  }
}

/** Propose de reprendre le dernier brouillon. */
export function offrirBrouillon(zone, ouvrir) {
  const [recent] = brouillons();
  zone.hidden = !recent;
  if (!recent) return;
  const reprendre = element("button", typo(`Reprendre « ${recent.nom || "Sans titre"} »`), {
    type: "button",
    class: "composer__lien",
  });
  reprendre.addEventListener("click", () => ouvrir(recent));
  zone.replaceChildren("Votre dernier brouillon, dans ce navigateur\u00A0: ", reprendre);
}
