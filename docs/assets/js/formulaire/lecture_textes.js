// Les textes d’un fichier YAML : nus, entre guillemets, en bloc, et les listes et champs écrits sur une ligne.

const ECHAPPES = {
  0: "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
/** Pour YAML, seules l’espace et la tabulation sont des blancs : une espace insécable est du texte. */
export const sansDebut = (texte) => texte.replace(/^[ \t]+/u, "");
export const sansFin = (texte) => texte.replace(/[ \t]+$/u, "");
export const sansBords = (texte) => sansDebut(sansFin(texte));
const LONGUEURS = { x: 2, u: 4, U: 8 };

/** « | » ou « > » : le bloc plus en retrait qui suit. */
export function scalaireEnBloc(lecteur, tete, retrait) {
  const trouvee = /^([|>])([-+]?)([1-9]?)([-+]?)[ \t]*(#.*)?$/u.exec(tete);
  if (!trouvee)
    lecteur.refuser("un texte ne peut pas commencer par « | » ou « > ». Mettez-le entre guillemets doubles.");
  const [, genre, a, chiffre, b] = trouvee;
  const coupe = a || b;
  const corps = [];
  let marge = chiffre ? Math.max(retrait, 0) + Number(chiffre) : null;
  let rang = lecteur.rang + 1;
  for (; rang < lecteur.lignes.length; rang += 1) {
    const ligne = lecteur.lignes[rang];
    const blancs = ligne.length - sansDebut(ligne).length;
    if (sansBords(ligne) && blancs <= Math.max(retrait, -1)) break;
    if (marge === null && sansBords(ligne)) marge = blancs;
    if (marge !== null && sansBords(ligne) && blancs < marge) break;
    corps.push(marge === null ? "" : ligne.slice(marge));
  }
  lecteur.rang = rang;
  let fin = 0;
  while (corps.length && !corps.at(-1)) {
    corps.pop();
    fin += 1;
  }
  const texte = genre === "|" ? corps.join("\n") : plie(corps);
  if (coupe === "-" || !corps.length) return texte;
  return texte + (coupe === "+" ? "\n".repeat(fin + 1) : "\n");
}

/** Les lignes d’un bloc plié : une fin de ligne vaut une espace, sauf à côté d’une ligne vide ou en retrait. */
function plie(lignes) {
  let texte = "";
  lignes.forEach((ligne, rang) => {
    if (rang === 0) texte = ligne;
    else if (!ligne) texte += "\n";
    else {
      const avant = lignes.slice(0, rang).findLast(Boolean) ?? "";
      const libre = /^[ \t]/u.test(ligne) || /^[ \t]/u.test(avant);
      const vides = rang - 1 - lignes.slice(0, rang).findLastIndex(Boolean);
      if (libre) texte += `\n${ligne}`;
      else texte += (vides ? "" : " ") + ligne;
    }
  });
  return texte;
}

/** Un texte ou un flux qui commence sur la première ligne ; `consommees` : combien de lignes il a prises. */
export function scalaireEnLigne(lignes, lecteur, profondeur = 0) {
  const flux = new Flux(lignes, lecteur, profondeur);
  const valeur = flux.valeur(false);
  flux.finDeLigne();
  return { valeur, consommees: flux.ligne + 1 };
}

class Flux {
  constructor(lignes, lecteur, profondeur) {
    Object.assign(this, { lignes, lecteur, profondeur, ligne: 0, colonne: 0 });
  }

  get reste() {
    return (this.lignes[this.ligne] ?? "").slice(this.colonne);
  }

  refuser(message) {
    this.lecteur.rang += this.ligne;
    this.lecteur.refuser(message);
  }

  /** Passe espaces, fins de ligne et commentaires à l’intérieur d’un flux. */
  blancs() {
    for (;;) {
      const [blanc] = /^[ \t]*/u.exec(this.reste);
      this.colonne += blanc.length;
      const auDebut = this.colonne === 0 || /[ \t]/u.test(this.lignes[this.ligne][this.colonne - 1]);
      if (this.reste && !(this.reste.startsWith("#") && auDebut)) return;
      if (this.ligne + 1 >= this.lignes.length) this.refuser("crochets ou accolades jamais fermés. Fermez-les.");
      this.ligne += 1;
      this.colonne = 0;
    }
  }

  finDeLigne() {
    if (!/^[ \t]*([ \t]#.*)?$/u.test(` ${this.reste}`))
      this.refuser("texte inattendu après la valeur. Mettez tout le texte entre guillemets doubles.");
  }

  valeur(dansUnFlux) {
    const [signe] = this.reste;
    if (this.profondeur > 20) this.refuser("plus de 20 niveaux imbriqués.");
    if (signe === "[") return this.liste();
    if (signe === "{") return this.champs();
    if (signe === '"') return this.guillemets();
    if (signe === "'") return this.apostrophes();
    if (/^[&*!%@`|>]/u.test(signe) || /^[?-]([ \t]|$)/u.test(this.reste))
      this.refuser(`un texte ne peut pas commencer par « ${signe} ». Mettez-le entre guillemets doubles.`);
    return dansUnFlux ? this.nuDansUnFlux() : this.nu();
  }

  liste() {
    const items = [];
    this.entre("]", () => items.push(this.profond(() => this.valeur(true))));
    return items;
  }

  champs() {
    const contenu = {};
    this.entre("}", () => {
      const nom = this.valeur(true);
      this.blancs();
      if (typeof nom !== "string" || !this.reste.startsWith(":"))
        this.refuser("accolades mal remplies. Écrivez « {champ: valeur} ».");
      this.colonne += 1;
      this.blancs();
      if (Object.hasOwn(contenu, nom) || nom === "__proto__") this.refuser(`« ${nom} » apparaît deux fois.`);
      contenu[nom] = this.profond(() => this.valeur(true));
    });
    return contenu;
  }

  entre(fermant, lire) {
    this.colonne += 1;
    for (;;) {
      this.blancs();
      if (this.reste.startsWith(fermant)) break;
      lire();
      this.blancs();
      if (this.reste.startsWith(",")) this.colonne += 1;
      else if (!this.reste.startsWith(fermant))
        this.refuser(`liste mal fermée. Séparez par des virgules et fermez par « ${fermant} ».`);
    }
    this.colonne += 1;
  }

  profond(lire) {
    this.profondeur += 1;
    const lue = lire();
    this.profondeur -= 1;
    return lue;
  }

  /** Texte sans guillemets : jusqu’au commentaire ou à la fin du bloc, lignes pliées. */
  nu() {
    const parts = [];
    for (;;) {
      const [texte] = /^(?:(?<![ \t])#|[^#])*/u.exec(this.reste);
      const commentaire = texte.length < this.reste.length;
      const propre = sansFin(texte);
      if (/:([ \t]|$)/u.test(propre))
        this.refuser(
          "deux-points suivi d’une espace dans un texte sans guillemets. Mettez tout le texte entre guillemets doubles.",
        );
      parts.push(propre);
      this.colonne += texte.length;
      const suivante = this.lignes.findIndex((l, rang) => rang > this.ligne && l);
      if (commentaire || suivante < 0 || this.lignes[suivante].startsWith("#")) break;
      this.ligne = suivante;
      this.colonne = 0;
      this.sauts = (this.sauts ?? []).concat(suivante);
    }
    return this.joindre(parts);
  }

  /** Une fin de ligne vaut une espace ; n lignes vides, n fins de ligne. */
  joindre(parts) {
    let rang = 0;
    return parts.reduce((texte, part, i) => {
      if (i === 0) return part;
      const cible = this.sauts[i - 1];
      const vides = cible - rang - 1;
      rang = cible;
      return texte + (vides ? "\n".repeat(vides) : " ") + part;
    }, "");
  }

  nuDansUnFlux() {
    const [texte] = /^(?:[^,[\]{}:# \t]|:(?![ \t,[\]{}]|$)|(?<![ \t])#|[ \t]+(?![ \t#,[\]{}]|$)(?=[^ \t]))*/u.exec(
      this.reste,
    );
    this.colonne += texte.length;
    const propre = sansBords(texte);
    if (!propre) this.refuser("valeur absente. Écrivez-la, ou retirez la virgule.");
    return propre;
  }

  guillemets() {
    let texte = "";
    this.colonne += 1;
    for (;;) {
      const ligne = this.lignes[this.ligne];
      while (this.colonne < ligne.length) {
        const signe = ligne[this.colonne];
        if (signe === '"') {
          this.colonne += 1;
          return texte;
        }
        if (signe === "\\" && this.colonne + 1 < ligne.length) texte += this.echappe(ligne);
        else if (signe === "\\") return this.refuser("antislash en fin de ligne. Retirez-le, ou doublez-le.");
        else {
          texte += signe;
          this.colonne += 1;
        }
      }
      texte = this.passerLaLigne(texte);
    }
  }

  echappe(ligne) {
    const signe = ligne[this.colonne + 1];
    const taille = LONGUEURS[signe];
    if (taille) {
      const code = ligne.slice(this.colonne + 2, this.colonne + 2 + taille);
      const point = /^[0-9a-f]+$/iu.test(code) && code.length === taille ? parseInt(code, 16) : -1;
      if (point < 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        this.refuser("antislash mal employé dans un texte entre guillemets. Doublez-le.");
      this.colonne += 2 + taille;
      return String.fromCodePoint(point);
    }
    if (!Object.hasOwn(ECHAPPES, signe))
      this.refuser("antislash dans un texte entre guillemets doubles. Retirez-le, ou doublez-le.");
    this.colonne += 2;
    return ECHAPPES[signe];
  }

  apostrophes() {
    let texte = "";
    this.colonne += 1;
    for (;;) {
      const [, dedans, fin] = /^((?:[^']|'')*)('?)/u.exec(this.reste);
      texte += dedans.replaceAll("''", "'");
      this.colonne += dedans.length + fin.length;
      if (fin) return texte;
      texte = this.passerLaLigne(texte);
    }
  }

  /** Entre guillemets, une fin de ligne vaut une espace ; n lignes vides, n fins de ligne. */
  passerLaLigne(texte) {
    let vides = -1;
    do {
      this.ligne += 1;
      vides += 1;
      if (this.ligne >= this.lignes.length)
        this.refuser("guillemets ouverts et jamais fermés. Ajoutez le guillemet fermant.");
    } while (!sansBords(this.lignes[this.ligne]));
    this.colonne = 0;
    return sansFin(texte) + (vides ? "\n".repeat(vides) : " ");
  }
}
