// La fiche à remplir, remplie : chaque réponse relue dans le champ que son repère nomme.

import { motif as motifCommun } from "../partage/commun.js";
import { dire } from "../partage/importation.js";
import { Brouillon } from "./brouillon.js";
import { mots, motif, normaliser, uni } from "./mots.js";
import { cites } from "./noms.js";

/** Le type qu’annonce une fiche à remplir ; null si le document n’en est pas une. */
export function typeDeFiche(blocs, regles) {
  for (const bloc of blocs) {
    const trouve = motif(regles.fiche.entete).exec(uni(bloc.texte));
    if (trouve && Object.hasOwn(regles.champs, trouve[1])) return trouve[1];
  }
  return null;
}

/** Le brouillon que donne une fiche remplie. */
export function relire(blocs, type, regles) {
  const b = new Brouillon(type);
  const plan = regles.champs[type];
  const arbre = new Map();
  for (const [chemin, paragraphes] of reponses(blocs, b, motsDeLaFiche(plan, regles), regles)) {
    const noeud = noeudDe(plan, chemin.split("."));
    if (noeud) poser(arbre, chemin.split("."), { noeud, paragraphes, place: placeDe(chemin) });
    else b.restes.push(...paragraphes.map((p) => `${chemin} : ${p}`));
  }
  b.champs = valeurDObjet(b, arbre, regles);
  return b;
}

function reponses(blocs, b, connus, regles) {
  const trouvees = new Map();
  const ajouter = (cle, texte) => trouvees.set(cle, [...(trouvees.get(cle) || []), texte]);
  let courant = "";
  for (const bloc of blocs) {
    if (bloc.genre === "vide" || motif(regles.fiche.entete).test(uni(bloc.texte))) continue;
    const repere = motif(regles.fiche.repere).exec(uni(bloc.texte));
    const ferme =
      ["titre", "marge"].includes(bloc.genre) || regles.fiche.fermeture.some((f) => bloc.texte.startsWith(f));
    if (repere) {
      [, courant] = repere;
      if (repere[2]) ajouter(courant, repere[2]);
    } else if (ferme || !courant) {
      courant = "";
      if (mots(bloc.texte).some((mot) => !connus.has(mot))) b.restes.push(bloc.texte);
    } else ajouter(courant, bloc.texte);
  }
  return trouvees;
}

function motsDeLaFiche(plan, regles) {
  const { textes, mode_d_emploi: emploi, usages } = regles.fiche;
  const connus = new Set([...textes, ...emploi, ...usages].flatMap(mots));
  const lire = (valeur) => {
    if (typeof valeur === "string") for (const mot of mots(valeur)) connus.add(mot);
    else if (Array.isArray(valeur)) valeur.forEach(lire);
    else if (valeur && typeof valeur === "object") {
      Object.keys(valeur).forEach(lire);
      Object.values(valeur).forEach(lire);
    }
  };
  for (const noms of Object.values(regles.vocabulaires)) for (const nom of Object.values(noms)) lire(nom[0]);
  for (let rang = 1; rang < 100; rang += 1) connus.add(`${rang}`).add(`s${rang}`);
  lire(plan);
  return connus;
}

function noeudDe(plan, chemin) {
  let noeud = plan;
  for (const part of chemin) {
    if (noeud.genre === "objet") noeud = Object.hasOwn(noeud.champs, part) ? noeud.champs[part] : null;
    else if (noeud.genre === "liste" && /^[0-9]+$/.test(part)) noeud = noeud.de;
    else if (noeud.genre === "carte" && /^s[1-9][0-9]?$/.test(part)) noeud = noeud.de;
    else return null;
    if (!noeud) return null;
  }
  const simple = noeud.genre === "scalaire" || (noeud.genre === "liste" && noeud.de.genre === "scalaire");
  return simple ? noeud : null;
}

const placeDe = (chemin) => chemin.replace(/\.([0-9]+)(?=\.|$)/g, "[$1]");

function poser(arbre, chemin, feuille) {
  let branche = arbre;
  for (const part of chemin.slice(0, -1)) {
    if (!branche.has(part)) branche.set(part, new Map());
    branche = branche.get(part);
  }
  branche.set(chemin.at(-1), feuille);
}

const vide = (valeur) =>
  valeur === null || valeur === undefined || (typeof valeur === "object" && !Object.keys(valeur).length);

function valeurDObjet(b, arbre, regles) {
  const champs = {};
  for (const [cle, branche] of arbre) {
    const lue = valeurDe(b, branche, regles);
    if (!vide(lue)) champs[cle] = lue;
  }
  return champs;
}

function valeurDe(b, branche, regles) {
  if (!(branche instanceof Map)) return feuille(b, branche, regles);
  const cles = [...branche.keys()];
  if (cles.length && cles.every((cle) => /^[0-9]+$/.test(cle))) {
    return cles
      .sort((x, y) => Number(x) - Number(y))
      .map((cle) => valeurDe(b, branche.get(cle), regles))
      .filter((v) => !vide(v));
  }
  return valeurDObjet(b, branche, regles);
}

function feuille(b, { noeud, paragraphes, place }, regles) {
  if (noeud.genre === "scalaire") {
    const texte = noeud.forme === "bloc" ? paragraphes.join("\n\n") : uni(paragraphes.join(" "));
    return scalaire(b, noeud, texte, place, regles);
  }
  const courts = ["choix", "reference"].includes(noeud.de.forme);
  const morceaux = paragraphes.flatMap((p) => (courts ? p.split(/[,;\n]/) : [p]));
  const textes = morceaux.map((morceau) => uni(morceau.replace(motif(regles.lignes.puce), ""))).filter(Boolean);
  return textes.map((texte) => scalaire(b, noeud.de, texte, place, regles)).filter(Boolean);
}

function scalaire(b, noeud, texte, place, regles) {
  if (noeud.forme === "choix") return choisi(b, noeud, texte, place, regles);
  if (noeud.forme === "reference") return designee(b, noeud, texte, place, regles);
  if (noeud.forme === "oui-non") {
    const bas = normaliser(texte);
    if (bas === "oui" || bas === "non") return bas;
    b.douter(place, dire("oui_ou_non", { lu: texte }));
    return null;
  }
  if (noeud.forme === "nombre") return texte.replace(/(?<=[0-9]) (?=[0-9]{3})/g, "");
  if (noeud.max && texte.length > noeud.max) {
    b.douter(place, dire("valeur_longue", { taille: texte.length, max: noeud.max }));
  }
  return texte;
}

function choisi(b, noeud, texte, place, regles) {
  const admises = noeud.choix
    ? Object.entries(noeud.choix)
    : Object.entries(regles.vocabulaires[noeud.vocabulaire]).map(([cle, noms]) => [cle, noms[0]]);
  const lu = normaliser(texte);
  const trouve = admises.find(([cle, libelle]) => lu === normaliser(cle) || lu === normaliser(libelle));
  if (trouve) return trouve[0];
  b.douter(place, dire("valeur_inconnue", { lu: texte }));
  return null;
}

function designee(b, noeud, texte, place, regles) {
  if (motifCommun("identifiant").test(texte)) return texte;
  for (const type of noeud.types) {
    const trouves = cites(texte, regles.noms[type] || {});
    if (trouves.length === 1) {
      b.douter(place, dire("fiche_reconnue", { lu: texte }));
      return trouves[0][0];
    }
  }
  b.douter(place, dire("fiche_inconnue", { lu: texte }));
  return null;
}
