// La carte des exemples : la légende devient un filtre, du dessin et de la liste à la fois.
const carte = document.querySelector("[data-carte]");

if (carte) {
  const cases = [...carte.querySelectorAll("[data-filtre]")];
  const lignes = [...carte.querySelectorAll("li[data-signe]")];
  const compte = carte.querySelector("[data-compte]");

  const filtrer = () => {
    const voulus = new Set(cases.filter((une) => une.checked).map((une) => une.value));
    for (const noeud of carte.querySelectorAll("[data-signe]")) {
      const garde = voulus.has(noeud.dataset.signe);
      // « hidden » ne vaut pas pour un élément SVG.
      if (noeud instanceof SVGElement) noeud.classList.toggle("est-cache", !garde);
      else noeud.hidden = !garde;
    }
    const n = lignes.filter((ligne) => !ligne.hidden).length;
    compte.textContent = n
      ? `${n} site${n > 1 ? "s" : ""} affiché${n > 1 ? "s" : ""} sur ${lignes.length}`
      : "Aucun site affiché\u00A0: cochez un dispositif.";
  };

  for (const une of cases) {
    une.hidden = false;
    une.addEventListener("change", filtrer);
  }
  carte.classList.add("plan--filtrable");
  filtrer(); // un navigateur qui revient sur la page peut avoir gardé des cases décochées

  // « Voir sur la carte » : le signe prend le focus, donc se montre.
  carte.addEventListener("click", (clic) => {
    const lien = clic.target.closest('a[href^="#point-"]');
    if (!lien) return;
    const point = document.getElementById(lien.hash.slice(1));
    if (!point) return;
    clic.preventDefault();
    point.focus();
    point.scrollIntoView({ block: "center" });
  });
}
