// Fiches et lieux que nomme un texte.

import { normaliser } from "./mots.js";

function sac(texte) {
  const propres = normaliser(texte)
    .replace(/[^a-z0-9]+/g, " ")
    .split(" ")
    .filter(Boolean);
  return propres.map((mot) => (mot.length > 3 && "sx".includes(mot.at(-1)) ? mot.slice(0, -1) : mot)).join(" ");
}

/** [id, nom] des fiches qu’un texte nomme, dans l’ordre où il le fait. Le nom le plus long l’emporte. */
export function cites(texte, noms) {
  let contenu = ` ${sac(texte)} `;
  const formes = Object.entries(noms).flatMap(([cle, tous]) => tous.map((nom) => [cle, nom, sac(nom)]));
  formes.sort((a, b) => b[2].length - a[2].length || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const trouves = new Map();
  for (const [cle, nom, forme] of formes) {
    const rang = contenu.indexOf(` ${forme} `);
    if (forme.length < 3 || rang < 0) continue;
    contenu = contenu.slice(0, rang + 1) + "#".repeat(forme.length) + contenu.slice(rang + 1 + forme.length);
    if (!trouves.has(cle)) trouves.set(cle, [rang, nom]);
  }
  return [...trouves].sort((a, b) => a[1][0] - b[1][0]).map(([cle, [, nom]]) => [cle, nom]);
}

/** {code, nom} des départements qu’un texte nomme. */
export function departements(texte, connus) {
  const parNom = new Map(Object.entries(connus).map(([code, nom]) => [sac(nom), { code, nom }]));
  const entier = parNom.get(sac(texte));
  return entier
    ? [entier]
    : texte
        .split(/,| et /)
        .map((m) => parNom.get(sac(m)))
        .filter(Boolean);
}
