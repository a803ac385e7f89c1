/** Ne garde, dans une partie de la page, que les lignes valables partout ou pour ce lieu. */
export function garder(partie, lieu) {
  const codes = new Set([lieu.code, lieu.epci?.code, ...lieu.departements]);
  for (const ligne of partie.querySelectorAll("[data-echelle]")) {
    ligne.hidden =
      ligne.dataset.echelle !== "national" && !ligne.dataset.codes.split(" ").some((code) => codes.has(code));
  }
  for (const groupe of partie.querySelectorAll("[data-groupe]")) {
    groupe.hidden = !groupe.querySelector("li:not([hidden])");
  }
}
