// La forme d’une fiche, telle que le schéma la dit, puis ce que les modèles vérifient entre les champs d’une même
// partie. Les messages sont ceux de macros/lecture/validation.py.
import { estObjet, longueur } from "../valeurs.js";
import { genre, sousNoeud, suivre } from "../schema.js";

const ENTIER = /^-?[0-9]{1,9}$/u;
const NOMBRE = /^-?[0-9]{1,13}([.,][0-9]{1,4})?$/u;
const OUI_NON = /^(oui|non|true|false)$/iu;
const URL_PERMISE = /^https?:\/\/([^/?#]+)/iu;
const URL_INTERDITS = /[\s\x00-\x20\x7f-\xa0"'<>\\^`{|}]/u;
const FORMES = [
  ["^[0-9]{4}(-", "une date AAAA, AAAA-MM ou AAAA-MM-JJ, par exemple 2021-10-20"],
  ["^[0-9]{4}-[0-9]{2}-", "un jour AAAA-MM-JJ, par exemple 2026-11-22"],
  ["([01][0-9]|2[0-3])", "une heure HH:MM, par exemple 08:30"],
  ["^[a-z0-9]+(-", "des minuscules sans accent, des chiffres et des tirets, par exemple atelier-flash"],
  ["^(s[1-9]", "une clé de source (s1, s2…) ou kit"],
  ["^s[1-9]", "une clé de source : s1, s2, s3…"],
  ["[0-9AB]", "un code INSEE de commune (59464), un SIREN d’EPCI (200072544) ou un département (59, 2A)"],
  ["(svg|png", "un nom de fichier svg, png, jpg ou webp, en minuscules et sans espace"],
  ["0[0-9]( ", "un numéro à dix chiffres groupés par deux, par exemple 03 20 00 00 00"],
  ["@", "une adresse électronique, par exemple contact@exemple.fr"],
];
const motifs = new Map();

/** Un motif du schéma, compilé une fois. */
function motif(texte) {
  if (!motifs.has(texte)) motifs.set(texte, new RegExp(texte, "u"));
  return motifs.get(texte);
}

const court = (texte) => (longueur(texte) <= 60 ? texte : `${[...texte].slice(0, 57).join("")}…`);

/** Toutes les fautes de forme : { chemin, message, regle }. */
export function* forme(schema, donnees, noeud = schema, chemin = []) {
  const sorte = genre(noeud);
  if (sorte === "champs") yield* champs(schema, donnees, noeud, chemin);
  else if (sorte === "table") yield* table(schema, donnees, noeud, chemin);
  else if (sorte === "liste") yield* liste(schema, donnees, noeud, chemin);
  else yield* texte(donnees, noeud, chemin);
}

const faute = (chemin, message, regle = "forme") => ({ chemin, message, regle });

function* champs(schema, donnees, noeud, chemin) {
  if (!estObjet(donnees)) {
    yield faute(chemin, "des sous-champs « champ: valeur » sont attendus ici.");
    return;
  }
  let fautes = 0;
  for (const nom of Object.keys(noeud.properties)) {
    if (!Object.hasOwn(donnees, nom)) {
      if (!noeud.required.includes(nom)) continue;
      fautes += 1;
      yield faute([...chemin, nom], "champ obligatoire absent. Ajoutez-le.");
      continue;
    }
    for (const trouvee of forme(schema, donnees[nom], suivre(schema, noeud.properties[nom]), [...chemin, nom])) {
      fautes += 1;
      yield trouvee;
    }
  }
  for (const nom of Object.keys(donnees)) {
    if (!Object.hasOwn(noeud.properties, nom)) {
      fautes += 1;
      yield faute([...chemin, nom], "champ inconnu. Retirez-le, ou placez son contenu dans un champ connu.");
    }
  }
  const nom = chemin.length ? noeud.modele : donnees.type;
  if (!fautes && Object.hasOwn(ENSEMBLE, nom)) yield* ENSEMBLE[nom](donnees, chemin);
}

function* table(schema, donnees, noeud, chemin) {
  if (!estObjet(donnees)) {
    yield faute(chemin, "des sous-champs « clé: valeur » sont attendus ici.");
    return;
  }
  const [cle] = Object.keys(noeud.patternProperties);
  if (Object.keys(donnees).length < (noeud.minProperties ?? 0))
    yield faute(chemin, "au moins 1 élément attendu. Ajoutez-le.");
  for (const [nom, valeur] of Object.entries(donnees)) {
    if (!motif(cle).test(nom))
      yield faute([...chemin, nom], `« ${court(nom)} » n’a pas la forme voulue : ${attendu(cle)}.`);
    yield* forme(schema, valeur, sousNoeud(schema, noeud, nom), [...chemin, nom]);
  }
}

function* liste(schema, donnees, noeud, chemin) {
  if (!Array.isArray(donnees)) {
    yield faute(chemin, "une liste est attendue. Mettez chaque élément sur sa ligne, après un tiret.");
    return;
  }
  if (donnees.length < (noeud.minItems ?? 0))
    yield faute(chemin, `au moins ${noeud.minItems} élément attendu. Ajoutez-le.`);
  for (const [rang, item] of donnees.entries()) {
    yield* forme(schema, item, sousNoeud(schema, noeud, rang), [...chemin, rang]);
  }
}

/** « x » n’est pas admis, avec les valeurs admises quand elles ne sont pas trop nombreuses. */
export function pasAdmis(valeur, admises) {
  const liste = admises.length <= 40 ? ` Valeurs admises : ${[...admises].sort().join(", ")}.` : "";
  return `« ${court(valeur)} » n’est pas admis.${liste}`;
}

const attendu = (texteDuMotif) => FORMES.find(([debut]) => texteDuMotif.includes(debut))?.[1] ?? "une autre forme";

function* texte(valeur, noeud, chemin) {
  if (typeof valeur !== "string") {
    yield faute(chemin, "un texte est attendu ici. Retirez la liste ou les sous-champs.");
    return;
  }
  if ("const" in noeud) {
    if (valeur !== noeud.const)
      yield faute(chemin, `« ${court(valeur)} » n’est pas admis. Valeurs admises : ${noeud.const}.`);
    return;
  }
  if (noeud.enum) {
    // Les valeurs d’un vocabulaire ont leur règle (references.js), comme chez le validateur.
    if (!noeud["x-vocabulaire"] && !noeud.enum.includes(valeur)) yield faute(chemin, pasAdmis(valeur, noeud.enum));
    return;
  }
  const saisie = noeud["x-saisie"]?.genre;
  const message = Object.hasOwn(SAISIES, saisie ?? "") ? SAISIES[saisie](valeur, noeud) : null;
  if (message) yield faute(chemin, message);
  else if (saisie !== "entier" && saisie !== "nombre" && saisie !== "oui-non") yield* mesures(valeur, noeud, chemin);
}

function* mesures(valeur, noeud, chemin) {
  const taille = longueur(valeur);
  if (taille < (noeud.minLength ?? 0))
    yield faute(chemin, `texte trop court (au moins ${noeud.minLength} caractères). Complétez-le.`);
  else if (taille > (noeud.maxLength ?? Infinity)) {
    yield faute(
      chemin,
      `texte trop long (${taille} caractères, au plus ${noeud.maxLength}). Coupez-le ou répartissez-le.`,
    );
  } else if (noeud.pattern && noeud["x-saisie"]?.genre !== "url" && !motif(noeud.pattern).test(valeur)) {
    yield faute(chemin, `« ${court(valeur)} » n’a pas la forme voulue : ${attendu(noeud.pattern)}.`);
  }
}

function dateReelle(valeur, noeud) {
  const modele = noeud.pattern ?? noeud.anyOf[0].pattern;
  if (!motif(modele).test(valeur)) return `« ${court(valeur)} » n’a pas la forme voulue : ${attendu(modele)}.`;
  const [annee, mois = 1, jour = 1] = valeur.split("-").map(Number);
  const dernier = new Date(Date.UTC(2000 + (annee % 400), mois, 0)).getUTCDate();
  const existe = annee >= 1 && mois >= 1 && mois <= 12 && jour >= 1 && jour <= dernier;
  return existe ? null : `la date « ${valeur} » n’existe pas. Vérifiez le mois et le jour.`;
}

/** La même adresse que celle que le validateur accepte ; un hôte entre crochets est refusé. */
function adresse(valeur) {
  const hote = URL_INTERDITS.test(valeur) ? null : URL_PERMISE.exec(valeur)?.[1];
  const sure =
    hote &&
    !hote.includes("@") &&
    !/[[\]]/u.test(hote) &&
    !/[/?#@:]/u.test(hote.replace(/[@:]/g, "").normalize("NFKC"));
  return sure
    ? null
    : `adresse refusée : « ${court(valeur)} ». Écrivez une adresse http ou https complète, sans espace.`;
}

const SAISIES = {
  entier(valeur, noeud) {
    if (!ENTIER.test(valeur)) return `« ${court(valeur)} » n’est pas un nombre entier. Écrivez par exemple 90.`;
    if (Number(valeur) < (noeud.minimum ?? -Infinity))
      return `« ${valeur} » est trop petit : au moins ${noeud.minimum}.`;
    return Number(valeur) > (noeud.maximum ?? Infinity)
      ? `« ${valeur} » est trop grand : au plus ${noeud.maximum}.`
      : null;
  },
  nombre: (valeur) =>
    NOMBRE.test(valeur) ? null : `« ${court(valeur)} » n’est pas un nombre. Écrivez par exemple 2 ou 1,5.`,
  "oui-non": (valeur) =>
    OUI_NON.test(valeur) ? null : `« ${court(valeur)} » n’est pas admis. Valeurs admises : oui, non.`,
  date: dateReelle,
  jour: dateReelle,
  url: adresse,
};

export const nombre = (texteDuNombre) => Number(texteDuNombre.replace(",", "."));
export const vrai = (valeur) => typeof valeur === "string" && /^(oui|true)$/iu.test(valeur);

/** Ce que chaque modèle vérifie de lui-même, une fois ses champs bons. */
const ENSEMBLE = {
  *Source(s, chemin) {
    if (!s.url && !s.document && !s.note)
      yield faute(chemin, "la source ne se retrouve pas. Donnez url, ou document, ou note.", "source_introuvable");
  },
  *Chiffre(c, chemin) {
    if ((c.valeur === undefined) === (c.min === undefined && c.max === undefined)) {
      yield faute(chemin, "donnez soit valeur, soit min et max (l’un des deux suffit).", "chiffre_incomplet");
    } else if (c.min !== undefined && c.max !== undefined && nombre(c.min) > nombre(c.max)) {
      yield faute(chemin, "min dépasse max. Inversez-les.", "bornes_inversees");
    }
  },
  *Territoire(t, chemin) {
    if ((t.echelle === "national") === Boolean(t.lieux?.length)) {
      yield faute(
        chemin,
        "echelle et lieux ne vont pas ensemble. national : aucun lieu ; sinon au moins un.",
        "territoire_incoherent",
      );
    }
  },
  *Critere(c, chemin) {
    const demandes = [c.question, c.si_non, c.phrase_oui, c.phrase_non];
    const complet = vrai(c.toujours)
      ? Boolean(c.phrase) && !demandes.some(Boolean) && !c.parmi?.length
      : demandes.every(Boolean) && Boolean(c.parmi?.length) && !c.phrase;
    if (!complet) {
      yield faute(
        chemin,
        "critère incomplet. Donnez question, parmi, si_non, phrase_oui et phrase_non ; ou bien toujours: oui et phrase.",
        "critere_incomplet",
      );
    }
  },
  *site(f, chemin) {
    if (f.profondeur === "cas" && !(f.demarche?.length && (f.resultats?.length || f.enseignements?.length))) {
      yield faute(
        chemin,
        "un cas demande demarche, et resultats ou enseignements. Sinon écrivez profondeur: reperage.",
        "cas_incomplet",
      );
    }
  },
  *methode(f, chemin) {
    if (f.forme === "animation" && !(f.duree?.length && f.participants?.length)) {
      yield faute(
        chemin,
        "une animation demande duree et participants (au besoin une proposition, source: kit), ou une autre forme.",
        "animation_sans_duree",
      );
    }
  },
};
export const REGLES_DE_FORME = [
  "source_introuvable",
  "chiffre_incomplet",
  "bornes_inversees",
  "territoire_incoherent",
  "critere_incomplet",
  "cas_incomplet",
  "animation_sans_duree",
];
