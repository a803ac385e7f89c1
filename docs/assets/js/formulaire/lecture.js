// Ouvre un fichier YAML de fiche : ce que notre écriture écrit, et ce que l’on y retouche à la main. Champs, listes et
// textes, tous les textes restant du texte, comme dans macros/lecture/brute.py. Ni ancre, ni renvoi, ni étiquette ; ce
// qui n’est pas compris est dit, avec sa ligne, et rien n’est deviné.
import { dire, motif } from "../partage/fiche.js";
import { PROFONDEUR_MAX, TAILLE_MAX } from "./valeurs.js";

/** Un fichier qui ne se lit pas ; le message dit la ligne et le remède. */
export class Refus extends Error {}

/** Pour YAML, seules l’espace et la tabulation sont des blancs : une espace insécable est du texte. */
const sansDebut = (texte) => texte.replace(/^[ \t]+/u, "");
const sansFin = (texte) => texte.replace(/[ \t]+$/u, "");
const sansBords = (texte) => sansDebut(sansFin(texte));
const retraitDe = (ligne) => ligne.length - sansDebut(ligne).length;
/** Une fin de ligne vaut une espace ; n lignes vides, n fins de ligne. */
const plier = (texte) => texte.replace(/(?<=[^\n])\n(\n*)/gu, (_, vides) => vides || " ");

const ENTRE_GUILLEMETS = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/u.source;
const NUE = /[^ \t#&*!|>%@`"'[\]{},?:-](?:[^:#]|:(?=[^ \t])|(?<=[^ \t])#)*?/u.source;
const CLE = new RegExp(`^(${ENTRE_GUILLEMETS}|${NUE})[ \\t]*:(?=[ \\t]|$)`, "u");
const MOT_NU = motif("mot_nu");
const INSECABLE = /^[\u00a0\u202f\u2007]/u;
/** Par quoi commence un texte sans guillemets. */
const NU_DEBUT = /^[^"'[{]/u;
const TIRET = /^ *-([ \t]|$)/u;

/** Le contenu d’une fiche. Lève Refus. */
export const lireYaml = (texte) => lireAvecPlaces(texte).contenu;

/**
 * Le contenu d’une fiche, et où il est écrit : `blocs`, de chaque liste et de chaque suite de champs vers
 * { retrait, places }, la ligne de la clé ou du tiret et celle d’après la valeur. Lève Refus.
 */
export function lireAvecPlaces(texte) {
  if (texte.length > TAILLE_MAX) throw new Refus(dire("trop_gros", { ko: TAILLE_MAX / 1000 }));
  const lecteur = new Lecteur(texte.replace(/^\ufeff/u, "").replace(/\r\n?/g, "\n"));
  const contenu = lecteur.document();
  if (Array.isArray(contenu) || typeof contenu !== "object") throw new Refus(dire("pas_une_fiche"));
  return { contenu, blocs: lecteur.blocs };
}

class Lecteur {
  constructor(texte) {
    this.lignes = texte.split("\n");
    this.rang = 0;
    this.fin = 0;
    this.blocs = new Map();
  }

  refuser(message, rang = this.rang) {
    throw new Refus(`ligne ${Math.min(rang, this.lignes.length - 1) + 1} : ${message}`);
  }

  /** Passe les lignes vides et les commentaires ; rend la ligne courante, ou undefined à la fin. */
  ligne() {
    while (this.rang < this.lignes.length && /^[ \t]*(#.*)?$/u.test(this.lignes[this.rang])) this.rang += 1;
    const ligne = this.lignes[this.rang];
    if (/^ *\t/u.test(ligne ?? "")) this.refuser(dire("tabulation"));
    return ligne;
  }

  document() {
    if (sansFin(this.ligne() ?? "") === "---") this.rang += 1;
    const debut = this.ligne();
    if (debut === undefined) this.refuser(dire("vide"));
    const contenu = this.bloc(retraitDe(debut), 0);
    const reste = this.ligne();
    if (reste !== undefined && sansFin(reste) !== "...")
      this.refuser(dire(/^---([ \t]|$)/u.test(reste) ? "second_document" : "nom_attendu"));
    return contenu;
  }

  /** Une liste ou des champs, dont les lignes commencent à ce retrait. */
  bloc(retrait, profondeur) {
    if (profondeur > PROFONDEUR_MAX) this.refuser(dire("trop_profond", { max: PROFONDEUR_MAX }));
    const ligne = this.ligne();
    if (TIRET.test(ligne)) return this.liste(retrait, profondeur);
    if (CLE.test(ligne.slice(retrait))) return this.champs(retrait, profondeur);
    return this.valeur(ligne.slice(retrait), retrait - 1, profondeur);
  }

  liste(retrait, profondeur) {
    const items = [];
    const places = [];
    for (
      let ligne = this.ligne();
      ligne !== undefined && retraitDe(ligne) === retrait && TIRET.test(ligne);
      ligne = this.ligne()
    ) {
      const tete = this.rang;
      const dedans = sansDebut(ligne.slice(retrait + 1));
      if (!dedans || dedans.startsWith("#")) items.push(this.enDessous(retrait + 1, profondeur));
      else if (TIRET.test(dedans) || CLE.test(dedans)) {
        // Ce qui suit le tiret se lit comme une ligne au retrait de son premier signe.
        const decalage = ligne.length - dedans.length;
        this.lignes[this.rang] = " ".repeat(decalage) + dedans;
        items.push(this.bloc(decalage, profondeur + 1));
      } else items.push(this.valeur(dedans, retrait, profondeur));
      places.push({ tete, fin: this.fin });
    }
    this.blocs.set(items, { retrait, places });
    return items;
  }

  champs(retrait, profondeur) {
    const contenu = {};
    const places = new Map();
    for (let ligne = this.ligne(); ligne !== undefined && retraitDe(ligne) === retrait; ligne = this.ligne()) {
      const trouvee = CLE.exec(ligne.slice(retrait));
      if (!trouvee) break;
      const nom = /^["']/u.test(trouvee[1]) ? new EnLigne(trouvee[1], this, 0).lireTout() : sansFin(trouvee[1]);
      this.nommer(contenu, nom, (places.get(nom)?.tete ?? this.rang) + 1);
      const tete = this.rang;
      const suite = sansDebut(ligne.slice(retrait + trouvee[0].length));
      const absente = !suite || suite.startsWith("#");
      contenu[nom] = absente ? this.enDessous(retrait, profondeur, true) : this.valeur(suite, retrait, profondeur);
      places.set(nom, { tete, fin: this.fin });
    }
    this.blocs.set(contenu, { retrait, places });
    return contenu;
  }

  /** Refuse un champ que l’on a déjà, ou qui n’en est pas un. */
  nommer(contenu, nom, ligne = this.rang + 1) {
    if (INSECABLE.test(nom)) this.refuser(dire("espace_insecable"));
    if (nom === "__proto__") this.refuser(dire("extra_forbidden"));
    if (Object.hasOwn(contenu, nom)) this.refuser(dire("nom_en_double", { nom, ligne }));
  }

  /** La valeur écrite sous sa clé ou son tiret : plus en retrait, ou une liste au même retrait que sa clé. */
  enDessous(retrait, profondeur, sousUneCle = false) {
    const depart = this.rang;
    this.rang += 1;
    const ligne = this.ligne();
    const decalage = ligne === undefined ? -1 : retraitDe(ligne);
    const listeAlignee = sousUneCle && decalage === retrait && TIRET.test(ligne ?? "");
    if (!listeAlignee && decalage < retrait + Number(sousUneCle)) this.refuser(dire("valeur_absente"), depart);
    return this.bloc(decalage, profondeur + 1);
  }

  /** Un texte (nu, entre guillemets, en bloc) ou une liste et des champs en ligne ; avance après lui. */
  valeur(debut, retrait, profondeur) {
    if (/^[|>]/u.test(debut)) return this.enBloc(debut, retrait);
    const lignes = [sansFin(debut)];
    const depart = this.rang;
    let fin = this.rang + 1;
    for (; fin < this.lignes.length; fin += 1) {
      const ligne = this.lignes[fin];
      if (sansBords(ligne) && retraitDe(ligne) <= retrait) break;
      if (/^ *\t/u.test(ligne)) this.refuser(dire("tabulation"), fin);
      if (NU_DEBUT.test(debut) && /^-[^ -]/u.test(sansBords(ligne))) this.refuser(dire("tiret_colle"), fin);
      lignes.push(sansBords(ligne));
    }
    const enLigne = new EnLigne(lignes.join("\n").replace(/\n+$/u, ""), this, profondeur);
    const lue = enLigne.lireTout();
    this.fin = depart + enLigne.lignes;
    this.rang = fin;
    return lue;
  }

  /** « | » ou « > » : le bloc plus en retrait qui suit. */
  enBloc(tete, retrait) {
    const [, genre, coupe] = /^([|>])(-?)[ \t]*(?:#.*)?$/u.exec(tete) ?? [];
    if (!genre) this.refuser(dire("debut_interdit", { signe: tete[0] }));
    const corps = [];
    let marge = null;
    for (this.rang += 1; this.rang < this.lignes.length; this.rang += 1) {
      const ligne = this.lignes[this.rang];
      const ecrite = Boolean(sansBords(ligne));
      if (ecrite && retraitDe(ligne) < (marge ?? Math.max(retrait, -1) + 1)) break;
      if (ecrite) marge ??= retraitDe(ligne);
      if (genre === ">" && ecrite && retraitDe(ligne) > marge)
        this.refuser("ligne en retrait dans un texte « > ». Alignez-la sur les autres, ou écrivez « | ».");
      corps.push(marge === null ? "" : ligne.slice(marge));
    }
    const texte = corps.join("\n").replace(/\n+$/u, "");
    this.fin = this.rang;
    while (!sansBords(this.lignes[this.fin - 1])) this.fin -= 1;
    return (genre === "|" ? texte : plier(texte)) + (coupe || !texte ? "" : "\n");
  }
}

const BLANCS = /(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*/uy;
const NU = /(?:[^#:]|(?<![ \t\n])#|:(?![ \t\n]|$))*/uy;
const NU_EN_FLUX = /(?:[^,[\]{}:# \t\n]|:(?![ \t\n,[\]{}]|$)|(?<![ \t\n])#|[ \t\n]+(?=[^ \t\n#,[\]{}]))*/uy;
const GUILLEMETS = /"((?:[^"\\]|\\[^])*)"/uy;
const APOSTROPHES = /'((?:[^']|'')*)'/uy;
const FIN = /[ \t\n]*(?:(?<=[ \t\n])#[^\n]*)?$/uy;
const INTERDITS = { "&": "ancre_yaml", "*": "renvoi_yaml", "!": "etiquette_yaml" };
const ECHAPPES = { 0: "\0", b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "/": "/", "\\": "\\" };

/** Une valeur écrite à la suite : un texte, une liste « [a, b] » ou des champs « {a: b} ». */
class EnLigne {
  constructor(texte, lecteur, profondeur) {
    Object.assign(this, { texte, lecteur, profondeur, place: 0 });
  }

  refuser(nom, valeurs) {
    this.lecteur.refuser(dire(nom, valeurs));
  }

  get signe() {
    return this.texte[this.place] ?? "";
  }

  lire(motif) {
    motif.lastIndex = this.place;
    const trouve = motif.exec(this.texte);
    if (trouve) this.place = motif.lastIndex;
    return trouve;
  }

  lireTout() {
    const lue = this.valeur(false);
    this.lignes = this.texte.slice(0, this.place).trimEnd().split("\n").length;
    if (!this.lire(FIN))
      this.lecteur.refuser("texte inattendu après la valeur. Mettez tout le texte entre guillemets doubles.");
    return lue;
  }

  valeur(enFlux) {
    const { signe } = this;
    if (this.profondeur > PROFONDEUR_MAX) this.refuser("trop_profond", { max: PROFONDEUR_MAX });
    if (signe === "[") return this.liste();
    if (signe === "{") return this.champs();
    if (signe === '"') return this.entreGuillemets();
    if (signe === "'") return plier(this.lire(APOSTROPHES)?.[1] ?? this.ouvert()).replaceAll("''", "'");
    if (Object.hasOwn(INTERDITS, signe)) this.refuser(INTERDITS[signe]);
    if (/^(?:[%@`|>]|[?-](?:[ \t\n]|$))/u.test(this.texte.slice(this.place, this.place + 2)))
      this.refuser("debut_interdit", { signe });
    const [lu] = this.lire(enFlux ? NU_EN_FLUX : NU);
    if (!enFlux && this.signe === ":") this.refuser("deux_points");
    if (/^[ \t]+#/u.test(this.texte.slice(this.place - 1)) && !/^[0-9.]+$/u.test(lu.trim()) && !MOT_NU.test(lu.trim()))
      this.refuser("diese");
    if (/^-[^\s\d-]/u.test(lu)) this.refuser("tiret_colle");
    if (/^[•·▪◦‣–—]\s/u.test(lu)) this.refuser("puce");
    if (/^[A-Za-z0-9_-]+:[\u00a0\u202f\u2007]/u.test(lu)) this.refuser("espace_insecable");
    if (!lu) this.refuser("valeur_absente");
    return plier(lu.replace(/[ \t\n]+$/u, ""));
  }

  ouvert() {
    this.refuser("guillemet_ouvert");
  }

  liste() {
    const items = [];
    this.entre("]", "crochets", () => items.push(this.valeur(true)));
    return items;
  }

  champs() {
    const contenu = {};
    this.entre("}", "accolades", () => {
      const nom = this.valeur(true);
      this.lire(BLANCS);
      if (typeof nom !== "string" || this.signe !== ":")
        this.lecteur.refuser("accolades mal remplies. Écrivez « {champ: valeur} ».");
      this.lecteur.nommer(contenu, nom);
      this.place += 1;
      this.lire(BLANCS);
      contenu[nom] = this.valeur(true);
    });
    return contenu;
  }

  entre(fermante, message, lire) {
    this.place += 1;
    this.profondeur += 1;
    for (this.lire(BLANCS); this.signe !== fermante; this.lire(BLANCS)) {
      lire();
      this.lire(BLANCS);
      if (this.signe === ",") this.place += 1;
      else if (this.signe !== fermante) this.refuser(message, { fermante });
    }
    this.place += 1;
    this.profondeur -= 1;
  }

  entreGuillemets() {
    const brut = this.lire(GUILLEMETS)?.[1] ?? this.ouvert();
    return plier(brut).replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([^]))/giu, (_, x, u, signe) => {
      const point = parseInt(x ?? u, 16);
      if (point >= 0xd800 && point <= 0xdfff) this.refuser("antislash");
      if (signe === undefined) return String.fromCharCode(point);
      return Object.hasOwn(ECHAPPES, signe) ? ECHAPPES[signe] : this.refuser("antislash");
    });
  }
}
