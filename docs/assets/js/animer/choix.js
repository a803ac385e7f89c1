// Quelle journée animer : une séance à reprendre, celle que porte l’adresse, ou un jour d’un brouillon du composeur.
import { charger } from "../charger.js";
import { element, aujourdHui } from "../socle.js";
import { lireLien, porteUneComposition } from "../composer/adresse.js";
import { calculer } from "../composer/agenda.js";
import { valider } from "../composer/etat.js";
import { bouton } from "../composer/formes.js";
import { brouillons } from "../composer/memoire.js";
import { accorder, dateLongue, heure } from "../francais.js";
import { nouvelleSeance, seances } from "./registre.js";
import { ouvrir } from "./seance.js";

/** La composition que demande l’adresse, ou null. `dossier` : là où sont celles des kits. */
async function demandee(dossier, { kits }) {
  if (porteUneComposition(location.hash)) return lireLien(location.hash);
  const kit = new URLSearchParams(location.search).get("kit");
  if (!kits.some(({ id }) => id === kit)) return null;
  return valider(await charger(new URL(`${dossier}${kit}.json`, location.href)));
}

/** Les jours à animer : [{ programme, jour, composition }], ceux de l’adresse d’abord. */
export async function journees(donnees, dossier) {
  const composition = await demandee(dossier, donnees);
  const toutes = composition ? [composition] : brouillons().map((brouillon) => brouillon.composition);
  return toutes.flatMap((c) => {
    const programme = calculer(c, donnees);
    return programme.jours
      .filter(({ sequences }) => sequences.length)
      .map((jour) => ({ programme, jour, composition: c }));
  });
}

/** La plus courte durée de la méthode d’une séquence, quand la séquence la mène en entier. */
function plusCourte(composition, { methodes }) {
  const entieres = new Set(
    composition.jours.flatMap(({ sequences }) => sequences.filter((s) => !s.partielle).map(({ id }) => id)),
  );
  return ({ id, methode }) => (entieres.has(id) && methodes.find((m) => m.id === methode?.id)?.duree?.[0]) || null;
}

export const ouvrirJournee = ({ programme, jour, composition }, donnees) =>
  ouvrir(programme, jour, {
    id: nouvelleSeance(),
    date: aujourdHui(),
    maintenant: Date.now(),
    bas: plusCourte(composition, donnees),
  });

/** Peint les séances gardées. */
export function peindreReprises(cadre) {
  const gardees = seances();
  if (!gardees.length) return cadre.replaceChildren();
  const liste = element("ul", "", { class: "animer__journees" });
  liste.append(
    ...gardees.map(({ id, titre, jour, date, close }) => {
      const li = element("li");
      const texte = element("div");
      texte.append(
        element("strong", titre || "Sans titre"),
        element("p", [jour.titre, dateLongue(date), close ? "close" : "en cours"].filter(Boolean).join(" · ")),
      );
      const mot = close ? "Ouvrir" : "Reprendre";
      li.append(
        texte,
        bouton(mot, "reprendre", { class: "bouton", "data-id": id, "aria-label": `${mot} «\u00A0${titre}\u00A0»` }),
      );
      return li;
    }),
  );
  cadre.replaceChildren(element("h2", "Sur cet appareil"), liste);
}

/** Peint les journées à ouvrir, celle d’aujourd’hui d’abord. */
export function peindreJournees(liste, trouvees) {
  const ce_jour = aujourdHui();
  trouvees.sort((a, b) => (b.jour.date === ce_jour) - (a.jour.date === ce_jour));
  if (!trouvees.length) {
    liste.replaceChildren(element("li", "Aucune journée préparée dans ce navigateur."));
    return;
  }
  liste.replaceChildren(
    ...trouvees.map(({ programme, jour }, rang) => {
      const li = element("li");
      const texte = element("div");
      const faits = [
        jour.titre,
        jour.date ? dateLongue(jour.date) : "sans date",
        `de ${heure(jour.debut)} à ${heure(jour.fin)}`,
        accorder(jour.sequences.length, "séquence"),
      ];
      texte.append(element("strong", programme.titre || "Sans titre"), element("p", faits.filter(Boolean).join(" · ")));
      const nom = `Animer «\u00A0${[programme.titre, jour.titre].filter(Boolean).join(", ")}\u00A0»`;
      li.append(texte, bouton("Animer", "ouvrir", { class: "bouton", "data-rang": rang, "aria-label": nom }));
      return li;
    }),
  );
}
