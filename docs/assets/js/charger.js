// Un fichier JSON du site, demandé une fois ; un échec n’est pas retenu, l’appel suivant réessaie.
import { racine } from "./socle.js";

const charges = new Map();

/** `adresse` : depuis la racine du site, ou entière. L’erreur commence par le code HTTP. */
export function charger(adresse) {
  const { href } = new URL(adresse, racine);
  if (!charges.has(href)) {
    const promesse = fetch(href).then((reponse) => {
      if (!reponse.ok) throw new Error(`${reponse.status} ${adresse}`);
      return reponse.json();
    });
    promesse.catch(() => charges.delete(href));
    charges.set(href, promesse);
  }
  return charges.get(href);
}
