// Ce qu’on écrit dans un champ -> un changement de la composition. Un champ à moitié rempli ne change rien.
import { dateDu } from "./agenda.js";
import { estDate, estHeure, net } from "./etat.js";
import * as gestes from "./gestes.js";

const vraie = (saisie, lire) => (saisie.value === "" ? saisie.validity.badInput === false : lire(saisie.value));

/** Le changement que demande ce champ : { composition, cle, sequence }, ou null. */
export function lireSaisie(c, saisie, heureDe) {
  const { champ, role, rang } = saisie.dataset;
  const sequence = saisie.closest("[data-sequence]")?.dataset.sequence;
  const jour = c.jours.find(({ id }) => id === saisie.closest("[data-jour]")?.dataset.jour);
  if (sequence) {
    const champs = role
      ? cocherRole(gestes.situer(c, sequence).sequence, role, saisie.checked)
      : deSequence(champ, saisie, () => heureDe(sequence));
    if (champ === "jour")
      return { composition: gestes.deplacer(c, sequence, saisie.value, Infinity), cle: null, sequence };
    return (
      champs && {
        composition: gestes.reglerSequence(c, sequence, champs),
        cle: saisie.type === "checkbox" ? null : `${sequence} ${champ}`,
        sequence,
      }
    );
  }
  if (champ === "fait")
    return { composition: gestes.reglerTache(c, Number(rang), { fait: saisie.checked }), cle: null };
  if (jour) return deJour(c, jour, champ, saisie);
  if (champ === "titre" || champ === "contact")
    return { composition: gestes.regler(c, { [champ]: net(saisie.value) }), cle: champ };
  return null;
}

function deSequence(champ, saisie, heureActuelle) {
  switch (champ) {
    case "duree":
      return saisie.valueAsNumber >= 1 ? { duree: saisie.valueAsNumber } : null;
    case "fixer":
      return { fixe: saisie.checked ? heureActuelle() : null };
    case "fixe":
      return estHeure(saisie.value) ? { fixe: saisie.value } : null;
    case "partielle":
      return { partielle: saisie.checked };
    case "titre":
    case "modalite":
    case "lieu":
    case "livrable":
    case "notes":
      return { [champ]: net(saisie.value) };
    default:
      return null;
  }
}

const cocherRole = (sequence, role, dedans) => ({
  role: dedans ? [...sequence.role, role] : sequence.role.filter((id) => id !== role),
});

function deJour(c, jour, champ, saisie) {
  const cle = `${jour.id} ${champ}`;
  if (champ === "jour-titre") return { composition: gestes.reglerJour(c, jour.id, { titre: net(saisie.value) }), cle };
  if (champ === "jour-debut")
    return estHeure(saisie.value) ? { composition: gestes.reglerJour(c, jour.id, { debut: saisie.value }), cle } : null;
  if (champ === "jour-fin")
    return vraie(saisie, estHeure)
      ? { composition: gestes.reglerJour(c, jour.id, { fin: saisie.value || null }), cle }
      : null;
  if (champ !== "jour-date" || !vraie(saisie, estDate) || (saisie.value || null) === dateDu(jour, c)) return null;
  return { composition: gestes.dater(c, jour, saisie.value || null), cle };
}
