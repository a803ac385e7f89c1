// La fenêtre « Noter » : un texte, puis ce que c’est. Deux gestes.
import { options, poser } from "../composer/formes.js";

export class Carnet {
  /** `noter(note)` garde la note ; `photo(fichier, sequence)` garde l’image, et rend ce qu’il faut en dire. */
  constructor(fenetre, { noter, photo }) {
    this.fenetre = fenetre;
    const trouver = (nom) => fenetre.querySelector(`[data-${nom}]`);
    this.texte = trouver("note-texte");
    this.qui = trouver("note-qui");
    this.quand = trouver("note-quand");
    this.sequence = trouver("note-sequence");
    this.dite = trouver("photo-dite");
    trouver("note-form").addEventListener("submit", (envoi) => {
      envoi.preventDefault();
      const genre = envoi.submitter?.value || "decision"; // Entrée sans bouton : la première
      const action = genre === "action" ? { qui: this.qui.value.trim(), quand: this.quand.value || null } : {};
      noter({ genre, texte: this.texte.value, sequence: this.sequence.value || null, ...action });
      fenetre.close();
    });
    this.texte.addEventListener("keydown", (touche) => {
      if (touche.key !== "Enter" || !(touche.ctrlKey || touche.metaKey)) return;
      touche.preventDefault();
      this.texte.form.requestSubmit(fenetre.querySelector("button[value=decision]"));
    });
    const champ = trouver("photo");
    champ.addEventListener("change", async () => {
      const [fichier] = champ.files;
      if (fichier) this.dite.textContent = await photo(fichier, this.sequence.value || null);
      champ.value = "";
    });
  }

  ouvrir({ jour }, courante) {
    for (const champ of [this.texte, this.qui, this.quand]) champ.value = "";
    this.dite.textContent = "";
    this.sequence.replaceChildren(...options(jour.sequences.map(({ id, titre }) => [id, titre || "Sans titre"])));
    poser(this.sequence, courante ?? jour.sequences[0].id, true);
    this.fenetre.showModal();
    this.texte.focus();
  }
}
