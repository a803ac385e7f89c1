// Changer l’ordre en tirant une ligne par sa poignée, à la souris ou au doigt. Au clavier : les boutons Monter et
// Descendre. Ce sont les voisines qui bougent autour de la ligne tenue : la déplacer elle-même lâcherait le pointeur.

/** « poser » reçoit les lignes dans leur ordre nouveau ; « lacher » est appelée quand le geste est abandonné. */
export function rendreGlissable(poignee, ligne, { poser, lacher }) {
  const milieu = (noeud) => {
    const { top, height } = noeud.getBoundingClientRect();
    return top + height / 2;
  };
  poignee.addEventListener("pointerdown", (appui) => {
    if (appui.button) return;
    appui.preventDefault();
    poignee.setPointerCapture(appui.pointerId);
    ligne.classList.add("est-tenue");
    let bougee = false;
    const suivre = ({ clientY }) => {
      const { previousElementSibling: avant, nextElementSibling: apres } = ligne;
      if (avant && clientY < milieu(avant)) ligne.after(avant);
      else if (apres && clientY > milieu(apres)) ligne.before(apres);
      else return;
      bougee = true;
    };
    const finir = (fin) => {
      poignee.removeEventListener("pointermove", suivre);
      for (const nom of ["pointerup", "pointercancel"]) poignee.removeEventListener(nom, finir);
      ligne.classList.remove("est-tenue");
      if (fin.type === "pointercancel") lacher();
      else if (bougee) poser([...ligne.parentElement.children]);
    };
    poignee.addEventListener("pointermove", suivre);
    for (const nom of ["pointerup", "pointercancel"]) poignee.addEventListener(nom, finir);
  });
}
