// Des créneaux horaires aux séquences d’une journée.

import COMMUN from "../partage/commun.js";
import { dire } from "../partage/importation.js";
import { LIBELLE, citer, phrases } from "./brouillon.js";
import { motif, normaliser, uni } from "./mots.js";

/** Écrit les créneaux d’un document dans la seule séance du brouillon. */
export function placerCreneaux(b, sections, regles) {
  const horaires = sections.filter((section) => section.horaire);
  if (!horaires.length) return;
  const seance = b.champs.seances[0];
  seance.sequences = horaires.map((section, rang) =>
    sequence(b, `seances[1].sequences[${rang + 1}]`, section, horaires[rang + 1], regles),
  );
  seance.debut = heure(horaires[0].horaire[0]);
  if (horaires.at(-1).horaire[1] !== null) seance.fin = heure(horaires.at(-1).horaire[1]);
}

function sequence(b, place, section, suivant, regles) {
  let [debut, fin, ligne] = section.horaire;
  const [titre, suite] = titreEtSuite(uni(ligne));
  const textes = [...(suite ? [suite] : []), ...section.blocs.slice(1).map((bloc) => uni(bloc.texte))];
  const faite = { titre: titre || "Sans titre", debut: heure(debut), sources: ["s1"] };
  if (!titre) b.douter(`${place}.titre`, dire("creneau_sans_titre"));
  if (fin === null && suivant) {
    [fin] = suivant.horaire;
    b.douter(`${place}.duree`, dire("duree_du_suivant"));
  }
  const duree = fin !== null ? fin - debut : 0;
  if (duree >= COMMUN.sequence.min && duree <= COMMUN.sequence.max) faite.duree = String(duree);
  else {
    const impossible = fin === null ? "duree_impossible" : "duree_impossible_entre";
    b.douter(`${place}.duree`, dire(impossible, { debut: heure(debut), fin: heure(fin ?? 0) }));
  }
  const consignes = textes.filter(Boolean).flatMap((texte) => phrases(texte).map(citer));
  if (consignes.length) faite.consignes = consignes;
  faite.modalite = modalite(titre, regles);
  b.douter(`${place}.modalite`, dire("modalite", { titre }));
  b.origines[place] = section.intitule;
  for (const bloc of section.blocs) b.alerter(place, bloc);
  return faite;
}

function titreEtSuite(ligne) {
  if (ligne.length <= LIBELLE) return [ligne, ""];
  let coupe = ligne.lastIndexOf(", ", LIBELLE - 2);
  if (coupe <= 20) coupe = ligne.lastIndexOf(" ", LIBELLE - 1);
  if (coupe <= 0) coupe = LIBELLE;
  return [ligne.slice(0, coupe), ligne.slice(coupe).replace(/^[ ,]+/, "")];
}

function modalite(titre, regles) {
  const propre = normaliser(titre);
  return (regles.creneaux.modalites.find((r) => motif(r.motif).test(propre)) || { modalite: regles.creneaux.defaut })
    .modalite;
}

const deux = (nombre) => String(nombre).padStart(2, "0");
const heure = (minutes) => `${deux(Math.floor(minutes / 60))}:${deux(minutes % 60)}`;
