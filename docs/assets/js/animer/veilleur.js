// Ce qui mérite d’être dit sans qu’on regarde : cinq minutes avant la fin, puis la fin, de la séquence et des groupes.
import { MINUTE } from "./temps.js";

const SEUILS = [
  [5, "Plus que cinq minutes"],
  [0, "C’est l’heure"],
];

/** Les phrases dont l’instant tombe après `avant` et jusqu’à `maintenant` ; la plus urgente seule pour chacun. */
export function aDire({ courante }, avant, maintenant) {
  if (!courante) return [];
  const commune = { nom: courante.sequence.titre, fin: courante.due };
  const groupes = courante.groupes.filter(({ fini }) => fini === null);
  const suivis = groupes.length ? groupes : [commune];
  return suivis.flatMap(({ nom, fin }) => {
    const duree = fin - courante.debut;
    const passes = SEUILS.filter(([minutes]) => {
      const quand = fin - minutes * MINUTE;
      return minutes * MINUTE < duree && avant < quand && quand <= maintenant;
    });
    return passes.slice(-1).map(([, mots]) => `${mots}\u00A0: ${nom}.`);
  });
}
