// Les valeurs d’une fiche : du texte, des listes, des champs nommés ; rien d’autre, comme dans le fichier YAML.
// Les espaces sont ceux de Python et de pydantic, pour que la page et le validateur voient les mêmes textes.
import { ESPACE } from "../partage.js";
import FICHE, { motif } from "../partage/fiche.js";

const ESPACES = new RegExp(`${ESPACE}+`, "u");
const BORDS = new RegExp(`^${ESPACE}+|${ESPACE}+$`, "gu");
/** Plus profond qu’aucune fiche, et que ce que le lecteur YAML accepte. */
export const PROFONDEUR_MAX = FICHE.limites.profondeur;
export const TAILLE_MAX = FICHE.limites.octets;

export const rogner = (texte) => texte.replace(BORDS, "");
/** « texte.split() » de Python. */
export const decouper = (texte) => rogner(texte).split(ESPACES).filter(Boolean);
/** « " ".join(texte.split()) ». */
export const serrer = (texte) => decouper(texte).join(" ");
/** En points de code, comme Python. */
export const longueur = (texte) => [...texte].length;

export const estObjet = (valeur) => typeof valeur === "object" && valeur !== null && !Array.isArray(valeur);

/** « etapes[2].texte », compté à partir de 1, comme dans les messages du validateur. */
export function nomDeChamp(chemin) {
  return chemin.reduce(
    (nom, part) => (typeof part === "number" ? `${nom}[${part + 1}]` : nom ? `${nom}.${part}` : String(part)),
    "",
  );
}

/** La valeur à ce chemin, ou undefined. */
export function lireChemin(donnees, chemin) {
  return chemin.reduce(
    (niveau, part) =>
      niveau !== null && typeof niveau === "object" && Object.hasOwn(niveau, part) ? niveau[part] : undefined,
    donnees,
  );
}

/** Pose une valeur (undefined : la retire), en créant listes et sous-champs au besoin. */
export function ecrireChemin(donnees, chemin, valeur) {
  let niveau = donnees;
  chemin.slice(0, -1).forEach((part, rang) => {
    if (!Object.hasOwn(niveau, part) || typeof niveau[part] !== "object" || niveau[part] === null) {
      niveau[part] = typeof chemin[rang + 1] === "number" ? [] : {};
    }
    niveau = niveau[part];
  });
  const dernier = chemin.at(-1);
  if (valeur === undefined) delete niveau[dernier];
  else niveau[dernier] = valeur;
}

/**
 * Ce que la fiche contiendra : textes rognés, champs vides retirés. Un nombre devient son texte, vrai et faux « oui »
 * et « non ». Rend undefined quand il ne reste rien.
 */
export function nettoyer(valeur, profondeur = 0) {
  if (profondeur > PROFONDEUR_MAX || valeur === null || valeur === undefined) return undefined;
  if (Array.isArray(valeur)) {
    const items = valeur.map((item) => nettoyer(item, profondeur + 1)).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (typeof valeur === "object") {
    const champs = Object.entries(valeur)
      .filter(([nom]) => nom !== "__proto__")
      .map(([nom, v]) => [bienFormer(nom), nettoyer(v, profondeur + 1)])
      .filter(([, v]) => v !== undefined);
    return champs.length ? Object.fromEntries(champs) : undefined;
  }
  if (typeof valeur === "boolean") return valeur ? "oui" : "non";
  if (typeof valeur !== "string" && typeof valeur !== "number") return undefined;
  return rogner(bienFormer(String(valeur))) || undefined;
}

// Ce que macros/lecture/invisibles.py refuse : commandes, marques de sens, signes sans largeur. Un collage en apporte
// sans que personne les voie ; les fins de ligne d’ailleurs deviennent des espaces, le reste part.
const AUTRES_FINS = /[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]/gu;
const CACHES = motif("caches", "gu");

/** Sans demi-codet isolé, qu’aucun fichier UTF-8 ne peut tenir, ni signe caché ; une seule sorte de fin de ligne. */
function bienFormer(texte) {
  return texte
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/\r\n?/g, "\n")
    .replace(AUTRES_FINS, " ")
    .replace(CACHES, "");
}

/** « (3 remplis) », ou rien. */
export const enNombre = (n) => (n ? ` (${n}\u00a0rempli${n > 1 ? "s" : ""})` : "");
