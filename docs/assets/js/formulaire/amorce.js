// Le formulaire n’est chargé que là où il sert.
if (document.querySelector("[data-formulaire]")) import("./page.js");
if (document.querySelector("[data-signalement]")) import("./signalement.js");
