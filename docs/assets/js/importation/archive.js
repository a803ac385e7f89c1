// Une archive (.docx, .odt) ouverte sans lui faire confiance : son répertoire central, des limites, rien d’exécuté.
import { passer } from "../octets.js";
import { refus } from "./refus.js";

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const FIN = 0x06054b50;
const ENTREE = 0x02014b50;
const LOCALE = 0x04034b50;
const CHEVRON = 0x3c;

export class Archive {
  /** Lit le répertoire. Lève DocumentRefuse. */
  constructor(octets, limites) {
    this.octets = octets;
    this.vue = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    this.limite = limites.octets_d_une_entree;
    this.balises = limites.balises;
    if (OLE.every((octet, rang) => octets[rang] === octet)) {
      throw refus("ancien_word");
    }
    const liste = this.#repertoire();
    this.entrees = new Map(liste.map((entree) => [entree.nom, entree]));
    this.#controler(liste, limites);
  }

  #repertoire() {
    const fin = this.#fin();
    const nombre = this.vue.getUint16(fin + 10, true);
    let place = this.vue.getUint32(fin + 16, true);
    const liste = [];
    for (let rang = 0; rang < nombre; rang += 1) {
      if (place + 46 > this.octets.length || this.vue.getUint32(place, true) !== ENTREE) throw refus("abime");
      const [noms, extra, commentaire] = [28, 30, 32].map((decalage) => this.vue.getUint16(place + decalage, true));
      liste.push({
        nom: new TextDecoder().decode(this.octets.subarray(place + 46, place + 46 + noms)),
        drapeaux: this.vue.getUint16(place + 8, true),
        methode: this.vue.getUint16(place + 10, true),
        compresses: this.vue.getUint32(place + 20, true),
        taille: this.vue.getUint32(place + 24, true),
        place: this.vue.getUint32(place + 42, true),
      });
      place += 46 + noms + extra + commentaire;
    }
    return liste;
  }

  #fin() {
    for (let place = this.octets.length - 22; place >= Math.max(0, this.octets.length - 65557); place -= 1) {
      if (this.vue.getUint32(place, true) === FIN) return place;
    }
    throw refus("autre_format");
  }

  #controler(liste, limites) {
    const total = liste.reduce((somme, entree) => somme + entree.taille, 0);
    if (liste.length > limites.entrees || total > limites.octets_decompresses) throw refus("demesure");
    for (const { nom, drapeaux, taille, compresses } of liste) {
      if (nom.startsWith("/") || nom.includes("\\") || nom.split("/").includes("..")) throw refus("chemin");
      if (drapeaux & 1) throw refus("protege");
      if (taille > 1_000_000 && taille > limites.ratio * Math.max(1, compresses)) throw refus("demesure");
    }
    if (this.entrees.size !== liste.length) throw refus("abime");
  }

  a(nom) {
    return this.entrees.has(nom);
  }

  noms() {
    return [...this.entrees.keys()];
  }

  /** Décompresse une entrée, sans dépasser la limite. Rend des octets. */
  async lire(nom) {
    const entree = this.entrees.get(nom);
    if (!entree) {
      throw refus("sans_texte_principal");
    }
    const { place } = entree;
    if (place + 30 > this.octets.length || this.vue.getUint32(place, true) !== LOCALE) throw refus("abime");
    const debut = place + 30 + this.vue.getUint16(place + 26, true) + this.vue.getUint16(place + 28, true);
    const contenu = this.octets.subarray(debut, debut + entree.compresses);
    if (entree.taille > this.limite || contenu.length > this.limite) throw refus("demesure");
    if (entree.methode !== 0 && entree.methode !== 8) throw refus("abime");
    const lus = entree.methode === 0 ? contenu : await this.#gonfler(contenu, entree.taille);
    // Chaque balise devient un nœud : un million d’entre elles tiennent en quelques kilooctets, et figeraient l’onglet.
    if (lus.reduce((nombre, octet) => nombre + Number(octet === CHEVRON), 0) > this.balises) throw refus("demesure");
    return lus;
  }

  /** Une entrée ne donne jamais plus que ce qu’elle annonce : c’est sur l’annonce que l’archive a été jugée. */
  async #gonfler(contenu, annonces) {
    try {
      return await passer(contenu, new DecompressionStream("deflate-raw"), annonces);
    } catch {
      throw refus("abime");
    }
  }
}
