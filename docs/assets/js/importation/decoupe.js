// Des blocs aux sections : quel profil suit un document, où commencent rubriques, créneaux et sites.

import { motif, normaliser, uni } from "./mots.js";

const section = (champs = {}) => ({
  cible: null,
  intitule: "",
  blocs: [],
  horaire: null,
  site: null,
  annonce: "",
  dates: [],
  ...champs,
});
const bloc = (genre, texte, alertes = [], niveau = 0) => ({ genre, texte, niveau, alertes });

export { bloc, section };

/** Le profil d’un document : celui dont il porte le plus d’intitulés, sinon un profil libre du type. */
export function choisir(blocs, regles, type) {
  const profils = regles.profils.filter((p) => !type || p.type === type);
  const horaires = blocs.filter((b) => horaireDe(b.texte, regles)).length;
  const sites = decouper(blocs, { intitules: [], sites: true }, regles).filter((s) => s.site).length;
  const fermes = profils.filter((p) => !p.libre);
  const sur = fermes.find(
    (p) => (p.creneaux && horaires >= regles.creneaux.minimum) || (p.sites && sites >= regles.sites.minimum),
  );
  if (sur) return sur;
  const assez = fermes.map((p) => [intitulesConnus(blocs, p), p]).filter(([nombre, p]) => nombre >= (p.seuil ?? 99));
  if (assez.length) return assez.reduce((a, b) => (b[0] > a[0] ? b : a))[1];
  const debut = blocs
    .filter((b) => b.genre !== "vide")
    .slice(0, 6)
    .map((b) => normaliser(b.texte))
    .join(" ");
  const voulu = type || regles.types_reconnus.find((t) => motif(t.motif).test(debut)).type;
  return regles.profils.find((p) => p.libre && p.type === voulu);
}

/** Les sections d’un document ; la première, sans intitulé, peut être vide. */
export function decouper(blocs, profil, regles) {
  const sections = [section()];
  let annonce = "";
  for (const b of blocs) {
    if (b.genre === "vide" || b.genre === "marge") continue;
    if (motif(regles.lignes.date).test(normaliser(b.texte))) {
      sections[0].dates.push(uni(b.texte));
      continue;
    }
    const horaire = profil.creneaux ? horaireDe(b.texte, regles) : null;
    const site = profil.sites ? siteDe(b, annonce, regles) : null;
    const seul = profil.sites ? motif(regles.sites.titre).exec(uni(b.texte)) : null;
    const [cible, suite] = intitule(b.texte, profil);
    if (seul) sections.push(section({ site: [seul[1], "", ""], intitule: b.texte }));
    else if (horaire) {
      const ligne = uni(b.texte);
      const heures = ligne.slice(0, ligne.length - horaire[2].length).replace(/^ +| +$/g, "");
      sections.push(section({ horaire, intitule: heures, blocs: [bloc("titre", horaire[2], b.alertes)] }));
    } else if (site) sections.push(section({ site, annonce, intitule: b.texte }));
    else if (cible) {
      const debut = cible.entier ? b.texte : suite;
      const vu = suite ? b.texte.slice(0, b.texte.length - suite.length) : b.texte;
      sections.push(section({ cible, intitule: cible.entier ? "" : vu.replace(/^[ \t]+|[ \t]+$/g, "") }));
      if (debut) sections.at(-1).blocs.push(bloc("paragraphe", debut, b.alertes));
    } else if (titreInconnu(b) && !sections.at(-1).horaire) {
      sections.push(section({ blocs: [bloc("titre", b.texte, b.alertes, b.niveau)], annonce: "titre" }));
    } else if (annonce && sections.at(-1).site && b.genre !== "element") sections.push(section({ blocs: [b] }));
    else sections.at(-1).blocs.push(b);
    if (profil.sites && !site) {
      annonce = annonceDe(b.texte, regles) ? b.texte : "";
    }
  }
  return sections;
}

const avecDeuxPoints = (texte) => normaliser(texte) + (uni(texte).endsWith(":") ? ":" : "");

/** L’entrée du profil que nomme un texte, et ce qui suit l’intitulé sur sa ligne. */
function intitule(texte, profil) {
  if (!/^[«" ]*[A-ZÀ-ÝŒ]/.test(texte)) return [null, ""];
  const rang = texte.indexOf(":");
  if (rang > 0 && rang <= 90) {
    const cible = entree(normaliser(texte.slice(0, rang)), profil);
    if (cible) return [cible, texte.slice(rang + 1).replace(/^[ \t\u00a0\u202f]+|[ \t\u00a0\u202f]+$/g, "")];
  }
  const tabule = texte.indexOf("\t");
  const cible = tabule > 0 && tabule <= 90 ? entree(normaliser(texte.slice(0, tabule)), profil) : null;
  if (cible) return [cible, cible.forme === "vigilances" ? "" : texte.slice(tabule + 1).trim()];
  return texte.length <= 120 ? [entree(normaliser(texte), profil), ""] : [null, ""];
}

function entree(nom, profil) {
  for (const une of profil.intitules) {
    if (une.mots.some((mot) => (mot.startsWith("^") ? motif(mot).test(nom) : mot === nom))) return une;
  }
  return null;
}

const intitulesConnus = (blocs, profil) =>
  new Set(blocs.map((b) => intitule(b.texte, profil)[0]?.champ).filter(Boolean)).size;

function titreInconnu(b) {
  const texte = uni(b.texte);
  const capitales = texte.length <= 120 && texte === texte.toUpperCase() && /[A-ZÀ-ÝŒ]{4}/.test(texte);
  return b.genre === "titre" || (capitales && b.genre === "paragraphe");
}

function horaireDe(texte, regles) {
  const ligne = uni(texte);
  const creneau = motif(regles.creneaux.motif).exec(ligne);
  if (creneau) {
    const [debut, fin] = [minutes(creneau[1], creneau[2]), minutes(creneau[3], creneau[4])];
    return debut !== null && fin !== null ? [debut, fin, creneau[5]] : null;
  }
  const seul = motif(regles.creneaux.debut_seul).exec(ligne);
  if (!seul || !seul[2]) return null;
  const debut = minutes(seul[1], seul[2]);
  return debut !== null ? [debut, null, seul[3]] : null;
}

const minutes = (heures, reste) =>
  Number(heures) < 24 && Number(reste || 0) < 60 ? Number(heures) * 60 + Number(reste || 0) : null;

/** La ligne ouvre une liste de sites. */
const annonceDe = (texte, regles) =>
  [...texte].length <= regles.sites.annonce_max && motif(regles.sites.annonce).test(avecDeuxPoints(texte));

function siteDe(b, annonce, regles) {
  if (!annonce || !["element", "ligne"].includes(b.genre)) return null;
  const trouve = motif(regles.sites.element).exec(uni(b.texte));
  return trouve ? [trouve[1], trouve[2], trouve[3].replace(/[ ;,.]+$/, "")] : null;
}
