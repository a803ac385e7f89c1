// La preuve que rien n’est perdu : chaque mot du document est quelque part.

import { mots } from "./mots.js";

/** Les textes du document dont un mot au moins n’est nulle part. */
export function oublies(textes, brouillons, autres) {
  const connus = new Set(autres.flatMap(mots));
  for (const b of brouillons) {
    const dits = [
      ...valeurs(b.champs),
      ...b.doutes.flatMap((d) => [d.chemin, d.texte]),
      ...Object.values(b.origines),
      ...b.restes,
    ];
    for (const dit of dits) for (const mot of mots(dit)) connus.add(mot);
  }
  return textes.filter((texte) => mots(texte).some((mot) => !connus.has(mot)));
}

function* valeurs(valeur) {
  if (valeur && typeof valeur === "object") for (const item of Object.values(valeur)) yield* valeurs(item);
  else yield String(valeur);
}
