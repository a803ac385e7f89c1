// Les mots français et les noms de lieux : un filtre de Bloom, en morceaux, dont on ne demande qu’un par mot inconnu
// (macros/lecture/dictionnaire/formes.py le fait, et hache de même). Un mot qui existe n’est jamais une faute de
// frappe.
import { plier } from "./normalisation.js";

/** FNV-1a, 32 bits. */
function hacher(mot, depart) {
  let somme = depart;
  for (let i = 0; i < mot.length; i += 1) somme = Math.imul(somme ^ mot.charCodeAt(i), 0x01000193) >>> 0;
  return somme;
}

export class Formes {
  /** `lire(nom)` rend les octets d’un morceau. */
  constructor([motif, lettres, tours, noms], lire) {
    Object.assign(this, { fin: new RegExp(motif), lettres, tours, noms, lire });
  }

  /** { francais, lieu } : ce qu’est un mot ; les deux pour ce qui est trop court ou trop étrange pour en juger. */
  async juger(mot) {
    const cle = plier(mot);
    if (cle.length < this.lettres || !/^[a-z]+$/.test(cle)) return { francais: true, lieu: true };
    const souche = cle.replace(this.fin, "");
    const bits = await this.lire(this.noms[hacher(souche, 0x811c9dc5) % this.noms.length]);
    return { francais: this.#a(bits, souche), lieu: this.#a(bits, `_${souche}`) };
  }

  #a(bits, souche) {
    const premier = hacher(souche, 0x811c9dc5);
    const pas = (hacher(souche, 0x9dc5811c) | 1) >>> 0;
    for (let tour = 0; tour < this.tours; tour += 1) {
      const place = ((premier >>> 4) + tour * pas) % (bits.length * 8);
      if (!((bits[place >> 3] >> (place & 7)) & 1)) return false;
    }
    return true;
  }
}
