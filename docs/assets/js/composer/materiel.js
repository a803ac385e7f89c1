// Ce qu’il faut emporter, compté comme macros/catalogue/materiel.py : ce qui s’use s’additionne, ce qui ressert compte
// une fois.
import { dire } from "../partage/commun.js";
import { accorder } from "../francais.js";

/** [{ nom, total, calcul }] ; total vaut null quand il ne se calcule pas. */
export function materiel(composition, methodes) {
  const effectifs = { groupe: composition.groupes, participant: composition.participants, atelier: 1 };
  const parts = new Map();
  for (const item of articles(composition, methodes)) {
    const cle = item.nom.replace(/[ .]+$/u, "").toLocaleLowerCase("fr");
    if (!parts.has(cle)) parts.set(cle, []);
    parts.get(cle).push(item);
  }
  return [...parts.values()].map((memes) => besoin(memes, effectifs));
}

function* articles(composition, methodes) {
  const sequences = composition.jours.flatMap((jour) => jour.sequences);
  const adaptees = new Set(sequences.filter((s) => s.methode && s.materiel.length).map((s) => s.methode));
  for (const s of sequences) {
    for (const item of s.materiel) yield { ...item, propre: true };
    if (!s.materiel.length && s.methode && !adaptees.has(s.methode)) yield* methodes.get(s.methode)?.materiel ?? [];
  }
}

const totalDe = ({ quantite, par }, effectifs) => {
  const effectif = effectifs[par ?? "atelier"];
  return quantite && effectif ? quantite * effectif : null;
};

function besoin(memes, effectifs) {
  const { nom } = memes.find((item) => item.propre) ?? memes[0];
  let comptes = memes.filter((item) => item.quantite);
  if (memes.some((item) => item.reutilisable)) {
    comptes = [...comptes].sort((a, b) => (totalDe(a, effectifs) ?? 0) - (totalDe(b, effectifs) ?? 0)).slice(-1);
  }
  const totaux = comptes.map((item) => totalDe(item, effectifs));
  const total = !totaux.length || totaux.includes(null) ? null : totaux.reduce((somme, n) => somme + n, 0);
  return { nom: nom.replace(/[ .]+$/u, ""), total, calcul: calcul(comptes, effectifs) };
}

function calcul(comptes, effectifs) {
  const fois = new Map();
  for (const { quantite, par } of comptes) {
    const cle = `${quantite}|${par}`;
    fois.set(cle, { quantite, par, n: (fois.get(cle)?.n ?? 0) + 1 });
  }
  return [...fois.values()]
    .map((terme) => ecrire(terme, effectifs, fois.size === 1))
    .filter(Boolean)
    .join("\u202F; ");
}

function ecrire({ quantite, par, n }, effectifs, seul) {
  if (!par || par === "atelier") {
    if (n === 1) return seul ? "" : String(quantite);
    return dire("par_sequence", { quantite, fois: n });
  }
  const mots = [`${quantite} par ${par}`];
  if (effectifs[par]) mots.push(accorder(effectifs[par], par));
  if (n > 1) mots.push(`${n} séquences`);
  return mots.join(", ");
}
