// Un site d’une liste devient son propre brouillon.

import { dire } from "../partage/importation.js";
import { Brouillon, LIBELLE, citer, phrases } from "./brouillon.js";
import { section as nouvelle } from "./decoupe.js";
import { texte } from "./formes.js";
import { motif, normaliser, uni } from "./mots.js";
import { cites, departements } from "./noms.js";

/** Le brouillon d’un site ; titreCourant : le dernier intitulé avant sa liste. */
export function site(section, titreCourant, regles) {
  const [nom, lieu, objet] = section.site;
  const court = nom.slice(0, LIBELLE);
  const b = new Brouillon("site", { titre: court, profondeur: "reperage", nom_dans_la_source: court });
  b.origines.titre = uni(section.intitule);
  b.douter("titre", dire("nom_du_site"));
  b.douter("profondeur", dire("reperage"));
  if (objet) {
    const [premiere, ...autres] = phrases(objet);
    b.champs.objet = citer(premiere);
    b.restes.push(...autres);
  }
  if (objet.length >= 20 && objet.length <= 300) {
    b.champs.accroche = citer(`${objet.slice(0, 1).toUpperCase()}${objet.slice(1)}.`);
    b.douter("accroche", dire("accroche"));
  }
  situer(b, lieu, regles);
  annoncer(b, section.annonce || section.intitule, titreCourant, regles);
  if (section.blocs.length) texte(b, "resume", nouvelle({ blocs: section.blocs }));
  return b;
}

function situer(b, lieu, regles) {
  if (!lieu) {
    b.douter("territoire", dire("lieu_a_preciser"));
    return;
  }
  const lieux = departements(lieu, regles.departements);
  if (lieux.length) b.champs.territoire = { echelle: "departement", lieux };
  b.douter("territoire", dire("lieu", { lieu }));
}

function annoncer(b, annonce, titreCourant, regles) {
  if (!annonce) return;
  b.origines.objet = uni(annonce);
  const annee = motif(regles.sites.annee).exec(annonce);
  if (annee) b.champs.annees = [annee[1]];
  const connus = regles.noms.dispositif;
  const dAnnonce = cites(annonce, connus);
  const nomme = dAnnonce.length ? dAnnonce : cites(titreCourant, connus);
  if (nomme.length) {
    b.champs.dispositifs = [nomme[0][0]];
    b.douter("dispositifs", dire("dispositif", { lu: nomme[0][1] }));
  }
  const propre = normaliser(annonce);
  const trouve = Object.entries(regles.sites.avancement).find(([mot]) => propre.includes(mot));
  if (trouve) {
    [, b.champs.avancement] = trouve;
    b.douter("avancement", dire("avancement", { lu: uni(annonce) }));
  }
}
