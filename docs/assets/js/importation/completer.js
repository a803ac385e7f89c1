// Ce que demande tout brouillon en plus du texte : identifiant, source, état, thèmes suggérés
// (macros/contribution/importation/completer.py).

import { identifiant, normaliser } from "./mots.js";

const PAR = "import d’un document, à relire";

/** Ajoute les champs qui ne viennent pas du texte. jour : date ISO. */
export function completer(b, fichier, source, texte, jour, regles) {
  if (!("titre" in b.champs)) {
    b.champs.titre = fichier.replace(/\.[a-z]+$/, "").slice(0, 160);
    b.douter("titre", "tiré du nom du fichier");
  }
  const titre = String(b.champs.titre);
  b.champs.type = b.type;
  if (!("id" in b.champs)) {
    b.champs.id = identifiant(titre);
    if (regles.ids.includes(b.champs.id)) {
      b.douter("id", "une fiche porte déjà cet identifiant : complétez-la plutôt, ou choisissez-en un autre");
    }
  }
  b.champs.etat = "brouillon";
  b.champs.validite ??= { etat: "a-confirmer" };
  b.champs.verification ??= { niveau: "redigee-sur-sources", le: jour, par: PAR };
  if (source && !("sources" in b.champs)) {
    b.champs.sources = { s1: { titre: source.slice(0, 160), editeur: "à préciser", document: fichier.slice(0, 160) } };
    b.douter("sources.s1.editeur", "qui publie ce document ?");
  }
  if ("themes" in b.champs) return;
  const trouves = themes(texte, regles);
  if (trouves.length) {
    b.champs.themes = trouves;
    b.douter("themes", "déduits des mots du document");
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
