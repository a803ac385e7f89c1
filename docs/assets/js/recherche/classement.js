// Classer les documents d’une question. Les nombres sont dans l’index (macros/sorties/recherche/classement.yml).
import { estFiche } from "./commun.js";
import { situer } from "./lieux.js";
import { mots, motsDe, parentes, plier, racineDe, singulier } from "./normalisation.js";
import { somme } from "./question.js";

const TETE = 3;

/** Ce qui rend deux noms égaux : mêmes mots pleins, sans accent, sans espace, au singulier. */
function empreinte(dits, index) {
  const tous = dits.map(plier);
  const pleins = tous.filter((mot) => !index.grammaire.has(mot));
  return (pleins.length ? pleins : tous).map(singulier).join("");
}

/**
 * Map(rang → { note, part, exact, ordre }) de ce qui répond à ces mots, ou que les mots de tous les jours désignent.
 */
async function noter(index, cherches, courants, question, exacts) {
  const { saturation, part } = index.classement;
  const notes = new Map();
  const total = somme(cherches) || 1;
  const listes = await Promise.all(cherches.map(({ forme, debut }) => index.chercher(forme, debut)));
  listes.forEach((poids, rang) => {
    const { idf } = cherches[rang];
    for (const [doc, p] of poids) {
      const note = notes.get(doc) ?? { somme: 0, part: 0 };
      note.somme += (idf * p) / (saturation + p);
      note.part += idf / total;
      notes.set(doc, note);
    }
  });
  for (const [rang, note] of notes) {
    note.note = note.somme * note.part ** part * valeur(index, rang, question.veut);
    nommer(index, index.documents[rang], note, cherches, exacts);
  }
  avancer(index, notes, courants, question);
  return retenir(notes, index.classement);
}

/** Ce que vaut un document à mots égaux : son type, s’il est en vigueur, ce que veut la question. */
function valeur(index, rang, veut) {
  const { type } = index.documents[rang];
  const { types, appui, exemple } = index.classement;
  const voulu = veut.exemple ? exemple : veut.appui ? appui : {};
  return (types[type] ?? 1) * (voulu[type] ?? 1) * vigueur(index, rang, veut);
}

const vigueur = ({ documents, classement }, rang, { passe }) =>
  passe ? 1 : (classement.validites[documents[rang].validite] ?? 1);

/** Garde ce qui répond à l’essentiel de la question : la part des meilleurs, puis moins s’il le faut. */
function retenir(notes, { parts, assez }) {
  const meilleure = Math.max(0, ...[...notes.values()].map(({ part }) => part));
  for (const seuil of parts) {
    const gardes = [...notes].filter(
      ([, { part, nomme, exact, courant }]) => exact || courant || nomme >= 0.5 || part >= seuil * meilleure,
    );
    if (gardes.length >= assez || seuil === parts.at(-1)) return new Map(gardes);
  }
  return new Map();
}

/** Ce que gagne un document dont un nom dit la question, ou que la question nomme. */
function nommer(index, doc, note, cherches, exacts) {
  const { gain, socle, plein, autre } = index.classement.noms;
  doc.nommes ??= doc.noms
    .map(motsDe)
    .map((dits) => ({ empreinte: empreinte(dits, index), racines: dits.map(racineDe) }));
  note.exact = doc.nommes.some((nom) => exacts.has(nom.empreinte));
  note.ordre = note.exact ? (estFiche(doc) ? 2 : 1) + (doc.validite === "historique" ? 0 : 0.5) : 0;
  const total = somme(cherches) || 1;
  let meilleur = 0;
  doc.nommes.forEach(({ racines }, place) => {
    const dits = cherches.filter(({ forme }) => racines.some((racine) => parentes(racineDe(forme), racine)));
    const part = somme(dits) / total;
    const dit = socle + (plein * dits.length) / Math.max(1, racines.length);
    meilleur = Math.max(meilleur, part * dit * (place ? autre : 1));
    note.nomme = Math.max(note.nomme ?? 0, part);
  });
  note.note *= 1 + gain * meilleur;
}

/**
 * Les fiches que les mots de tous les jours désignent, en tête, dans l’ordre d’usage : d’autant plus qu’ils font une
 * grande part de la question. Leur type ne compte pas, à moins que la question ne veuille un exemple : elles ont été
 * choisies.
 */
function avancer(index, notes, courants, { veut, lus }) {
  const { gain, pas, part } = index.classement.courants;
  const plafond = Math.max(1, ...[...notes.values()].map(({ note }) => note));
  const total = somme(lus) || 1;
  const gains = new Map();
  for (const { documents, places } of courants) {
    documents.forEach((rang, place) => {
      const deja = gains.get(rang) ?? { place, dits: new Set() };
      for (const dit of places) deja.dits.add(dit);
      gains.set(rang, { place: Math.min(place, deja.place), dits: deja.dits });
    });
  }
  for (const [rang, { place, dits }] of gains) {
    const note = notes.get(rang) ?? { note: 0, part: 0, exact: false, ordre: 0 };
    const couverte = Math.min(1, somme([...dits].map((dit) => lus[dit])) / total);
    const voulu = veut.exemple ? (index.classement.exemple[index.documents[rang].type] ?? 1) : 1;
    note.note += plafond * gain * couverte ** part * (1 - pas * place) * voulu * vigueur(index, rang, veut);
    note.courant = true;
    notes.set(rang, note);
  }
}

/** Ce qui couvre le lieu de la question passe devant, ce qui n’est valable qu’ailleurs derrière. */
function favoriser({ documents, classement }, notes, parts) {
  if (!parts.size) return;
  const { gain, ailleurs } = classement.lieux;
  for (const [rang, note] of notes) {
    const { type, valeurs } = documents[rang];
    const local = (type === "partenaire" || type === "dispositif") && !valeurs.departement?.includes("national");
    note.note *= parts.has(rang) ? 1 + gain * parts.get(rang) : local ? ailleurs : 1;
    if (parts.get(rang) === 1) note.ordre = Math.max(note.ordre, 1);
  }
}

const ranger = (notes) => [...notes].sort(([, a], [, b]) => b.ordre - a.ordre || b.note - a.note).map(([rang]) => rang);

/** Les premières fiches passent devant ce qui n’en est pas : la page montre termes, thèmes et pages à part. */
function fichesEnTete(rangs, { documents }) {
  const tete = rangs.filter((rang) => estFiche(documents[rang])).slice(0, TETE);
  return [...new Set([...tete, ...rangs])];
}

/**
 * { notes, rangs } : ce qui répond, les meilleurs d’abord, au lieu de la question s’il y en a un. Deux besoins donnent
 * tour à tour ce qui répond à chacun.
 */
export async function classer(index, question, texte, lieu) {
  const exacts = new Set([texte, question.compris].map((t) => empreinte(mots(t), index)).filter(Boolean));
  const parts = await situer(index, lieu);
  const notes = await noter(index, question.mots, question.courants, question, exacts);
  if (question.vide) for (const [rang, part] of parts) notes.set(rang, { note: part, part, exact: false, ordre: 0 });
  else favoriser(index, notes, parts);
  const rangs = ranger(notes);
  const premier = notes.get(rangs[0]);
  if (question.besoins < 2 || premier?.exact || premier?.nomme > 0.99)
    return { notes, rangs: fichesEnTete(rangs, index) };
  const listes = [];
  for (let besoin = 0; besoin < question.besoins; besoin += 1) {
    const siens = question.mots.filter((mot) => mot.besoin === besoin);
    const courants = question.courants.filter(({ besoins }) => besoins.includes(besoin));
    const lus = question.lus.filter((lu) => lu.besoin === besoin);
    const places = (courant) => courant.places.map((place) => lus.indexOf(question.lus[place])).filter((p) => p >= 0);
    const partie = await noter(
      index,
      siens,
      courants.map((courant) => ({ ...courant, places: places(courant) })),
      { ...question, lus },
      exacts,
    );
    favoriser(index, partie, parts);
    for (const [rang, note] of partie) note.note += (notes.get(rang)?.note ?? 0) * index.classement.ensemble;
    listes.push(ranger(partie));
    for (const [rang, note] of partie) if (!notes.has(rang)) notes.set(rang, note);
  }
  const meles = new Set();
  for (let i = 0; i < Math.max(...listes.map((l) => l.length)); i += 1)
    for (const liste of listes) if (i < liste.length) meles.add(liste[i]);
  return { notes, rangs: fichesEnTete([...meles], index) };
}
