// L’index tel que macros/sorties/recherche/construction.py l’écrit : les têtes de tous les documents et les mots
// d’abord ; puis, par tranches et par paquets, qui dit quel mot, et les textes.
import { estPassee, racine } from "../socle.js";
import { Courants } from "./courants.js";
import { Formes } from "./formes.js";
import { Lexique } from "./lexique.js";
import { motsDe, plier } from "./normalisation.js";

/** Entre deux noms, deux mots-clés. */
const SEPARATEUR = " · ";
const BASE = new URL("recherche/", racine);
/** Combien de fois un mot est dit, au moins, à chaque niveau (macros/sorties/recherche/construction.py, _SEUILS). */
const FOIS = [0, 1, 2, 3, 5];

async function telecharger(nom, options) {
  const reponse = await fetch(new URL(nom, BASE), options);
  if (!reponse.ok) throw new Error(`recherche/${nom}`);
  return new Response(reponse.body.pipeThrough(new DecompressionStream("gzip")));
}

const lireJson = async (nom, options) => (await telecharger(nom, options)).json();
const lireOctets = async (nom) => new Uint8Array(await (await telecharger(nom)).arrayBuffer());

const nommer = (noms, valeurs) => Object.fromEntries(noms.map((nom, rang) => [nom, valeurs[rang] ?? ""]));

export class Index {
  static lire = (options) => lireJson("index.bin", options);
  static ouvrir = async (options) => new Index(await Index.lire(options));

  constructor({ documents, mots: lexique, occurrences, textes, courants, lieux, formes, classement, libelles }) {
    Object.assign(this, { classement, libelles, tranches: occurrences, paquets: textes });
    this.lexique = new Lexique(lexique, classement);
    this.documents = documents.map((recu, rang) => this.#document(recu, rang));
    this.facettes = new Map(); // facette → toutes ses valeurs
    for (const [facette, valeurs] of this.documents.flatMap((doc) => Object.entries(doc.valeurs)))
      this.facettes.set(facette, new Set([...(this.facettes.get(facette) ?? []), ...valeurs]));
    const liste = (texte) => new Set(texte.split(" ").map(plier));
    this.grammaire = liste(classement.grammaire);
    this.vides = new Set([...this.grammaire, ...liste(classement.tournures)]);
    this.faibles = liste(classement.faibles);
    this.coupures = liste(classement.coupures);
    this.intentions = Object.fromEntries(
      Object.entries(classement.intentions).map(([nom, dits]) => [nom, liste(dits)]),
    );
    this.lieux = liste(lieux);
    this.courants = new Courants(courants);
    this.tetes = this.#peser();
    this.memoire = new Map();
    this.formes = new Formes(formes, (nom) => this.#seSouvenir(nom, () => lireOctets(nom)));
  }

  #document([uri, type, titre, nature, inscrite, fraicheur, fin, longueur, filtres, noms, caches, codes = []], rang) {
    const validite = inscrite === "en-vigueur" && estPassee(fin) ? "a-confirmer" : inscrite;
    return {
      rang,
      uri,
      type,
      titre,
      nature,
      validite,
      fraicheur,
      longueur,
      codes,
      noms: [titre, ...noms],
      champs: {
        titre,
        noms: noms.join(SEPARATEUR),
        nature: `${this.libelles[type]} ${nature}`,
        ...nommer(["developpes", "mots_cles", "proches", "alentours"], caches),
      },
      valeurs: { ...filtres, type: [type], validite: inscrite ? [inscrite] : [] },
    };
  }

  /** Ce que pèse chaque mot des têtes dans chaque document : mot → [rang du document, poids]. */
  #peser() {
    const { champs, longueur } = this.classement;
    const lire = ([champ, texte]) => [champ, texte.split(SEPARATEUR).flatMap(motsDe)];
    const lus = this.documents.map((doc) => Object.entries(doc.champs).map(lire));
    const moyennes = {};
    for (const doc of lus) for (const [champ, dits] of doc) moyennes[champ] = (moyennes[champ] ?? 0) + dits.length;
    const tetes = new Map();
    lus.forEach((doc, rang) => {
      for (const [champ, dits] of doc) {
        const poids = champs[champ] / (1 - longueur + (longueur * dits.length * lus.length) / moyennes[champ]);
        for (const mot of dits) {
          if (!tetes.has(mot)) tetes.set(mot, []);
          const dites = tetes.get(mot);
          if (dites.at(-1)?.[0] === rang) dites.at(-1)[1] += poids;
          else dites.push([rang, poids]);
        }
      }
    });
    this.moyenne = this.documents.reduce((somme, doc) => somme + doc.longueur, 0) / this.documents.length || 1;
    return tetes;
  }

  #seSouvenir(cle, calcul) {
    if (!this.memoire.has(cle)) {
      this.memoire.set(cle, calcul());
      this.memoire.get(cle).catch?.(() => this.memoire.delete(cle)); // un échec n’est pas une réponse
    }
    return this.memoire.get(cle);
  }

  /** Ce que pèse un mot cherché dans chaque document qui le dit, ou dit un mot de sa famille : Map(rang → poids). */
  async chercher(forme, debut) {
    return this.#seSouvenir(`mot ${forme} ${debut}`, async () => {
      const poids = new Map();
      const listes = this.lexique.formes(forme, debut).map(async ([rang, valeur]) => [await this.#liste(rang), valeur]);
      for (const [liste, valeur] of await Promise.all(listes)) {
        for (const [doc, p] of liste) poids.set(doc, (poids.get(doc) ?? 0) + valeur * p);
      }
      return poids;
    });
  }

  /** Map(rang du document → poids) du mot de ce rang, têtes et textes. */
  async #liste(rang) {
    const { champs, longueur } = this.classement;
    const tranche = this.tranches.findLast(([premier]) => premier <= rang);
    const listes = await this.#seSouvenir(tranche[1], async () => (await lireJson(tranche[1])).split(" "));
    const poids = new Map(this.tetes.get(this.lexique.mots[rang].forme));
    let doc = 0;
    for (const [, saut, lettre] of listes[rang - tranche[0]].matchAll(/([0-9a-z]*)([A-Z])/g)) {
      doc += parseInt(saut || "0", 36);
      const niveau = lettre.charCodeAt(0) - 65;
      const texte = FOIS[niveau % 5] / (1 - longueur + (longueur * this.documents[doc].longueur) / this.moyenne);
      const ajout = champs.accroche * FOIS[Math.floor(niveau / 5)] + champs.texte * texte;
      poids.set(doc, (poids.get(doc) ?? 0) + ajout);
      doc += 1;
    }
    return poids;
  }

  /**
   * [faits, accroche, puis chaque bloc de texte] d’un document ; rien quand ils ne sont pas venus : le titre suffit
   * alors.
   */
  async textes({ rang }) {
    const [taille, noms] = this.paquets;
    const nom = noms[Math.floor(rang / taille)];
    const paquet = await this.#seSouvenir(nom, () => lireJson(nom)).catch(() => []);
    return paquet[rang % taille] ?? [];
  }
}
