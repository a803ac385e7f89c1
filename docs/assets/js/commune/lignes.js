/** Ne garde, dans une partie de la page, que les lignes valables partout ou pour ce lieu. */
export function garder(partie, lieu) {
  const codes = new Set([lieu.code, lieu.epci?.code, ...lieu.departements]);
  for (const ligne of partie.querySelectorAll("[data-echelle]")) {
    ligne.hidden =
      ligne.dataset.echelle !== "national" && !ligne.dataset.codes.split(" ").some((code) => codes.has(code));
  }
  for (const groupe of partie.querySelectorAll("[data-groupe]")) {
    const gardees = groupe.querySelectorAll("li[data-echelle]:not([hidden])").length;
    groupe.hidden = !gardees;
    const compte = groupe.querySelector("summary [data-nombre]");
    if (compte) compte.textContent = `(${gardees})`;
  }
}
