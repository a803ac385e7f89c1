// Bilan -> ce que d’autres outils lisent : un brouillon de fiche « site », un enregistrement au schéma national
// « projets-territoire » 0.1.0. Rien sur une personne n’y entre : ni qui se charge de quoi, ni référent.
import { aujourdHui } from "../socle.js";
import { dateLongue, identifiant } from "../francais.js";

/** Un brouillon de fiche « site », à finir dans le formulaire ; chaque affirmation renvoie au compte rendu. */
export function ficheSite(seance, { lignes, decisions }) {
  const source = (texte) => `${texte.replace(/[.\s]+$/u, "")} [s1].`;
  const { lieu, titre, date } = seance;
  const faites = lignes.filter(({ etat, sequence }) => etat === "faite" && sequence.modalite !== "pause");
  const combien = seance.presents ?? null;
  const methodes = [...new Set(faites.map(({ sequence }) => sequence.methode?.id).filter(Boolean))];
  const nom = [lieu?.nom, titre].filter(Boolean).join(", ");
  return {
    type: "site",
    id: identifiant(nom),
    titre: nom,
    ...(lieu ? { territoire: { echelle: lieu.echelle, lieux: [{ code: lieu.code, nom: lieu.nom }] } } : {}),
    verification: { niveau: "redigee-sur-sources", le: aujourdHui(), par: "contribution au site" },
    validite: { etat: "historique", debut: date, fin: date },
    sources: { s1: { titre: `Compte rendu de l’atelier du ${dateLongue(date)}`, date } },
    etat: "publiee",
    profondeur: "cas",
    annees: [date],
    objet: source(titre || "Atelier"),
    demarche: faites.map(({ sequence, minutes }) => ({
      titre: sequence.titre,
      ...(sequence.objectif ? { texte: source(sequence.objectif) } : {}),
      duree: { valeur: String(minutes), unite: "minute", source: "s1" },
    })),
    ...(combien === null ? {} : { participants: [source(`${combien} personnes présentes`)] }),
    ...(decisions.length ? { resultats: decisions.map(({ texte }) => source(texte)) } : {}),
    ...(methodes.length ? { methodes } : {}),
  };
}

/** L’enregistrement « projets-territoire » ; `maintenant` : un instant, `id` : un identifiant universel. */
export function projet(seance, { decisions, actions }, { id, maintenant }) {
  const quand = new Date(maintenant).toISOString();
  const dit = [...decisions, ...actions].map(({ texte }) => texte.replace(/[.\s]+$/u, ""));
  return {
    id,
    createdAt: new Date(seance.ouverte).toISOString(),
    updatedAt: quand,
    nom: [seance.titre, seance.lieu?.nom].filter(Boolean).join(", "),
    ...(dit.length ? { description: `${dit.join(". ")}.` } : {}),
    dateDebutPrevisionnelle: seance.date,
    ...(seance.lieu ? { collectiviteIds: [seance.lieu.code] } : {}),
  };
}
