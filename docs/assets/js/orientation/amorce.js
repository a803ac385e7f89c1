// L’orientation n’est chargée que là où elle sert.
if (document.querySelector("[data-orientation]")) import("./page.js");
