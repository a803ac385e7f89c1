// Les mots du corpus : lesquels répondent à un mot tapé, et ce qu’il fallait sans doute lire quand aucun n’y répond.
import { parentes, plier, racineDe, singulier } from "./normalisation.js";

/** Lettres communes à deux mots avant de les comparer : une famille n’en a jamais moins. */
const TETE = 4;

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

/** La part commune à deux mots, depuis leur début. */
function part(a, b) {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n += 1;
  return n / Math.max(a.length, b.length);
}

export class Lexique {
  /**
   * « texte » : chaque mot dit ce qu’il partage avec le précédent, sa suite, et combien il est fréquent ; dans l’ordre des
   * mots sans accent. « existe(mot) » : vrai d’un mot qu’il ne faut pas prendre pour une faute, bien qu’aucune fiche ne le
   * dise ; rien ne le sait encore, et tout mot inconnu peut donc être corrigé.
   */
  constructor(texte, reglages, existe = () => false) {
    this.reglages = reglages;
    this.existe = existe;
    this.mots = []; // { forme, cle (sans accent), frequence }, au rang que leur donne l’index
    this.connus = new Map(); // sans accent → le plus fréquent des mots qui s’écrivent ainsi
    this.memoire = new Map();
    let precedent = "";
    for (const code of texte.split(" ").filter(Boolean)) {
      const forme = precedent.slice(0, parseInt(code[0], 36)) + code.slice(1, -1);
      const mot = { forme, cle: plier(forme), frequence: Number(code.at(-1)) };
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
    return this.mots[this.#premier(cle)]?.cle.startsWith(cle) ?? false;
  }

  /** Les mots du corpus qui répondent à un mot : [rang, ce qu’il vaut, de 0 à 1]. « debut » : il est peut-être inachevé. */
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
   * Ce qu’il faut chercher pour ce mot : [{ forme, frequence, corrige, connu }]. Plusieurs quand le mot en cachait deux.
   * « encours » : le mot est peut-être encore en train d’être écrit.
   */
  resoudre(mot, encours = false) {
    const cle = `${mot}${encours ? "…" : ""}`;
    if (!this.memoire.has(cle)) this.memoire.set(cle, this.#resoudre(mot, encours));
    return this.memoire.get(cle);
  }

  #resoudre(mot, encours) {
    const connu = this.trouver(mot);
    if (connu) return [{ ...connu, corrige: false, connu: true }];
    if (/^\d+$/.test(mot)) return [{ forme: mot, frequence: 3, corrige: false, connu: true }];
    if (mot.length >= (encours ? 2 : 5) && this.commence(mot))
      return [{ forme: mot, frequence: 2, corrige: false, connu: true, debut: true }];
    if (!this.existe(mot)) {
      const proche = this.proches(mot)[0];
      if (proche) return [{ ...this.connus.get(proche), corrige: true, connu: true }];
      const coupe = this.couper(mot);
      if (coupe) return coupe.map((partie) => ({ ...this.trouver(partie), corrige: true, connu: true }));
    }
    return [{ forme: mot, frequence: 0, corrige: false, connu: false }];
  }

  /** Les mots les plus proches, du meilleur au moins bon. */
  proches(mot) {
    const cle = plier(mot);
    if (cle.length < 4) return [];
    const plafond = cle.length >= 8 ? 2 : 1;
    const trouves = [];
    for (const [autre, { frequence }] of this.connus) {
      if (autre.length < 4 || Math.abs(autre.length - cle.length) > plafond || /\d/.test(autre)) continue;
      const d = distance(cle, autre, plafond);
      if (d > plafond) continue;
      // Une faute sur l’initiale est rare, sauf un article collé ; un mot fréquent est plus probable.
      const initiale = cle[0] === autre[0] ? 0 : /^[ldnsj]/.test(cle) && cle.slice(1) === autre ? 0.1 : 0.5;
      const terminaison = singulier(autre) === autre ? 0 : 0.05;
      trouves.push({ autre, note: d + initiale + terminaison - frequence * 0.06 });
    }
    return trouves.sort((a, b) => a.note - b.note).map(({ autre }) => autre);
  }

  couper(mot) {
    for (let i = 3; i <= mot.length - 3; i += 1) {
      if (this.trouver(mot.slice(0, i)) && this.trouver(mot.slice(i))) return [mot.slice(0, i), mot.slice(i)];
    }
    return null;
  }
}
