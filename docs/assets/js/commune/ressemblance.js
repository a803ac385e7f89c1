// Ce qui fait que deux communes se ressemblent : la taille d’abord, du simple au double ; la densité ; le type de
// campagne.
import { donnees, nombre } from "./donnees.js";

const DOUBLE = 2;
const AUTRE_DENSITE = 0.4; // ce que coûte un cran d’écart, en logarithme du rapport des populations
const AUTRE_RURALITE = 0.4;
const { mots } = donnees;

const mot = (liste, valeur) => mots[liste][valeur] ?? "";
const dite = (population) => `${nombre.format(population)} habitants`;

/** Les bornes de taille d’une commune, et sa densité, en mots. */
export function fourchette({ population, faits }) {
  if (population === null) return "taille inconnue";
  const [moins, plus] = [Math.round(population / DOUBLE), population * DOUBLE].map((n) => nombre.format(n));
  const bornes = `de ${moins} à ${plus} habitants`;
  return [bornes, mot("densite", faits?.densite)].filter(Boolean).join(", ");
}

/** Même taille à un facteur deux, même densité quand elle est connue des deux. */
export function semblables({ population, faits }, autre) {
  if (!population || !autre.population) return false;
  const rapport = Math.max(population, autre.population) / Math.min(population, autre.population);
  return rapport <= DOUBLE && (!faits?.densite || !autre.densite || faits.densite === autre.densite);
}

/** De 0 (pareil) à l’infini (rien à comparer) : un site et un lieu. */
export function ecart(lieu, site) {
  if (!lieu.population || !site.population || lieu.estEpci !== site.estEpci) return Infinity;
  const { densite, ruralite } = lieu.faits ?? {};
  const crans = densite && site.densite ? Math.abs(densite - site.densite) * AUTRE_DENSITE : 0;
  const autreVie = ruralite && site.ruralite && ruralite !== site.ruralite ? AUTRE_RURALITE : 0;
  return Math.abs(Math.log(lieu.population / site.population)) + crans + autreVie;
}

/** « 2 100 habitants, bourg » : ce que le site a de commun avec le lieu, terme par terme. */
export function termes(lieu, site) {
  const communs = [dite(site.population)];
  if (site.densite && site.densite === lieu.faits?.densite) communs.push(mot("densite", site.densite));
  if (site.ruralite && site.ruralite === lieu.faits?.ruralite) communs.push(mot("ruralite", site.ruralite));
  return communs.filter(Boolean).join(", ");
}
