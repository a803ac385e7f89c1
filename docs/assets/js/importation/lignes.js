// Des lignes aux paragraphes : ce qu’une marge a coupé est recollé.

import { motif, uni } from "./mots.js";

/** Un bloc par ligne. */
export function remettreEnLignes(blocs) {
  return blocs.flatMap((bloc) =>
    (bloc.genre === "ligne" ? [bloc.texte] : bloc.texte.split("\n")).map((ligne) =>
      ligne.trim()
        ? { ...bloc, texte: ligne, alertes: [...bloc.alertes] }
        : { genre: "vide", texte: "", niveau: 0, alertes: [] },
    ),
  );
}

/** Recolle les lignes de chaque paragraphe, puis retire les puces. */
export function recoller(blocs, regles, creneau) {
  const longueurs = blocs.filter((b) => ["paragraphe", "element"].includes(b.genre)).map((b) => b.texte.length);
  const longueur = longueurs.reduce((a, b) => Math.max(a, b), 0);
  const coupee = longueur >= regles.largeur_coupee[0] && longueur <= regles.largeur_coupee[1];
  const joints = [];
  for (const bloc of blocs) {
    const avant = joints.at(-1);
    if (avant && suite(avant, bloc, coupee ? longueur : 0, regles, creneau)) {
      avant.texte = joindre(avant.texte, bloc.texte);
      avant.niveau = bloc.texte.length;
    } else {
      const niveau = bloc.genre === "titre" ? bloc.niveau : bloc.texte.length;
      joints.push({ genre: bloc.genre, texte: bloc.texte, niveau, alertes: [] });
    }
  }
  return joints.map((bloc) => sansPuce(bloc, regles));
}

function suite(avant, bloc, largeur, regles, creneau) {
  if (bloc.genre !== "paragraphe" || !["paragraphe", "element"].includes(avant.genre)) return false;
  const ouvre = [regles.puce, regles.numero, regles.rubrique, creneau];
  if (ouvre.some((m) => motif(m).test(uni(bloc.texte)))) return false;
  if (!/[a-zà-ÿœ0-9]/.test(bloc.texte)) return false; // un intitulé en capitales
  const finie = /[.!?…]$/.test(avant.texte) && /^[A-ZÀ-ÝŒ]/.test(bloc.texte);
  if (largeur && avant.niveau >= (finie ? regles.remplissage_d_une_fin : regles.remplissage) * largeur) return true;
  if (!/^[(]?[a-zà-ÿœ]/.test(bloc.texte) || (avant.texte + bloc.texte).includes("\t")) return false;
  const [longue, fins] = largeur ? [avant.texte.length, ".!?…"] : [avant.niveau, ".!?:;…»"];
  return longue >= 40 && !fins.includes(avant.texte.at(-1));
}

const joindre = (avant, apres) => (/[A-Za-zÀ-ÿœŒ]-$/.test(avant) ? `${avant}${apres}` : `${avant} ${apres}`);

function sansPuce(bloc, regles) {
  if (!["paragraphe", "element"].includes(bloc.genre)) return bloc;
  const texte = bloc.texte.trimStart();
  const neuf = (genre, contenu) => ({ genre, texte: contenu, niveau: 0, alertes: [] });
  const trouve = motif(regles.puce).exec(texte);
  if (trouve && texte.length > trouve[0].length) return neuf("element", texte.slice(trouve[0].length).trim());
  return neuf(motif(regles.numero).test(texte) ? "element" : bloc.genre, texte);
}
