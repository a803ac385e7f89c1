// Les mots du corpus : lesquels répondent à un mot tapé, et lesquels on voulait sans doute écrire quand aucun n’y
// répond.
import { parentes, plier, racineDe, singulier } from "./normalisation.js";

/** Lettres communes à deux mots avant de les comparer : une famille n’en a jamais moins. */
const TETE = 4;
/** À partir de tant de lettres, un mot peut porter deux fautes. */
const LONG = 8;

/** Distance de Damerau-Levenshtein (alignement optimal), arrêtée au-delà de « plafond ». */
export function distance(a, b, plafond) {
  if (Math.abs(a.length - b.length) > plafond) return plafond + 1;
  let avant = [];
  let hier = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const jour = [i];
    let moindre = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cout = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(hier[j] + 1, jour[j - 1] + 1, hier[j - 1] + cout);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, avant[j - 2] + 1);
      jour.push(d);
      if (d < moindre) moindre = d;
    }
    if (moindre > plafond) return plafond + 1;
    [avant, hier] = [hier, jour];
  }
  return hier[b.length];
}

/** Vrai quand deux lettres voisines ont changé de place, et rien d’autre. */
function echange(a, b) {
  const i = [...a].findIndex((lettre, rang) => lettre !== b[rang]);
  return a.length === b.length && a[i] === b[i + 1] && a[i + 1] === b[i];
}

/** La part commune à deux mots, depuis leur début. */
function part(a, b) {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n += 1;
  return n / Math.max(a.length, b.length);
}

export class Lexique {
  /**
   * « texte » : chaque mot dit ce qu’il partage avec le précédent, sa suite, et combien il est fréquent ; dans l’ordre
   * des mots sans accent. Un mot courant qu’aucun document ne dit a la fréquence -1.
   */
  constructor(texte, reglages) {
    this.reglages = reglages;
    this.mots = []; // { forme, cle (sans accent), frequence }, au rang que leur donne l’index
    this.connus = new Map(); // sans accent → le plus fréquent des mots qui s’écrivent ainsi
    let precedent = "";
    for (const code of texte.split(" ").filter(Boolean)) {
      const forme = precedent.slice(0, parseInt(code[0], 36)) + code.slice(1, -1);
      const mot = { forme, cle: plier(forme), frequence: code.at(-1) === "-" ? -1 : Number(code.at(-1)) };
      precedent = forme;
      this.mots.push(mot);
      const deja = this.connus.get(mot.cle);
      if (!deja || deja.frequence < mot.frequence) this.connus.set(mot.cle, mot);
    }
  }

  /** Le mot du corpus de même graphie, aux accents et au nombre près. */
  trouver(mot) {
    const cle = plier(mot);
    return [cle, singulier(cle), `${cle}s`, `${cle}x`].map((c) => this.connus.get(c)).find(Boolean);
  }

  /** Rang du premier mot qui commence ainsi, ou suivrait. */
  #premier(cle) {
    let bas = 0;
    let haut = this.mots.length;
    while (bas < haut) {
      const milieu = (bas + haut) >> 1;
      if (this.mots[milieu].cle < cle) bas = milieu + 1;
      else haut = milieu;
    }
    return bas;
  }

  /** Vrai si des mots du corpus commencent ainsi. */
  commence(mot) {
    const cle = plier(mot);
    for (let rang = this.#premier(cle); rang < this.mots.length; rang += 1) {
      const autre = this.mots[rang];
      if (!autre.cle.startsWith(cle)) return false;
      if (autre.frequence >= 0) return true;
    }
    return false;
  }

  /**
   * Les mots du corpus qui répondent à un mot : [rang, ce qu’il vaut, de 0 à 1]. « debut » : il est peut-être inachevé.
   */
  formes(mot, debut = false) {
    const { accent, nombre, famille } = this.reglages;
    const cle = plier(mot);
    const [seul, racine] = [singulier(cle), racineDe(cle)];
    const tete = cle.slice(0, TETE);
    const trouvees = [];
    for (let rang = this.#premier(tete); rang < this.mots.length; rang += 1) {
      const autre = this.mots[rang];
      if (!autre.cle.startsWith(tete)) break;
      autre.racine ??= racineDe(autre.cle);
      if (autre.forme === mot) trouvees.push([rang, 1]);
      else if (autre.cle === cle) trouvees.push([rang, accent]);
      else if (singulier(autre.cle) === seul) trouvees.push([rang, nombre]);
      else if (parentes(racine, autre.racine) || (debut && autre.cle.startsWith(cle)))
        trouvees.push([rang, part(cle, autre.cle) ** famille]);
    }
    return trouvees;
  }

  /**
   * Ce qu’il faut chercher pour ce mot : { forme, frequence, debut }, ou rien quand aucun document ne le dit.
   * « encours » : le mot est peut-être encore en train d’être écrit.
   */
  lire(mot, encours = false) {
    const connu = this.trouver(mot);
    if (connu?.frequence >= 0) return { forme: connu.forme, frequence: connu.frequence };
    if (mot.length >= (encours ? 2 : 5) && this.commence(mot)) return { forme: mot, frequence: 2, debut: true };
    const parents = this.formes(mot).filter(
      ([rang, part]) => part >= this.reglages.parent && this.mots[rang].frequence >= 0,
    );
    return parents.length ? { forme: mot, frequence: 2 } : null;
  }

  /** Les mots les plus proches, du meilleur au moins bon : { forme, note }, la note étant d’autant plus basse. */
  proches(mot) {
    const cle = plier(mot);
    if (cle.length < 4) return [];
    const { frequence, initiale, inversion } = this.reglages.fautes;
    const trouves = [];
    for (const [autre, connu] of this.connus) {
      // Deux fautes dans un mot long, comptées sur celui qu’on voulait écrire.
      const plafond = autre.length >= LONG ? 2 : 1;
      if (autre.length < 4 || Math.abs(autre.length - cle.length) > plafond || /\d/.test(autre)) continue;
      const fautes = distance(cle, autre, plafond);
      if (fautes > plafond) continue;
      // Une faute sur l’initiale est rare ; deux lettres échangées, courant ; un mot fréquent, plus probable.
      const note =
        fautes -
        (fautes === 1 && echange(cle, autre) ? inversion : 0) +
        (cle[0] === autre[0] ? 0 : initiale) +
        (singulier(autre) === autre ? 0 : 0.05) -
        Math.max(0, connu.frequence) * frequence;
      trouves.push({ forme: connu.forme, frequence: connu.frequence, note });
    }
    return trouves.sort((a, b) => a.note - b.note);
  }

  /** Les mots qu’on voulait sans doute écrire, quand un seul choix s’impose ; rien sinon. */
  corriger(mot) {
    const colle = mot.match(/^(?:[dlnj]|qu)(?=[aeiouyhàâéèêîôû].{2})/u)?.[0] ?? "";
    const reste = mot.slice(colle.length);
    if (colle && this.trouver(reste)) return [reste];
    const [premier, second] = this.proches(mot);
    const ecart =
      second && singulier(plier(premier.forme)) === singulier(plier(second.forme)) ? 1 : second?.note - premier?.note;
    if (premier && !(ecart < this.reglages.fautes.ecart)) return [premier.forme];
    if (premier) return null;
    for (let i = 3; i <= mot.length - 3; i += 1) {
      if (this.lire(mot.slice(0, i)) && this.trouver(mot.slice(i))) return [mot.slice(0, i), mot.slice(i)];
    }
    return null;
  }
}
