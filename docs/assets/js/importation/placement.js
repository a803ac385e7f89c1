// Des sections aux brouillons : chacune va dans son champ, ou dans ce qui reste.

import { dire } from "../partage/importation.js";
import { Brouillon, LIBELLE } from "./brouillon.js";
import { placerCreneaux } from "./creneaux.js";
import { bloc, section as nouvelle } from "./decoupe.js";
import { FORMES, texte } from "./formes.js";
import { uni } from "./mots.js";
import { site } from "./sites.js";

/** Le brouillon du document, puis un pour chaque site de ses listes. */
export function placer(sections, profil, regles) {
  const b = new Brouillon(profil.type);
  if (profil.creneaux && sections.some((section) => section.horaire)) b.champs.seances = [{ ...profil.seance }];
  for (const date of sections[0].dates) {
    b.douter(b.type === "action" ? "periode" : "validite", dire("date", { lu: date }));
  }
  debut(b, sections[0], profil);
  const sites = [];
  let titreCourant = "";
  for (const section of sections.slice(1)) {
    if (section.site) sites.push(site(section, titreCourant, regles));
    else if (section.cible) rubrique(b, section, regles);
    else if (!section.horaire) {
      if (section.annonce && section.blocs.length) titreCourant = uni(section.blocs[0].texte);
      const titrable = !("titre" in b.champs) && section.blocs.length && uni(section.blocs[0].texte).length <= LIBELLE;
      if (titrable) debut(b, section, profil);
      else texte(b, profil.suite, nouvelle({ blocs: section.blocs }));
    }
  }
  placerCreneaux(b, sections, regles);
  return [b, ...sites];
}

function debut(b, section, profil) {
  const blocs = [...section.blocs];
  if (profil.debut.length && blocs.length && uni(blocs[0].texte).length <= LIBELLE) {
    const premier = blocs.shift();
    b.champs.titre = uni(premier.texte);
    b.alerter("titre", premier);
  }
  if (blocs.length) texte(b, profil.suite, nouvelle({ blocs }));
}

function rubrique(b, section, regles) {
  let { cible } = section;
  let { champ } = cible;
  let contenu = section;
  if (champ.startsWith("seances[1]") && !("seances" in b.champs)) {
    champ = "resume";
    cible = { forme: "texte" };
    const titre = section.intitule ? [bloc("paragraphe", section.intitule)] : [];
    contenu = nouvelle({ cible, intitule: section.intitule, blocs: [...titre, ...section.blocs] });
  }
  FORMES[cible.forme](b, champ, contenu, regles);
  const place = b.place(champ);
  if (!section.intitule || cible.forme === "reste") return;
  const vide = contenu.blocs.length || cible.forme === "intitule" ? "" : ` (${dire("vide_dans_le_document")})`;
  const vu = uni(section.intitule) + vide;
  const deja = b.origines[place] || "";
  if (!deja.split(" · ").includes(vu)) b.origines[place] = deja ? `${deja} · ${vu}` : vu;
}
