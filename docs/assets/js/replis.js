// Ce qui est replié s’ouvre pour qui y est envoyé, et pour l’imprimante : là où le navigateur ne le fait pas encore. Ce
// qui est passé sur une autre page de la fiche s’y lit.

function montrer() {
  let cible;
  try {
    cible = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return; // une adresse mal écrite ne mène à rien, et la page reste lisible
  }
  // Ce qui était ici quand la fiche n’avait qu’une page est sur celle du volet.
  const volet = cible?.closest(".volets a");
  if (volet) location.replace(volet.href + location.hash);
  let pli = cible?.closest("details");
  for (; pli; pli = pli.parentElement.closest("details")) pli.open = true;
}

montrer();
addEventListener("hashchange", montrer);

let refermer = [];
addEventListener("beforeprint", () => {
  refermer = [...document.querySelectorAll(".texte details:not([open])")];
  for (const pli of refermer) pli.open = true;
});
addEventListener("afterprint", () => {
  for (const pli of refermer) pli.open = false;
});
