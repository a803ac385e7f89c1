// Montrer pourquoi : un extrait en segments, jamais du HTML.
import { motsDe, parentes, racineDe } from "./normalisation.js";

const LARGEUR = 30;
const AVANT = 6; // mots montrés avant le premier trouvé

/** Le bloc qui dit le plus de mots cherchés, le premier à égalité : [{ texte, marque }]. */
export function extrait(textes, formes) {
  const racines = formes.map(racineDe);
  let choisi = null;
  for (const texte of textes.filter(Boolean)) {
    const jetons = texte.split(/(?<=[\s-])/);
    const dits = new Set();
    const marques = jetons.map((jeton) => {
      const celles = motsDe(jeton).map(racineDe);
      const trouvee = racines.findIndex((r) => celles.some((autre) => parentes(r, autre)));
      if (trouvee >= 0) dits.add(trouvee);
      return trouvee >= 0;
    });
    if (!choisi || dits.size > choisi.nombre) choisi = { nombre: dits.size, jetons, marques };
  }
  return choisi ? segments(choisi.jetons, choisi.marques) : [];
}

function segments(jetons, marques) {
  const premier = Math.max(0, marques.indexOf(true));
  let debut = jetons.length <= LARGEUR ? 0 : Math.max(0, Math.min(premier - AVANT, jetons.length - LARGEUR));
  if (debut < 4) debut = 0;
  const fin = Math.min(jetons.length, debut + LARGEUR);
  const suite = [];
  const ajouter = (texte, marque) => {
    if (!texte) return;
    if (suite.at(-1)?.marque === marque) suite.at(-1).texte += texte;
    else suite.push({ texte, marque });
  };
  if (debut > 0) ajouter("… ", false);
  for (let i = debut; i < fin; i += 1) {
    // La ponctuation et l’espace qui suivent ne sont pas surlignés, ni l’article élidé qui précède.
    const [, tete, coeur, queue] = jetons[i].match(/^((?:[cdjlmnst]|qu)[’']|[^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/isu);
    ajouter(tete, false);
    ajouter(coeur, marques[i]);
    ajouter(queue, false);
  }
  if (fin < jetons.length) ajouter("…", false);
  return suite;
}
