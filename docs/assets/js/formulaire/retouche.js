// Un fichier qui est déjà là, avec d’autres données : ce qui n’a pas changé garde ses lignes, ses commentaires, ses
// guillemets et son ordre. La jumelle de macros/contribution/retouche.py : un test compare les deux.
import { lireAvecPlaces, lireYaml } from "./lecture.js";
import { sousNoeud } from "./schema.js";
import { nettoyer } from "./valeurs.js";
import { champ, item } from "./yaml.js";

/** Le texte de la fiche, tel qu’il dise ces données nettoyées. */
export function retoucher(schema, texte, donnees) {
  const { contenu, blocs } = lireAvecPlaces(texte);
  if (pareils(nettoyer(contenu), donnees)) return texte;
  const lignes = texte.split("\n");
  const { debut, fin, corps } = new Retouche(schema, lignes, blocs).document(contenu, donnees);
  return [...lignes.slice(0, debut), ...corps, ...lignes.slice(fin)].join("\n");
}

class Retouche {
  constructor(schema, lignes, blocs) {
    Object.assign(this, { schema, lignes: [...lignes], blocs, retour: lignes[0].endsWith("\r") ? "\r" : "" });
  }

  document(avant, apres) {
    const places = [...this.places(avant).values()];
    return { debut: places[0].tete, fin: places.at(-1).fin, corps: this.contenu(avant, apres, this.schema) };
  }

  /** Ce qu’un bloc tient, avec la ligne où commencent ses commentaires ; chaque tiret, ôté, se repose à l’écriture. */
  places(bloc) {
    const { retrait, places } = this.blocs.get(bloc);
    let debut;
    return new Map(
      [...places.entries()].map(([cle, { tete, fin }]) => {
        if (Array.isArray(bloc)) this.lignes[tete] = poser(this.lignes[tete], retrait, " ");
        const place = { debut: debut ?? tete, tete, fin, valeur: bloc[cle] };
        debut = fin;
        return [cle, place];
      }),
    );
  }

  contenu(avant, apres, noeud) {
    const places = this.places(avant);
    const { retrait } = this.blocs.get(avant);
    const sous = (part) => noeud && sousNoeud(this.schema, noeud, part);
    const comment = (place) => (place ? this.lignes.slice(place.debut, place.tete) : []);
    if (!Array.isArray(apres)) {
      const noms = ordre([...places.keys()], Object.keys(apres), Object.keys(noeud?.properties ?? {}));
      return noms.flatMap((nom) => {
        const place = places.get(nom);
        return [...comment(place), ...this.corps(place, nom, apres[nom], sous(nom), retrait)];
      });
    }
    return paires([...places.values()], apres).flatMap(([place, valeur]) => {
      const [premiere, ...suite] = this.corps(place, null, valeur, sous(0), retrait);
      return [...comment(place), poser(premiere, retrait, "-").replace(/ +$/u, ""), ...suite];
    });
  }

  /** Les lignes d’un champ (`nom`) ou d’un élément, depuis sa clé ou son tiret. */
  corps(place, nom, valeur, noeud, retrait) {
    if (place && pareils(nettoyer(place.valeur), valeur)) return this.lignes.slice(place.tete, place.fin);
    if (this.blocs.has(place?.valeur) && Array.isArray(place.valeur) === Array.isArray(valeur) && taille(valeur)) {
      const corps = this.contenu(place.valeur, valeur, noeud);
      const [premiere] = this.blocs.get(place.valeur).places.values();
      return [...this.lignes.slice(place.tete, premiere.tete), ...corps];
    }
    const mince = place && this.mince(place, nom, valeur, retrait);
    if (mince) return mince;
    const neuves =
      nom === null ? item(this.schema, valeur, noeud, retrait) : champ(this.schema, nom, valeur, noeud, retrait);
    return [...neuves].map((ligne) => ligne + this.retour);
  }

  /** Les mêmes lignes avec les seuls mots nouveaux, à la place où elles se lisent alors comme il faut. */
  mince(place, nom, valeur, retrait) {
    const brut = this.lignes.slice(place.tete, place.fin).join("\n");
    const voulu = nom === null ? [valeur] : { [nom]: valeur };
    const textes = [...changes(place.valeur, valeur)];
    for (const [ancien, nouveau] of textes.length === 1 ? milieux(...textes[0]) : []) {
      let debut = brut.indexOf(ancien);
      while (debut >= 0) {
        const essai = brut.slice(0, debut) + nouveau + brut.slice(debut + ancien.length);
        if (pareils(relu(nom === null ? poser(essai, retrait, "-") : essai), voulu)) return essai.split("\n");
        debut = brut.indexOf(ancien, debut + 1);
      }
    }
    return null;
  }
}

/** Ce que disent des lignes, dans un fichier à elles ; null quand elles ne disent rien. */
function relu(texte) {
  try {
    return lireYaml(["x:", ...texte.split("\n").map((ligne) => ` ${ligne}`)].join("\n")).x;
  } catch {
    return null;
  }
}

const poser = (ligne, colonne, signe) => ligne.slice(0, colonne) + signe + ligne.slice(colonne + 1);
const taille = (valeur) => valeur && typeof valeur === "object" && Object.keys(valeur).length;
const pareils = (a, b) => a === b || (taille(a) === taille(b) && memesParts(a, b));

function memesParts(a, b) {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return Object.keys(a).every((cle) => Object.hasOwn(b, cle) && pareils(a[cle], b[cle]));
}

/** Les noms à écrire : ceux du fichier dans leur ordre, un nouveau après ceux que le schéma met avant lui. */
function ordre(places, noms, connus) {
  const suite = places.filter((nom) => noms.includes(nom));
  for (const nom of [...connus.filter((n) => noms.includes(n)), ...noms.filter((n) => !connus.includes(n))]) {
    if (suite.includes(nom)) continue;
    const avant = connus.includes(nom) ? connus.slice(0, connus.indexOf(nom)) : suite;
    suite.splice(suite.findLastIndex((n) => avant.includes(n)) + 1, 0, nom);
  }
  return suite;
}

/** Chaque élément avec celui qu’il était : le même, sinon le premier qui reste. */
function paires(places, valeurs) {
  const libres = [...places];
  const prendre = (rang) => (rang < 0 ? null : libres.splice(rang, 1)[0]);
  const memes = valeurs.map((valeur) => prendre(libres.findIndex((place) => pareils(place.valeur, valeur))));
  return valeurs.map((valeur, rang) => [memes[rang] ?? libres.shift(), valeur]);
}

/** Les textes qui ont changé, là où le reste a la même forme ; des textes vides là où il ne l’a pas. */
function* changes(avant, apres) {
  if (typeof avant === "string" && typeof apres === "string") {
    if (avant !== apres) yield [avant, apres];
  } else if (taille(avant) === taille(apres) && Object.keys(avant).every((cle) => Object.hasOwn(apres, cle))) {
    for (const cle of Object.keys(avant)) yield* changes(avant[cle], apres[cle]);
  } else yield ["", ""];
}

const MOTS = /([ \n]+)/u;

/** Les mots qui diffèrent : avec le mot d’avant, puis seuls. */
function milieux(avant, apres) {
  const [a, b] = [avant.split(MOTS), apres.split(MOTS)];
  const court = Math.min(a.length, b.length);
  let debut = 0;
  while (debut < court && a[debut] === b[debut]) debut += 1;
  let fin = 0;
  while (fin < court - debut && a.at(-1 - fin) === b.at(-1 - fin)) fin += 1;
  return [Math.max(debut - 2, 0), debut]
    .map((depuis) => [a, b].map((mots) => mots.slice(depuis, mots.length - fin).join("")))
    .filter(([ancien]) => ancien);
}
