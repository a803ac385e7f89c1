// Ce qui est replié s’ouvre pour qui y est envoyé, et pour l’imprimante : là où le navigateur ne le fait pas encore.

function montrer() {
  let pli;
  try {
    pli = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details");
  } catch {
    return; // une adresse mal écrite ne mène à rien, et la page reste lisible
  }
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
