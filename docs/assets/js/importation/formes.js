// Ce que devient une section dans son champ : une fonction par forme.

import { dire } from "../partage/importation.js";
import { LIBELLE, PHRASE, TEXTE, citer, phrases } from "./brouillon.js";
import { section as nouvelle } from "./decoupe.js";
import { identifiant, normaliser, uni } from "./mots.js";
import { cites } from "./noms.js";

function libelle(b, champ, section) {
  const suite = section.cible?.suite;
  for (const bloc of section.blocs) {
    const dit = uni(bloc.texte);
    if (!(champ in b.champs) && dit.length <= LIBELLE) {
      b.champs[champ] = dit;
      b.alerter(champ, bloc);
    } else if (suite && !(suite in b.champs)) {
      b.champs[suite] = dit.slice(0, 320);
      b.douter(suite, dire("debut_du_document", { lu: dit.slice(0, 320) }));
      if (dit.length > 320) b.restes.push(dit);
    } else b.restes.push(bloc.texte);
  }
}

function phrase(b, champ, section) {
  for (const bloc of section.blocs) {
    if (champ in b.champs) {
      b.restes.push(bloc.texte);
      continue;
    }
    const [premiere, ...autres] = phrases(uni(bloc.texte));
    b.champs[champ] = citer(premiere);
    b.alerter(champ, bloc);
    b.restes.push(...autres);
  }
}

function enonces(b, champ, section) {
  const [conteneur, cle] = descendre(b, champ);
  const liste = (conteneur[cle] ??= []);
  for (const bloc of section.blocs) {
    for (const morceau of phrases(uni(bloc.texte))) {
      liste.push(citer(morceau));
      b.alerter(`${b.place(champ)}[${liste.length}]`, bloc);
    }
  }
  if (!liste.length) delete conteneur[cle];
}

export function texte(b, champ, section) {
  let deja = b.champs[champ] || "";
  for (const bloc of section.blocs) {
    const item = bloc.genre === "element";
    const ligne = bloc.genre === "titre" ? uni(bloc.texte) : (item ? "- " : "") + citer(uni(bloc.texte));
    const saut = !deja ? "" : item && deja.split("\n").at(-1).startsWith("- ") ? "\n" : "\n\n";
    if (deja.length + saut.length + ligne.length > TEXTE) {
      b.restes.push(bloc.texte);
      continue;
    }
    deja += saut + ligne;
    b.alerter(champ, bloc);
  }
  if (deja) b.champs[champ] = deja;
}

function motsSepares(b, champ, section) {
  const liste = (b.champs[champ] ??= []);
  for (const bloc of section.blocs) {
    for (const piece of uni(bloc.texte).split(/ [–—-] |[,;•·/]|\t/)) {
      const mot = piece.replace(/[ .]+$/, "").replace(/^ +| +$/g, "");
      if (mot && mot.length <= LIBELLE) liste.push(mot);
      else if (mot) b.restes.push(mot);
    }
    b.alerter(champ, bloc);
  }
  if (!liste.length) delete b.champs[champ];
}

function choix(b, champ, section, regles) {
  const noms = regles.vocabulaires[regles.champs[b.type].champs[champ].vocabulaire];
  const lu = section.blocs.map((bloc) => uni(bloc.texte)).join(" ");
  if (!lu) return;
  const trouve = deviner(lu, noms);
  if (trouve) b.champs[champ] = trouve;
  b.douter(champ, dire(trouve ? "valeur_deduite" : "valeur_douteuse", { lu }));
}

const propre = (dit) => normaliser(dit).replace(/[^a-z0-9]+/g, " ");

function deviner(lu, noms) {
  const contenu = ` ${propre(lu)} `;
  const rangs = Object.entries(noms)
    .flatMap(([cle, formes]) => formes.map((forme) => [contenu.indexOf(` ${propre(forme).trim()} `), cle]))
    .filter(([rang]) => rang >= 0);
  rangs.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
  return rangs.length ? rangs[0][1] : "";
}

function etapes(b, champ, section) {
  const liste = (b.champs[champ] ??= []);
  for (const bloc of section.blocs) {
    const ligne = uni(bloc.texte);
    const coupe = /^([^:]{3,100}?) ?: (.+)$/.exec(ligne);
    let [tete, corps] = coupe ? [coupe[1], coupe[2]] : [ligne, ""];
    if (tete.length > LIBELLE) [tete, corps] = [debutDe(tete), ligne];
    const morceaux = corps ? phrases(corps) : [""];
    morceaux.forEach((morceau, rang) => {
      const etape = { titre: rang === 0 ? tete : `${debutDe(tete, 140)} (suite ${rang})` };
      liste.push(morceau ? { ...etape, texte: citer(morceau) } : etape);
      if (corps === ligne || rang) {
        b.douter(`${champ}[${liste.length}].titre`, dire("titre_a_ecrire"));
      }
    });
    b.alerter(`${champ}[${liste.length}]`, bloc);
  }
  if (!liste.length) delete b.champs[champ];
}

const debutDe = (dit, maximum = 80) => (dit.length <= maximum ? dit : `${phrases(dit, maximum)[0]}…`);

function partenaires(b, champ, section, regles) {
  const lu = section.blocs.map((bloc) => uni(bloc.texte)).join(" ");
  if (!lu) return;
  const trouves = cites(lu, regles.noms.partenaire);
  const morceaux = phrases(lu);
  const liste = trouves.map(([fiche, nom], rang) => ({
    fiche,
    role: citer(rang < morceaux.length ? morceaux[rang] : nom),
  }));
  if (liste.length) b.champs[champ] = liste;
  b.restes.push(...morceaux.slice(trouves.length));
  b.douter(champ, dire("partenaires", { lu }));
}

function role(b, champ, section) {
  const titre = uni(section.intitule).replace(/[ .:]+$/, "");
  const missions = section.blocs.flatMap((bloc) => phrases(uni(bloc.texte)).map(citer));
  if (!missions.length || titre.length > LIBELLE) {
    texte(b, "resume", section);
    return;
  }
  const liste = (b.champs[champ] ??= []);
  liste.push({ id: identifiant(titre), titre, missions });
  b.douter(`${champ}[${liste.length}]`, dire("role", { titre }));
  for (const bloc of section.blocs) b.alerter(`${champ}[${liste.length}]`, bloc);
}

function periode(b, champ, section) {
  for (const bloc of section.blocs) {
    if (champ in b.champs) {
      b.restes.push(bloc.texte);
      continue;
    }
    const [premiere, ...autres] = phrases(uni(bloc.texte));
    b.champs[champ] = { texte: citer(premiere) };
    b.restes.push(...autres);
    b.alerter(champ, bloc);
  }
}

function intitule(b, champ, section) {
  if (champ === "cas") {
    cas(b, section);
    return;
  }
  const [conteneur, cle] = descendre(b, champ);
  conteneur[cle] = titreDeSeance(section.intitule);
  if (section.blocs.length) enonces(b, "seances[1].description", section);
}

function titreDeSeance(dit) {
  const titre = uni(dit)
    .replace(/[ .:]+$/, "")
    .slice(0, LIBELLE);
  return titre === titre.toUpperCase() ? titre.slice(0, 1) + titre.slice(1).toLowerCase() : titre;
}

function cas(b, section) {
  section.blocs.forEach((bloc, rang) => {
    const nom = uni(bloc.texte);
    if (rang === 0 && nom.length <= 100 && bloc.genre !== "element" && !".:;".includes(nom.at(-1))) {
      const liste = (b.champs.cas ??= []);
      const vu = liste.findIndex((un) => un.titre === nom);
      liste.push(vu >= 0 ? liste.splice(vu, 1)[0] : { id: identifiant(nom), titre: nom });
    } else texte(b, "resume", nouvelle({ blocs: [bloc] }));
  });
}

function vigilances(b, champ, section) {
  const [conteneur, cle] = descendre(b, champ);
  const liste = (conteneur[cle] ??= []);
  for (const bloc of section.blocs) {
    const [constats, ...pistes] = bloc.texte.split("\t");
    const tous = constats
      .split("❑")
      .map((c) => uni(c).replace(/[ ;]*→$/, ""))
      .filter(Boolean);
    const piste = pistes.map(uni).filter(Boolean).join(" ");
    if (!tous.length || [...tous, piste].some((dit) => dit.length > PHRASE)) {
      b.restes.push(bloc.texte);
      continue;
    }
    const seul = tous.length === 1;
    liste.push(...tous.map((c) => ({ constat: citer(c), ...(piste && seul ? { piste: citer(piste) } : {}) })));
    if (piste && !seul && champ.startsWith("cas.")) {
      (conteneur.pistes ??= []).push(citer(piste));
      b.douter(b.place("cas.pistes"), dire("pistes"));
    } else if (piste && !seul) b.restes.push(piste);
    b.alerter(`${b.place(champ)}[${liste.length}]`, bloc);
  }
  if (!liste.length) delete conteneur[cle];
}

function reste(b, champ, section) {
  b.restes.push(...(section.intitule ? [section.intitule] : []), ...section.blocs.map((bloc) => bloc.texte));
}

function descendre(b, champ) {
  const point = champ.indexOf(".");
  if (point < 0) return [b.champs, champ];
  const [tete, suite] = [champ.slice(0, point), champ.slice(point + 1)];
  if (tete.endsWith("]")) return [(b.champs[tete.split("[")[0]] ??= [{}])[0], suite];
  if (tete === "cas") {
    const liste = (b.champs.cas ??= []);
    if (!liste.length) {
      liste.push({ id: "cas", titre: "Cas" });
      b.douter("cas[1].titre", dire("titre_a_ecrire"));
    }
    return [liste.at(-1), suite];
  }
  return [(b.champs[tete] ??= {}), suite];
}

export const FORMES = {
  libelle,
  phrase,
  phrases: enonces,
  texte,
  mots: motsSepares,
  choix,
  etapes,
  partenaires,
  role,
  periode,
  intitule,
  vigilances,
  reste,
};
