// Où mène « proposer sur la forge », d’après l’adresse du dépôt. Rien n’est envoyé d’ici : une page de la forge
// s’ouvre.

const BRANCHE = "main";
/** Au-delà, GitHub refuse l’adresse : le texte se colle alors à la main. */
export const ADRESSE_MAX = 7500;

function forgeDe(adresse) {
  let url;
  try {
    url = new URL(adresse);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  if (/(^|\.)github\./u.test(url.hostname)) return "github";
  return /gitlab/u.test(url.hostname) ? "gitlab" : "autre";
}

/**
 * { nom, url, rempli, geste } : la page « nouveau fichier » ou « modifier » de la forge ; null sans dépôt.
 * `rempli` : la page contient déjà le texte ; sinon il faut le coller.
 */
export function surLaForge(depot, { chemin, texte, modifiee }) {
  const forge = forgeDe(depot);
  if (!forge) return null;
  const base = depot.replace(/\/+$/u, "");
  const lieu = chemin.split("/").map(encodeURIComponent).join("/");
  if (forge === "autre") return { nom: "la forge", url: base, rempli: false, geste: "Ouvrir le dépôt" };
  const nom = forge === "github" ? "GitHub" : "GitLab";
  if (modifiee) {
    const url = forge === "github" ? `${base}/edit/${BRANCHE}/${lieu}` : `${base}/-/edit/${BRANCHE}/${lieu}`;
    return { nom, url, rempli: false, geste: `Modifier la fiche sur ${nom}` };
  }
  const geste = `Créer le fichier sur ${nom}`;
  // GitLab ne prend que le nom du fichier dans l’adresse.
  if (forge === "gitlab")
    return { nom, url: `${base}/-/new/${BRANCHE}/?file_name=${encodeURIComponent(chemin)}`, rempli: false, geste };
  const vide = `${base}/new/${BRANCHE}?filename=${encodeURIComponent(chemin)}`;
  const pleine = `${vide}&value=${encodeURIComponent(texte)}`;
  return pleine.length <= ADRESSE_MAX
    ? { nom, url: pleine, rempli: true, geste }
    : { nom, url: vide, rempli: false, geste };
}

/** La page « nouveau ticket » de la forge, préremplie ; null sans dépôt connu. */
export function nouveauTicket(depot, { titre, corps }) {
  const forge = forgeDe(depot);
  const base = depot.replace(/\/+$/u, "");
  const [t, c] = [encodeURIComponent(titre), encodeURIComponent(corps)];
  if (forge === "github") return `${base}/issues/new?title=${t}&body=${c}`;
  if (forge === "gitlab") return `${base}/-/issues/new?issue[title]=${t}&issue[description]=${c}`;
  return null;
}

/** Un courriel prêt ; le destinataire reste à écrire tant que l’éditeur n’en a pas donné. */
export function courriel({ a = "", sujet, corps }) {
  return `mailto:${encodeURIComponent(a)}?subject=${encodeURIComponent(sujet)}&body=${encodeURIComponent(corps)}`;
}
