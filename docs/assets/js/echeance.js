// Une validité dont la fin est passée se dit « à confirmer », même si la page a été construite avant cette date.

const fini = (fin) => fin < new Date().toISOString().slice(0, fin.length);

for (const bandeau of document.querySelectorAll("[data-fin][hidden]")) {
  if (/^\d{4}(-\d{2}){0,2}$/.test(bandeau.dataset.fin) && fini(bandeau.dataset.fin)) bandeau.hidden = false;
}
