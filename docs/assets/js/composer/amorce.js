// Le composeur n’est chargé que sur sa page.
if (document.querySelector("[data-composer]")) import("./page.js");
