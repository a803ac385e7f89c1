// Un nom écrit avec une ou deux lettres fausses : les noms voisins, dans deux listes rangées selon ce qu’on entend,
// l’une par le début des noms, l’autre par leur fin (voir « par_les_sons », macros/lecture/lieux/noms.py).
import partage from "../partage/lieux.js";
import { lire, rang } from "./lieux.js";

const SONS = partage.sons.map(([motif, rendu]) => [new RegExp(motif, "gu"), rendu]);
const MINIMUM = 4; // lettres : plus court, une lettre fausse fait un autre nom
const LONG = 6; // lettres à partir desquelles deux fautes se pardonnent
const OREILLE = 0.5; // une faute que l’oreille n’entend pas

const POIDS = 0.15; // d’une puissance de dix d’habitants, par moitié : « monpelier » est Montpellier, non Montélier

/** Un nom plié, tel qu’on l’entend. */
export const entendre = (cle) => SONS.reduce((lu, [motif, rendu]) => lu.replace(motif, rendu), cle);

const retourner = (texte) => [...texte].toReversed().join("");

/** Combien de lettres changées, en trop, manquantes ou échangées ; `max + 1` au-delà de `max`. */
export function ecart(a, b, max) {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let [avant, ligne] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const suite = [i];
    for (let j = 1; j <= b.length; j += 1) {
      let cout = Math.min(ligne[j] + 1, suite[j - 1] + 1, ligne[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cout = Math.min(cout, avant[j - 2] + 1);
      suite.push(cout);
    }
    if (Math.min(...suite) > max) return max + 1;
    [avant, ligne] = [ligne, suite];
  }
  return Math.min(ligne[b.length], max + 1);
}

/** Les noms d’une tranche : { cle, taille }. */
function deplier(piece, arriere) {
  let avant = "";
  return piece.split(" ").map((ecrit) => {
    avant = avant.slice(0, Number.parseInt(ecrit[0], 36)) + ecrit.slice(2);
    return { cle: arriere ? retourner(avant) : avant, taille: Number.parseInt(ecrit[1], 36) };
  });
}

/** Les deux tranches entre lesquelles ce son se range : la sienne, et la plus proche de ses bords. */
async function tranches(sens, bornes, son) {
  const lireTranche = async (n) => deplier(await lire(`${sens}/${n}.json`), sens === "arriere");
  const combien = bornes.split(" ").length;
  const sienne = Math.max(0, rang(bornes, son) - 1);
  const noms = await lireTranche(sienne);
  const avant = noms.filter(({ cle }) => entendu(cle, sens) < son).length;
  const voisine = Math.min(combien - 1, Math.max(0, sienne + (avant < noms.length / 2 ? -1 : 1)));
  return voisine === sienne ? noms : [...noms, ...(await lireTranche(voisine))];
}

const entendu = (cle, sens) => (sens === "arriere" ? retourner(entendre(cle)) : entendre(cle));

/** Ce que coûtent des noms qui s’entendent pareil, ou à un son près quand ils en ont assez. */
function parOreille(un, autre) {
  const permis = Math.min(un.length, autre.length) > MINIMUM ? 1 : 0;
  const sons = un.length < MINIMUM ? Infinity : ecart(un, autre, permis);
  return sons > permis ? Infinity : OREILLE + sons;
}

/**
 * Les noms voisins d’un nom plié, du plus proche au plus éloigné, les plus peuplés favorisés : { cle, ecart, taille }.
 */
export async function voisins(cle) {
  if (cle.length < MINIMUM) return [];
  const son = entendre(cle);
  const bornes = await lire("sons.json");
  const lus = await Promise.all([
    tranches("avant", bornes.avant, son),
    tranches("arriere", bornes.arriere, retourner(son)),
  ]);
  const trouves = new Map();
  for (const { cle: autre, taille } of lus.flat()) {
    if (autre === cle || trouves.has(autre)) continue;
    const max = Math.max(autre.length, cle.length) < LONG ? 1 : 2;
    const lettres = ecart(cle, autre, max);
    const sons = Math.abs(autre.length - cle.length) < MINIMUM ? parOreille(son, entendre(autre)) : Infinity;
    const vaut = Math.min(lettres, sons);
    if (vaut <= max) trouves.set(autre, { cle: autre, ecart: vaut, taille });
  }
  const rangement = ({ ecart: fautes, taille }) => fautes - taille * POIDS;
  return [...trouves.values()].sort((a, b) => rangement(a) - rangement(b) || (a.cle < b.cle ? -1 : 1));
}
