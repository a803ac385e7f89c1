// Les mots de tous les jours (fiches/vocabulaires/mots_courants.yml) : quelles entrées une question dit.
import { parentes, plier, racineDe, singulier } from "./normalisation.js";

export class Courants {
  /** `entrees` : celles de l’index, leurs expressions déjà pliées et sans mots grammaticaux. */
  constructor(entrees) {
    this.expressions = entrees
      .flatMap(([textes, documents = [], theme = -1, dire = "", titre = "", url = ""]) =>
        textes.split(" · ").map((texte) => {
          const cles = texte.split(" ").map(singulier);
          return { texte, cles, documents, theme, dire, titre, url };
        }),
      )
      .sort((a, b) => b.cles.length - a.cles.length);
  }

  /**
   * Les entrées que disent ces mots, l’expression la plus longue d’abord : [{ …, places }], `places` étant les rangs
   * des mots dits. Un mot seul doit être celui-là, à moins qu’aucun document ne dise celui de la question ; dans une
   * expression, un mot de la famille suffit, dans n’importe quel ordre.
   */
  trouver(lus) {
    const mots = lus.map(({ forme }) => forme);
    const inconnus = lus.map(({ connu }) => !connu);
    const cles = mots.map((mot) => singulier(plier(mot)));
    const racines = cles.map(racineDe);
    const pris = new Set();
    const trouvees = [];
    for (const expression of this.expressions) {
      const places = placesDe(expression, cles, racines, inconnus);
      if (!places || places.every((place) => pris.has(place))) continue;
      for (const place of places) pris.add(place);
      trouvees.push({ ...expression, places });
    }
    return trouvees;
  }
}

function placesDe(expression, cles, racines, inconnus) {
  if (expression.cles.length > cles.length) return null;
  if (expression.cles.length === 1) {
    const place = cles.indexOf(expression.cles[0]);
    if (place >= 0) return [place];
    const parent = racines.findIndex((autre, i) => inconnus[i] && parentes(racineDe(expression.cles[0]), autre));
    return parent < 0 ? null : [parent];
  }
  const places = [];
  for (const cle of expression.cles) {
    const place = racines.findIndex(
      (autre, i) => !places.includes(i) && (cles[i] === cle || parentes(racineDe(cle), autre)),
    );
    if (place < 0) return null;
    places.push(place);
  }
  // « Participation des habitants » n’est pas « habitat participatif » : un des mots au moins est celui-là.
  return places.some((place) => expression.cles.includes(cles[place])) ? places : null;
}
