// Ouvre un fichier YAML de fiche. Seulement ce qu’une fiche peut contenir : champs, listes, textes, tous les textes
// restant du texte, comme dans macros/lecture/brute.py. Ni ancre, ni renvoi, ni étiquette ; ce qui n’est pas compris est dit,
// avec sa ligne, et rien n’est deviné.
import { PROFONDEUR_MAX, TAILLE_MAX } from "./valeurs.js";
import { sansBords, sansDebut, sansFin, scalaireEnBloc, scalaireEnLigne } from "./lecture_textes.js";

export class Refus extends Error {
  constructor(message, ligne) {
    super(`ligne ${ligne} : ${message}`);
    this.ligne = ligne;
  }
}

/** Le contenu d’une fiche. Lève Refus, dont le message dit la ligne et le remède. */
export function lireYaml(texte) {
  if (texte.length > TAILLE_MAX) throw new Refus("fichier trop gros. Une fiche ne dépasse pas 400 ko.", 1);
  const lecteur = new Lecteur(texte.replace(/^\ufeff/u, "").replace(/\r\n?/g, "\n"));
  const contenu = lecteur.document();
  if (Array.isArray(contenu) || typeof contenu !== "object") {
    throw new Refus("une fiche est une suite de lignes « champ: valeur ». Commencez par « type: ».", 1);
  }
  return contenu;
}

const CLE =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^ \t#&*!|>%@`"'[\]{},?:-](?:[^:#]|:(?=[^ \t])|(?<=[^ \t])#)*?|[?:-](?=[^ \t])(?:[^:#]|:(?=[^ \t])|(?<=[^ \t])#)*?)[ \t]*:(?=[ \t]|$)/u;

class Lecteur {
  constructor(texte) {
    this.lignes = texte.split("\n");
    this.rang = 0;
  }

  refuser(message) {
    throw new Refus(message, Math.min(this.rang, this.lignes.length - 1) + 1);
  }

  /** Passe les lignes vides et les commentaires ; rend la ligne courante, ou undefined à la fin. */
  ligne() {
    while (this.rang < this.lignes.length && /^[ \t]*(#.*)?$/u.test(this.lignes[this.rang])) this.rang += 1;
    const ligne = this.lignes[this.rang];
    if (ligne !== undefined && /^ *\t/u.test(ligne))
      this.refuser("tabulation dans le retrait. Remplacez-la par des espaces, deux par niveau.");
    return ligne;
  }

  document() {
    if (sansFin(this.ligne() ?? "") === "---") this.rang += 1;
    const debut = this.ligne();
    if (debut === undefined) this.refuser("fichier vide.");
    const contenu = this.bloc(retraitDe(debut), 0);
    const reste = this.ligne();
    if (reste !== undefined && sansFin(reste) !== "...") {
      this.refuser(
        /^---([ \t]|$)/u.test(reste)
          ? "deuxième document (« --- ») refusé."
          : "un nom de champ était attendu ici. Vérifiez l’alignement des lignes.",
      );
    }
    return contenu;
  }

  /** Une liste ou des champs, dont les lignes commencent à ce retrait. */
  bloc(retrait, profondeur) {
    if (profondeur > PROFONDEUR_MAX) this.refuser(`plus de ${PROFONDEUR_MAX} niveaux imbriqués.`);
    const ligne = this.ligne();
    if (/^ *-([ \t]|$)/u.test(ligne)) return this.liste(retrait, profondeur);
    if (CLE.test(ligne.slice(retrait))) return this.champs(retrait, profondeur);
    return this.texteOuFlux(ligne.slice(retrait), retrait - 1, profondeur);
  }

  liste(retrait, profondeur) {
    const items = [];
    for (
      let ligne = this.ligne();
      ligne !== undefined && retraitDe(ligne) === retrait && /^ *-([ \t]|$)/u.test(ligne);
      ligne = this.ligne()
    ) {
      const suite = ligne.slice(retrait + 1);
      const dedans = sansDebut(suite);
      if (!dedans || dedans.startsWith("#")) {
        this.rang += 1;
        items.push(this.enDessous(retrait + 1, profondeur));
      } else {
        // Ce qui suit le tiret se lit comme une ligne au retrait de son premier signe.
        const decalage = retrait + 1 + suite.length - dedans.length;
        if (/^-([ \t]|$)/u.test(dedans) || CLE.test(dedans)) {
          this.lignes[this.rang] = " ".repeat(decalage) + dedans;
          items.push(this.bloc(decalage, profondeur + 1));
        } else {
          items.push(this.texteOuFlux(dedans, retrait, profondeur));
        }
      }
    }
    return items;
  }

  champs(retrait, profondeur) {
    const contenu = {};
    for (let ligne = this.ligne(); ligne !== undefined && retraitDe(ligne) === retrait; ligne = this.ligne()) {
      const trouvee = CLE.exec(ligne.slice(retrait));
      if (!trouvee) break;
      const nom = /^["']/u.test(trouvee[1]) ? scalaireEnLigne([trouvee[1]], this).valeur : sansFin(trouvee[1]);
      if (nom === "__proto__") this.refuser("champ inconnu : « __proto__ ».");
      if (Object.hasOwn(contenu, nom)) this.refuser(`« ${nom} » apparaît deux fois. Gardez une seule des deux lignes.`);
      const suite = sansDebut(ligne.slice(retrait + trouvee[0].length));
      if (!suite || suite.startsWith("#")) {
        this.rang += 1;
        contenu[nom] = this.enDessous(retrait, profondeur, true);
      } else {
        contenu[nom] = this.texteOuFlux(suite, retrait, profondeur);
      }
    }
    return contenu;
  }

  /** La valeur écrite sous sa clé ou son tiret : plus en retrait, ou une liste au même retrait que sa clé. */
  enDessous(retrait, profondeur, sousUneCle = false) {
    const ligne = this.ligne();
    const decalage = ligne === undefined ? -1 : retraitDe(ligne);
    const listeAlignee = sousUneCle && decalage === retrait && /^ *-([ \t]|$)/u.test(ligne ?? "");
    const assez = sousUneCle ? decalage > retrait : decalage >= retrait;
    if (!assez && !listeAlignee) {
      this.rang -= 1;
      this.refuser("valeur absente. Écrivez-la, ou retirez la ligne.");
    }
    return this.bloc(decalage, profondeur + 1);
  }

  /** Un texte (nu, entre guillemets, en bloc) ou une liste et des champs en ligne ; avance après lui. */
  texteOuFlux(debut, retrait, profondeur) {
    if (/^[&*!]/u.test(debut))
      this.refuser("ancre, renvoi ou étiquette YAML refusés. Un texte qui commence ainsi va entre guillemets.");
    if (/^[|>]/u.test(debut)) return scalaireEnBloc(this, debut, retrait);
    const lignes = [debut];
    for (let rang = this.rang + 1; rang < this.lignes.length; rang += 1) {
      const ligne = this.lignes[rang];
      if (sansBords(ligne) && retraitDe(ligne) <= retrait) break;
      lignes.push(sansBords(ligne));
    }
    const { valeur, consommees } = scalaireEnLigne(lignes, this, profondeur);
    this.rang += consommees;
    return valeur;
  }
}

const retraitDe = (ligne) => ligne.length - sansDebut(ligne).length;
