// La recherche, avant qu’on s’en serve : le bouton de l’en-tête, les raccourcis. Le reste, boîte, page et moteur,
// n’est demandé qu’au premier emploi.
const boite = document.querySelector("[data-recherche]");
const bouton = document.querySelector("[data-ouvre-recherche]");
const page = document.querySelector("[data-page-trouver]");

if (page) import("./page.js");

if (boite && bouton && "showModal" in boite) {
  document.querySelector("[data-recherche-sans-script]")?.remove();
  bouton.hidden = false;
  let chargee;

  const ouvrir = () => {
    // Sur « Trouver », le champ de la page est la recherche : une seconde boîte par-dessus ferait double emploi.
    const champ = page?.querySelector('input[name="q"]');
    if (champ) {
      champ.focus();
      champ.select();
      return;
    }
    if (boite.open) return;
    boite.showModal();
    boite.querySelector("input").select();
    chargee ??= import("./boite.js").then((module) => module.animer(boite));
    chargee.catch(() => {
      chargee = undefined; // hors ligne, par exemple : le formulaire mène encore à « Trouver », et on réessaiera
    });
  };

  /** Vrai si la touche s’adresse à ce qu’on est en train de remplir. */
  const enSaisie = (cible) => cible instanceof Element
    && cible.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  bouton.addEventListener("click", ouvrir);
  // Dès maintenant : sur un réseau lent, la boîte s’ouvre avant que son module n’arrive, et doit pouvoir se refermer.
  boite.querySelector("[data-ferme]").addEventListener("click", () => boite.close());
  boite.addEventListener("click", (clic) => {
    if (clic.target === boite) boite.close();
  });
  document.addEventListener("keydown", (touche) => {
    const barre = touche.key === "/" && !touche.ctrlKey && !touche.metaKey && !touche.altKey && !enSaisie(touche.target);
    const commande = touche.key.toLowerCase() === "k" && (touche.ctrlKey || touche.metaKey) && !touche.altKey && !touche.shiftKey;
    if (!(barre || commande) || document.querySelector("dialog[open]")) return;
    touche.preventDefault();
    ouvrir();
  });
}
