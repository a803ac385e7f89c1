// Ce que partagent la boîte et la page : dessiner un résultat sans jamais écrire de HTML reçu, et ne garder que la
// dernière réponse.
import { GENRES } from "../genres.js";
import { dessin, element, racine } from "../socle.js";

export const TYPES = Object.keys(GENRES);
export const estFiche = (resultat) => TYPES.includes(resultat.type);
export const VALIDITES = { historique: "Historique", "a-confirmer": "À confirmer" };
export const INSECABLE = "\u00A0";
export const MAX_TEXTE = 200;

/** « 1 fiche », « 14 fiches ». */
export const fiches = (n) => `${n.toLocaleString("fr-FR")}${INSECABLE}${n > 1 ? "fiches" : "fiche"}`;
export const guillemets = (texte) => `«${INSECABLE}${texte}${INSECABLE}»`;

/** Une adresse de ce site, ou null : l’index est un fichier comme un autre, il ne doit mener nulle part ailleurs. */
export function adresse(url) {
  try {
    const cible = new URL(String(url), racine);
    return cible.origin === racine.origin && cible.pathname.startsWith(racine.pathname) ? cible.href : null;
  } catch {
    return null;
  }
}

/** Une icône au trait. */
export const icone = (nom) => dessin(`icone-${nom}`, "icone");

/** L’extrait, ses mots trouvés surlignés ; l’accroche quand le moteur n’en donne pas. */
export function extrait(resultat, nom = "p", attributs = {}) {
  const noeud = element(nom, "", attributs);
  const segments =
    Array.isArray(resultat.extrait) && resultat.extrait.length
      ? resultat.extrait
      : [{ texte: resultat.accroche ?? "", marque: false }];
  for (const { texte, marque } of segments) noeud.append(marque ? element("mark", texte) : String(texte));
  return noeud;
}

/** Garde pour les réponses qui se croisent : rend undefined quand une demande plus récente est partie. */
export function derniere() {
  let rang = 0;
  return async (demande) => {
    const mien = ++rang;
    const reponse = await demande();
    return mien === rang ? reponse : undefined;
  };
}

export function attendre(delai, fonction) {
  let minuterie;
  return (...arguments_) => {
    clearTimeout(minuterie);
    minuterie = setTimeout(fonction, delai, ...arguments_);
  };
}

/** Les fiches par type, le type du meilleur résultat d’abord. */
export function parType(resultats) {
  const groupes = new Map();
  for (const resultat of resultats) {
    if (!estFiche(resultat)) continue;
    if (!groupes.has(resultat.type)) groupes.set(resultat.type, []);
    groupes.get(resultat.type).push(resultat);
  }
  return groupes;
}
