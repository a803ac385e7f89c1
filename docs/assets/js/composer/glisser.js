// Faire glisser une carte par sa poignée, d’une place à l’autre ou d’un jour à l’autre. Les boutons font la même chose.

/** `deposer(sequence, jour, rang)` : le rang se compte sans la carte qu’on tient. */
export function permettreDeGlisser(page, deposer) {
  let tenue = null;
  let cible = null;
  const marquer = (noeud, apres) => {
    cible?.noeud.classList.remove("est-cible-avant", "est-cible-apres");
    cible = noeud ? { noeud, apres } : null;
    noeud?.classList.add(apres ? "est-cible-apres" : "est-cible-avant");
  };

  page.addEventListener("dragstart", (geste) => {
    const carte = geste.target.closest?.("[data-sequence]");
    if (!carte || !geste.target.closest(".composer-carte__poignee")) return;
    tenue = carte;
    geste.dataTransfer.effectAllowed = "move";
    geste.dataTransfer.setData("text/plain", carte.dataset.sequence);
    geste.dataTransfer.setDragImage(carte, 20, 20);
    carte.classList.add("est-tenue");
  });
  page.addEventListener("dragover", (geste) => {
    const jour = tenue && geste.target.closest?.("[data-jour]");
    if (!jour) return;
    geste.preventDefault();
    geste.dataTransfer.dropEffect = "move";
    const carte = geste.target.closest("[data-sequence]");
    if (!carte) return marquer(jour, true);
    const { top, height } = carte.getBoundingClientRect();
    return marquer(carte, geste.clientY > top + height / 2);
  });
  page.addEventListener("drop", (geste) => {
    if (!tenue || !cible) return;
    geste.preventDefault();
    const jour = cible.noeud.closest("[data-jour]");
    const autres = [...jour.querySelectorAll("[data-sequence]")].filter((carte) => carte !== tenue);
    const surSoi = cible.noeud === tenue;
    const place = autres.indexOf(cible.noeud);
    if (!surSoi)
      deposer(tenue.dataset.sequence, jour.dataset.jour, place < 0 ? autres.length : place + (cible.apres ? 1 : 0));
  });
  page.addEventListener("dragend", () => {
    tenue?.classList.remove("est-tenue");
    tenue = null;
    marquer(null);
  });
}
