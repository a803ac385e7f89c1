// Ce que partagent les modules : la racine du site et une mémoire locale qui peut manquer (navigation privée,
// quota) ou avoir été modifiée par autrui. Rien de ce qu’elle rend n’est tenu pour sûr.

/** Racine du site, lue dans la configuration que la page porte ; « . » sinon. */
export const racine = (() => {
  try {
    const base = JSON.parse(document.getElementById("__config").textContent).base;
    return new URL(String(base).replace(/\/?$/, "/"), location.href);
  } catch {
    return new URL("./", location.href);
  }
})();

const prefixe = `accompagner:${racine.pathname}:`;

export function lire(cle) {
  try {
    return JSON.parse(localStorage.getItem(prefixe + cle));
  } catch {
    return null;
  }
}

/** Rend faux quand le navigateur refuse d’écrire. */
export function ecrire(cle, valeur) {
  try {
    localStorage.setItem(prefixe + cle, JSON.stringify(valeur));
    return true;
  } catch {
    return false;
  }
}

export function effacer(cle) {
  try {
    localStorage.removeItem(prefixe + cle);
  } catch {
    // navigation privée : rien n’était gardé
  }
}

const deuxChiffres = (n) => String(n).padStart(2, "0");

/** Le jour de l’appareil, tel qu’on l’écrit dans les fiches : 2026-11-22. */
export function aujourdHui() {
  const jour = new Date();
  return `${jour.getFullYear()}-${deuxChiffres(jour.getMonth() + 1)}-${deuxChiffres(jour.getDate())}`;
}

/** Vrai quand une période qui finit à cette date (jour, mois ou année) est terminée. */
export const estPassee = (fin) => /^\d{4}(-\d{2}){0,2}$/.test(fin) && fin < aujourdHui().slice(0, fin.length);

/** L’élément nommé, avec son texte et ses attributs ; jamais de HTML reçu en chaîne. */
export function element(nom, texte = "", attributs = {}) {
  const noeud = document.createElement(nom);
  if (texte) noeud.textContent = texte;
  for (const [cle, valeur] of Object.entries(attributs)) noeud.setAttribute(cle, valeur);
  return noeud;
}

/**
 * Pourquoi quelque chose ne s’est pas chargé : la connexion, ou une page ouverte avant que le site ne soit publié à
 * nouveau.
 */
export const phraseDePanne = () =>
  navigator.onLine
    ? "Le site a changé, ou ne répond plus\u00A0: rechargez la page si rien ne vient."
    : "Connexion perdue\u00A0: la recherche reprendra d’elle-même.";

/** Rappelle `fonction` au retour de la connexion, et de loin en loin ; rend de quoi y renoncer. */
export function reessayer(fonction, delai = 3000) {
  const renoncer = new AbortController();
  const essayer = () => {
    if (renoncer.signal.aborted) return;
    renoncer.abort();
    fonction();
  };
  addEventListener("online", essayer, { signal: renoncer.signal });
  const minuterie = setTimeout(essayer, delai);
  renoncer.signal.addEventListener("abort", () => clearTimeout(minuterie));
  return () => renoncer.abort();
}

const SVG = "http://www.w3.org/2000/svg";

/** Un dessin que la page porte (theme/partials/symboles.html) ; il ne se lit pas à voix haute. */
export function dessin(id, classe) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", classe);
  svg.setAttribute("aria-hidden", "true");
  const renvoi = document.createElementNS(SVG, "use");
  renvoi.setAttribute("href", `#${id}`);
  svg.append(renvoi);
  return svg;
}

/** Un symbole de la légende ; le type a déjà été comparé à la liste. */
export const symbole = (type) => dessin(`sym-${type}`, `symbole type-${type}`);
