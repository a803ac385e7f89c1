// La forme d’une fiche, telle que le schéma la dit, puis ce que les modèles vérifient entre les champs d’une même
// partie.
import FICHE, { dire, motif as partage } from "../../partage/fiche.js";
import { estObjet, longueur } from "../valeurs.js";
import { genre, sousNoeud, suivre } from "../schema.js";

const ADRESSE = partage("adresse");
const ATTENDUS = { entier: "int_type", nombre: "float_type", "oui-non": "bool_type" };
const motifs = new Map();

/** Un motif du schéma, compilé une fois. */
function motif(texte) {
  if (!motifs.has(texte)) motifs.set(texte, new RegExp(texte, "u"));
  return motifs.get(texte);
}

function court(texte) {
  const limite = FICHE.limites.saisie;
  return longueur(texte) <= limite ? texte : `${[...texte].slice(0, limite - 3).join("")}…`;
}

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
    yield faute(chemin, dire("model_type"));
    return;
  }
  let fautes = 0;
  for (const nom of Object.keys(noeud.properties)) {
    if (!Object.hasOwn(donnees, nom)) {
      if (!noeud.required.includes(nom)) continue;
      fautes += 1;
      yield faute([...chemin, nom], dire("missing"));
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
      yield faute(
        [...chemin, nom],
        `${dire("extra_forbidden")} Retirez-le, ou placez son contenu dans un champ connu.`,
      );
    }
  }
  const nom = chemin.length ? noeud.modele : donnees.type;
  if (fautes || !Object.hasOwn(ENSEMBLE, nom)) return;
  const trouvee = Object.entries(ENSEMBLE[nom]).find(([, fausse]) => fausse(donnees));
  if (trouvee) yield faute(chemin, dire(trouvee[0]), trouvee[0]);
}

function* table(schema, donnees, noeud, chemin) {
  if (!estObjet(donnees)) {
    yield faute(chemin, dire("dict_type"));
    return;
  }
  const [cle] = Object.keys(noeud.patternProperties);
  if (Object.keys(donnees).length < (noeud.minProperties ?? 0))
    yield faute(chemin, dire("too_short", { min_length: noeud.minProperties }));
  for (const [nom, valeur] of Object.entries(donnees)) {
    if (!motif(cle).test(nom)) yield faute([...chemin, nom], pasLaForme(nom, noeud));
    yield* forme(schema, valeur, sousNoeud(schema, noeud, nom), [...chemin, nom]);
  }
}

function* liste(schema, donnees, noeud, chemin) {
  if (!Array.isArray(donnees)) {
    yield faute(chemin, dire("tuple_type"));
    return;
  }
  if (donnees.length < (noeud.minItems ?? 0)) yield faute(chemin, dire("too_short", { min_length: noeud.minItems }));
  for (const [rang, item] of donnees.entries()) {
    yield* forme(schema, item, sousNoeud(schema, noeud, rang), [...chemin, rang]);
  }
}

/** Ce qui est admis, quand ce n’est pas trop long à lire. */
export function remede(admis) {
  return admis.length <= FICHE.limites.admises
    ? dire("valeurs_admises", { valeurs: [...admis].sort().join(", ") })
    : "";
}

const refus = (nom, valeur) => dire(nom, { saisie: court(valeur) });
const pasLaForme = (valeur, { patternErrorMessage: attendu }) =>
  dire("string_pattern_mismatch", { saisie: court(valeur), attendu });
const pasAdmis = (valeur, admises) => `${refus("literal_error", valeur)} ${remede(admises)}`.trimEnd();

function* texte(valeur, noeud, chemin) {
  if (typeof valeur !== "string") {
    yield faute(chemin, dire(ATTENDUS[noeud["x-saisie"]?.genre] ?? "string_type"));
    return;
  }
  if ("const" in noeud) {
    if (valeur !== noeud.const) yield faute(chemin, pasAdmis(valeur, [noeud.const]));
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
  if (taille < (noeud.minLength ?? 0)) yield faute(chemin, dire("string_too_short", { min_length: noeud.minLength }));
  else if (taille > (noeud.maxLength ?? Infinity)) {
    yield faute(chemin, dire("string_too_long", { taille, max_length: noeud.maxLength }));
  } else if (noeud.pattern && noeud["x-saisie"]?.genre !== "url" && !motif(noeud.pattern).test(valeur)) {
    yield faute(chemin, pasLaForme(valeur, noeud));
  }
}

function dateReelle(valeur, noeud) {
  const modele = noeud.pattern ? noeud : noeud.anyOf[0];
  if (!motif(modele.pattern).test(valeur)) return pasLaForme(valeur, modele);
  const [annee, mois = 1, jour = 1] = valeur.split("-").map(Number);
  const dernier = new Date(Date.UTC(2000 + (annee % 400), mois, 0)).getUTCDate();
  const existe = annee >= 1 && mois >= 1 && mois <= 12 && jour >= 1 && jour <= dernier;
  return existe ? null : dire("date_impossible", { saisie: valeur });
}

/** Trop longue, elle l’est avant d’être lue : sa mesure le dira. */
const adresse = (valeur, { maxLength = Infinity }) =>
  longueur(valeur) > maxLength || ADRESSE.test(valeur) ? null : refus("url_refusee", valeur);

/** Un éditeur y voit un nombre ou un booléen ; ici, c’est encore un texte, dont le schéma dit la forme. */
const ecrit = (valeur, noeud) => motif(noeud.anyOf.find(({ pattern }) => pattern).pattern).test(valeur);

const SAISIES = {
  entier(valeur, noeud) {
    const { minimum: ge = -Infinity, maximum: le = Infinity } = noeud;
    if (!ecrit(valeur, noeud)) return refus("entier_attendu", valeur);
    if (Number(valeur) < ge) return dire("greater_than_equal", { saisie: valeur, ge });
    return Number(valeur) > le ? dire("less_than_equal", { saisie: valeur, le }) : null;
  },
  nombre: (valeur, noeud) => (ecrit(valeur, noeud) ? null : refus("nombre_attendu", valeur)),
  "oui-non": (valeur, noeud) => (ecrit(valeur, noeud) ? null : refus("booleen_attendu", valeur)),
  date: dateReelle,
  jour: dateReelle,
  url: adresse,
};

export const nombre = (texteDuNombre) => Number(texteDuNombre.replace(",", "."));
export const vrai = (valeur) => typeof valeur === "string" && /^(oui|true)$/iu.test(valeur);

/**
 * Ce que chaque modèle vérifie de lui-même, une fois ses champs bons : { modèle: { faute: vrai quand elle y est } }.
 */
const ENSEMBLE = {
  Source: { source_introuvable: (s) => !s.url && !s.document && !s.note },
  Chiffre: {
    chiffre_incomplet: (c) => (c.valeur === undefined) === (c.min === undefined && c.max === undefined),
    bornes_inversees: (c) => c.min !== undefined && c.max !== undefined && nombre(c.min) > nombre(c.max),
  },
  ConditionDeLieu: {
    condition_incomplete: (c) =>
      Boolean(c.parmi?.length) === (c.min !== undefined || c.max !== undefined) ||
      !(c.phrase_non || (c.effet === "precise" && c.phrase_oui)),
    bornes_inversees: (c) => c.min !== undefined && c.max !== undefined && Number(c.min) > Number(c.max),
  },
  Territoire: { territoire_incoherent: (t) => (t.echelle === "national") === Boolean(t.lieux?.length) },
  Critere: {
    critere_incomplet(c) {
      const demandes = [c.question, c.si_non, c.phrase_oui, c.phrase_non];
      return vrai(c.toujours)
        ? !c.phrase || demandes.some(Boolean) || c.parmi?.length
        : !demandes.every(Boolean) || !c.parmi?.length || c.phrase;
    },
  },
  site: {
    cas_incomplet: (f) =>
      f.profondeur === "cas" && !(f.demarche?.length && (f.resultats?.length || f.enseignements?.length)),
  },
  methode: { animation_sans_duree: (f) => f.forme === "animation" && !(f.duree?.length && f.participants?.length) },
};
export const REGLES_DE_FORME = Object.values(ENSEMBLE).flatMap(Object.keys);
