// Le composeur n’est chargé que sur sa page ; il y prend la place de ce qu’elle dit sans script.
if (document.querySelector("[data-composer]")) {
  document.querySelector("[data-sans-script]").hidden = true;
  import("./page.js");
}
