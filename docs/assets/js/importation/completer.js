// Ce que demande tout brouillon en plus du texte : identifiant, source, état, thèmes suggérés.

import { dire } from "../partage/importation.js";
import { identifiant, normaliser } from "./mots.js";

/** Ajoute les champs qui ne viennent pas du texte. jour : date ISO. */
export function completer(b, fichier, source, texte, jour, regles) {
  if (!("titre" in b.champs)) {
    b.champs.titre = fichier.replace(/\.[a-z]+$/, "").slice(0, 160);
    b.douter("titre", dire("titre_du_fichier"));
  }
  const titre = String(b.champs.titre);
  b.champs.type = b.type;
  if (!("id" in b.champs)) {
    b.champs.id = identifiant(titre);
    if (regles.ids.includes(b.champs.id)) {
      b.douter("id", dire("identifiant_pris"));
    }
  }
  b.champs.etat = "brouillon";
  b.champs.validite ??= { etat: "a-confirmer" };
  b.champs.verification ??= { niveau: "redigee-sur-sources", le: jour, par: dire("auteur") };
  if (source && !("sources" in b.champs)) {
    b.champs.sources = {
      s1: { titre: source.slice(0, 160), editeur: dire("a_preciser"), document: fichier.slice(0, 160) },
    };
    b.douter("sources.s1.editeur", dire("editeur"));
  }
  if ("themes" in b.champs) return;
  const trouves = themes(texte, regles);
  if (trouves.length) {
    b.champs.themes = trouves;
    b.douter("themes", dire("themes"));
  }
}

function themes(texte, regles) {
  const propre = ` ${normaliser(texte).replace(/[^a-z0-9]+/g, " ")} `;
  const comptes = Object.entries(regles.vocabulaires.themes).map(([cle, noms], rang) => {
    const formes = new Set(
      noms.map((nom) =>
        normaliser(nom)
          .replace(/[^a-z0-9]+/g, " ")
          .trim(),
      ),
    );
    const total = [...formes].reduce((n, f) => n + (f.length >= 4 ? propre.split(` ${f} `).length - 1 : 0), 0);
    return [total, rang, cle];
  });
  comptes.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  return comptes
    .slice(0, 2)
    .filter(([total]) => total >= 2)
    .map(([, , cle]) => cle);
}
