// Les fautes, au pied de leur champ et en résumé. Chaque champ porte data-champ, le nom que lui donnent les messages.
import { element } from "../socle.js";
import { noeudA } from "./schema.js";
import { typo } from "../francais.js";
import { nomDeChamp } from "./valeurs.js";

const idDe = (nom) => `champ-${nom.replace(/[^a-zA-Z0-9]+/gu, "-")}`;
export { idDe };

/** Le champ affiché le plus proche de ce chemin : lui, sinon ce qui le contient. */
function boiteDe(formulaire, chemin) {
  for (let fin = chemin.length; fin > 0; fin -= 1) {
    const boite = formulaire.querySelector(`[data-champ="${CSS.escape(nomDeChamp(chemin.slice(0, fin)))}"]`);
    if (boite) return boite;
  }
  return null;
}

/**
 * Montre les fautes des champs touchés (tous, quand « toutes »), retire les autres. Rend le nombre de fautes
 * montrées.
 */
export function montrerFautes(formulaire, schema, fautes, { touches, toutes }) {
  const parBoite = new Map();
  for (const faute of fautes) {
    const boite = boiteDe(formulaire, faute.chemin);
    if (!boite || !(toutes || touches.has(boite.dataset.champ))) continue;
    const plusLoin = boite.dataset.champ !== nomDeChamp(faute.chemin);
    const texte = plusLoin ? `${libelleDe(schema, faute.chemin)} : ${faute.message}` : faute.message;
    parBoite.set(boite, [...(parBoite.get(boite) ?? []), texte]);
  }
  for (const boite of formulaire.querySelectorAll("[data-champ]")) {
    const place = boite.querySelector(":scope > [data-erreur]");
    const textes = parBoite.get(boite) ?? [];
    const dit = textes.map(typo).map(majuscule).join(" ");
    if (place.textContent !== dit) place.textContent = dit;
    place.hidden = !dit;
    const saisie = boite.querySelector(":scope > [data-saisie], :scope > .champ__ligne > [data-saisie]");
    if (dit) saisie?.setAttribute("aria-invalid", "true");
    else saisie?.removeAttribute("aria-invalid");
  }
}

const majuscule = (texte) => texte.charAt(0).toUpperCase() + texte.slice(1);

/** « Sources, s1, Adresse web » : les libellés du chemin, rangs compris. */
export function libelleDe(schema, chemin) {
  return chemin
    .map((part, rang) => {
      if (typeof part === "number") return `nº ${part + 1}`;
      return noeudA(schema, chemin.slice(0, rang + 1))?.title && noeudA(schema, chemin.slice(0, rang))?.properties
        ? noeudA(schema, chemin.slice(0, rang + 1)).title
        : String(part);
    })
    .join(", ");
}

/** Le résumé des fautes : chaque ligne mène à son champ. */
export function resumer(zone, formulaire, schema, fautes) {
  zone.hidden = !fautes.length;
  if (!fautes.length) {
    zone.replaceChildren();
    return;
  }
  const titre = element("h3", fautes.length > 1 ? `${fautes.length} points à corriger` : "Un point à corriger", {
    id: "resume-titre",
  });
  const liste = element("ul");
  for (const faute of fautes.slice(0, 100)) {
    const boite = boiteDe(formulaire, faute.chemin);
    const li = element("li");
    const texte = typo(`${libelleDe(schema, faute.chemin)} : ${faute.message}`);
    if (boite) {
      const lien = element("a", texte, { href: `#${boite.id}` });
      lien.addEventListener("click", (evenement) => {
        evenement.preventDefault();
        aller(boite);
      });
      li.append(lien);
    } else {
      li.textContent = texte;
    }
    liste.append(li);
  }
  zone.replaceChildren(titre, liste);
}

/** Ouvre ce qui cache le champ, puis lui donne le focus. */
export function aller(boite) {
  for (let parent = boite.parentElement; parent; parent = parent.parentElement) {
    if (parent.tagName === "DETAILS") parent.open = true;
  }
  const cible = boite.querySelector("[data-saisie], button, summary") ?? boite;
  cible.focus();
  cible.scrollIntoView({ block: "center" });
}
