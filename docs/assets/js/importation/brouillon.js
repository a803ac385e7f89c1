// Un brouillon que l’on remplit.

export const PHRASE = 690;
export const LIBELLE = 160;
export const TEXTE = 5900;

export class Brouillon {
  constructor(type, champs = {}) {
    this.type = type;
    this.champs = champs;
    this.doutes = [];
    this.origines = {};
    this.restes = [];
  }

  /** Note un doute, une fois. */
  douter(chemin, texte) {
    if (!this.doutes.some((doute) => doute.chemin === chemin && doute.texte === texte))
      this.doutes.push({ chemin, texte });
  }

  /** La place d’un champ des correspondances : « cas.x » est dans le dernier cas. */
  place(champ) {
    return champ.startsWith("cas.") ? champ.replace("cas.", `cas[${(this.champs.cas || []).length}].`) : champ;
  }

  /** Note les doutes que porte un bloc. */
  alerter(chemin, bloc) {
    for (const alerte of bloc.alertes) this.douter(chemin, alerte);
  }
}

/** Appelle la source s1 à la fin d’un énoncé, puis le ferme. */
export function citer(texte) {
  if (/\[(?:s[0-9]+|kit)[\], ]/.test(texte)) return texte;
  if (/(?:\.\.\.|[!?…])$/.test(texte)) return `${texte} [s1]`;
  return `${texte.replace(/[ \u00a0\u202f.;,:]+$/, "")} [s1].`;
}

/** Coupe un long texte entre ses phrases, puis entre ses mots. */
export function phrases(texte, maximum = PHRASE) {
  if (texte.length <= maximum) return [texte];
  const morceaux = [];
  for (const phrase of texte.split(/(?<=[.!?…;]) +/)) {
    if (morceaux.length && morceaux.at(-1).length + phrase.length + 1 <= maximum) {
      morceaux[morceaux.length - 1] += ` ${phrase}`;
    } else morceaux.push(phrase);
  }
  return morceaux.flatMap((morceau) => motsEntiers(morceau, maximum));
}

function motsEntiers(texte, maximum) {
  const pieces = [];
  while (texte.length > maximum) {
    const espace = texte.lastIndexOf(" ", maximum - 1);
    const coupe = espace > 0 ? espace : maximum;
    pieces.push(texte.slice(0, coupe));
    texte = texte.slice(coupe).replace(/^ +| +$/g, "");
  }
  return [...pieces, texte];
}
