// Corrige un mot d’après ceux du corpus, avant d’interroger l’index.
import { plier, singulier } from "./normalisation.js";

/** Lit la liste des mots : chacun dit ce qu’il partage avec le précédent, sa suite, et combien il est fréquent. */
export function lireMots(texte) {
  const connus = new Map(); // sans accent → { forme, frequence }
  let precedent = "";
  for (const code of texte.split(" ")) {
    if (!code) continue;
    const mot = precedent.slice(0, parseInt(code[0], 36)) + code.slice(1, -1);
    const frequence = Number(code.at(-1));
    precedent = mot;
    const cle = plier(mot);
    const deja = connus.get(cle);
    if (!deja || deja.frequence < frequence) connus.set(cle, { forme: mot, frequence });
  }
  return connus;
}

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

export class Correcteur {
  constructor(texte) {
    this.connus = lireMots(texte);
    this.cles = [...this.connus.keys()].sort();
    this.memoire = new Map();
  }

  /** Le mot du corpus de même graphie, aux accents et au nombre près. */
  trouver(mot) {
    const cle = plier(mot);
    return (
      this.connus.get(cle) ??
      this.connus.get(singulier(cle)) ??
      this.connus.get(`${cle}s`) ??
      this.connus.get(`${cle}x`)
    );
  }

  /** Vrai si des mots du corpus commencent ainsi. */
  commence(mot) {
    const cle = plier(mot);
    let bas = 0;
    let haut = this.cles.length;
    while (bas < haut) {
      const milieu = (bas + haut) >> 1;
      if (this.cles[milieu] < cle) bas = milieu + 1;
      else haut = milieu;
    }
    return this.cles[bas]?.startsWith(cle) ?? false;
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
    const proche = this.proches(mot)[0];
    if (proche) return [{ ...this.connus.get(proche), corrige: true, connu: true }];
    const coupe = this.couper(mot);
    if (coupe) return coupe.map((partie) => ({ ...this.trouver(partie), corrige: true, connu: true }));
    return [{ forme: mot, frequence: 0, corrige: false, connu: false }];
  }

  /** Les mots les plus proches, du meilleur au moins bon. */
  proches(mot) {
    const cle = plier(mot);
    if (cle.length < 4) return [];
    const plafond = cle.length >= 8 ? 2 : 1;
    const trouves = [];
    for (const autre of this.cles) {
      if (autre.length < 4 || Math.abs(autre.length - cle.length) > plafond || /\d/.test(autre)) continue;
      const d = distance(cle, autre, plafond);
      if (d > plafond) continue;
      const { frequence } = this.connus.get(autre);
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
