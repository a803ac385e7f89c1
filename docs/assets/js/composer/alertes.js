// Ce qui ne va pas dans la composition, et ce qu’on peut faire : des règles nommées, une par sujet. Les horaires, la
// durée des méthodes et la taille des groupes suivent macros/regles/kits.py. Un `geste` est un remède que la page
// sait appliquer.
import { accorder, bornesDeDuree, bornesDePersonnes, duree, heure, hhmm, minutes, typo } from "../francais.js";
import COMMUN from "../partage/commun.js";
import { DUREE } from "./etat.js";

const MINUIT = 24 * 60;
const SANS_PAUSE = 120;
const PAUSE = 15;
const VAUT_PAUSE = 10; // un trou de dix minutes laisse souffler
const MINIMUM_PAR_GROUPE = 10; // en deçà, un groupe n’a pas le temps de montrer et de répondre
const EN_GROUPES = new Set(COMMUN.en_groupes);
const nom = ({ titre }) => `« ${titre || "Sans titre"} »`;

/** Toutes les alertes, dans l’ordre de la journée, les plus graves d’abord pour une même séquence. */
export function alertes(composition, places, methodes) {
  const contexte = { composition, methodes, places };
  const trouvees = places.flatMap((place, rang) => {
    const du = REGLES.flatMap((regle) => [...regle(place, contexte, rang)]);
    const ordre = new Map(place.jour.sequences.map(({ id }, i) => [id, i]));
    const cle = ({ sequence, gravite }) => (sequence ? ordre.get(sequence) : -1) * 10 + GRAVITES.indexOf(gravite);
    return du.map((alerte) => ({ jour: place.jour.id, ...alerte })).sort((a, b) => cle(a) - cle(b));
  });
  return trouvees.map((alerte) => ({ ...alerte, texte: typo(alerte.texte), remede: typo(alerte.remede) }));
}

export const GRAVITES = ["erreur", "attention", "conseil"];
const alerte = (gravite, sequence, texte, remede, geste = null) => ({ sequence, gravite, texte, remede, geste });

function* pointsFixes({ jour, creneaux }) {
  for (const [rang, { sequence, debut, fin, ecart }] of creneaux.entries()) {
    const avant = creneaux[rang - 1]?.sequence;
    if (ecart && !avant) yield debutDuJour(jour, sequence, debut, ecart);
    else if (ecart < 0) yield chevauchement(avant, sequence, debut, -ecart);
    else if (ecart > 0) yield trou(avant, sequence, debut, ecart);
    if (fin > MINUIT && debut <= MINUIT) {
      yield alerte(
        "erreur",
        sequence.id,
        `${nom(sequence)} dépasse minuit.`,
        "Répartissez la suite sur un autre jour.",
      );
    }
  }
}

function debutDuJour(jour, sequence, debut, ecart) {
  const texte =
    ecart > 0
      ? `${duree(ecart)} sans rien entre le début du jour, à ${heure(jour.debut)}, et ${nom(sequence)}.`
      : `${nom(sequence)} est fixée à ${heure(debut)}, avant le début du jour, à ${heure(jour.debut)}.`;
  return alerte(ecart > 0 ? "attention" : "erreur", sequence.id, texte, `Commencer le jour à ${heure(debut)}`, {
    type: "debut",
    jour: jour.id,
    heure: hhmm(debut),
  });
}

function chevauchement(avant, sequence, debut, minutesDeTrop) {
  const plusTard = `${duree(minutesDeTrop)} plus tard`;
  const texte = `${nom(sequence)} est fixée à ${heure(debut)}, mais ${nom(avant)} finit ${plusTard}.`;
  const courte = avant.duree - minutesDeTrop;
  return courte >= DUREE.min
    ? alerte("erreur", sequence.id, texte, `Ramener ${nom(avant)} à ${duree(courte)}`, {
        type: "duree",
        sequence: avant.id,
        duree: courte,
      })
    : alerte("erreur", sequence.id, texte, `Ne plus fixer l’heure de ${nom(sequence)}`, {
        type: "liberer",
        sequence: sequence.id,
      });
}

function trou(avant, sequence, debut, ecart) {
  const longue = avant.duree + ecart;
  const texte = `${duree(ecart)} sans rien avant ${nom(sequence)}, fixée à ${heure(debut)}.`;
  return longue <= DUREE.max
    ? alerte("attention", sequence.id, texte, `Porter ${nom(avant)} à ${duree(longue)}`, {
        type: "duree",
        sequence: avant.id,
        duree: longue,
      })
    : alerte("attention", sequence.id, texte, "Ajoutez une séquence ou un battement.");
}

function* depassement({ jour, creneaux }) {
  const fin = creneaux.at(-1)?.fin;
  if (!jour.fin || !fin || fin <= minutes(jour.fin)) return;
  const retard = `${duree(fin - minutes(jour.fin))} après l’heure annoncée`;
  const texte = `Le jour finit à ${heure(fin)}, ${retard}, ${heure(jour.fin)}.`;
  if (fin < MINUIT)
    yield alerte("erreur", null, texte, `Annoncer la fin à ${heure(fin)}`, {
      type: "fin",
      jour: jour.id,
      heure: hhmm(fin),
    });
  else yield alerte("erreur", null, texte, "Raccourcissez une séquence, ou répartissez sur deux jours.");
}

function* dureeDesMethodes({ creneaux }, { methodes }) {
  for (const { sequence } of creneaux) {
    const methode = methodes.get(sequence.methode);
    if (!methode?.duree || sequence.partielle) continue;
    const [bas, haut] = methode.duree;
    if (sequence.duree >= bas && (haut === null || sequence.duree <= haut)) continue;
    const juste = Math.min(DUREE.max, Math.max(DUREE.min, Math.ceil(sequence.duree < bas ? bas : haut)));
    const geste =
      juste >= bas && (haut === null || juste <= haut) ? { type: "duree", sequence: sequence.id, duree: juste } : null;
    yield alerte(
      "attention",
      sequence.id,
      `${nom(sequence)} dure ${duree(sequence.duree)}, alors que la méthode ${nom(methode)} demande ` +
        `${bornesDeDuree([bas, haut])}.`,
      geste ? `Passer à ${duree(juste)}` : "Changez de durée, ou dites que la méthode n’est reprise qu’en partie.",
      geste,
    );
  }
}

/** Personnes réunies par une séquence, ou null quand on ne sait pas. */
function effectif({ participants, groupes }, modalite) {
  if (!participants) return null;
  return groupes && EN_GROUPES.has(modalite) ? participants / groupes : participants;
}

function* tailleDesGroupes({ creneaux }, { methodes, composition }) {
  for (const { sequence } of creneaux) {
    const methode = methodes.get(sequence.methode);
    const reunis = effectif(composition, sequence.modalite);
    if (!methode?.participants || !reunis) continue;
    const [bas, haut] = methode.participants;
    if (reunis >= bas && (haut === null || reunis <= haut)) continue;
    const groupes = EN_GROUPES.has(sequence.modalite) ? nombreDeGroupes(composition.participants, bas, haut) : null;
    yield alerte(
      "attention",
      sequence.id,
      `La méthode ${nom(methode)} est faite pour ${bornesDePersonnes([bas, haut])} ; ${nom(sequence)} en ` +
        `réunit ${bornesDePersonnes([reunis, reunis])}.`,
      groupes ? `Former ${accorder(groupes, "groupe")}` : "Changez de méthode, ou travaillez en groupes.",
      groupes ? { type: "groupes", groupes } : null,
    );
  }
}

/** Le plus petit nombre de groupes qui donne une taille admise, ou null. */
function nombreDeGroupes(participants, bas, haut) {
  const groupes = haut === null ? 1 : Math.ceil(participants / haut);
  return groupes >= 1 && groupes <= 200 && participants / groupes >= bas ? groupes : null;
}

function* sansPause({ creneaux, jour }) {
  let suite = [];
  let dite = false;
  for (const { sequence, ecart } of creneaux) {
    if (sequence.modalite === "pause" || ecart >= VAUT_PAUSE) [suite, dite] = [[], false];
    if (sequence.modalite === "pause") continue;
    suite.push(sequence);
    const total = suite.reduce((somme, s) => somme + s.duree, 0);
    if (total <= SANS_PAUSE || dite) continue;
    dite = true;
    yield suite.length === 1
      ? alerte(
          "conseil",
          sequence.id,
          `${nom(sequence)} dure plus de deux heures.`,
          "Prévoyez-y un temps de pause, ou coupez-la en deux.",
        )
      : alerte(
          "conseil",
          sequence.id,
          `Plus de deux heures sans pause à la fin de ${nom(sequence)}.`,
          `Ajouter une pause de ${duree(PAUSE)} avant`,
          { type: "pause", jour: jour.id, avant: sequence.id, duree: PAUSE },
        );
  }
}

function* restitution({ creneaux }, { methodes, composition }) {
  const { groupes } = composition;
  for (const { sequence } of creneaux) {
    const voulue = methodes.get(sequence.methode)?.par_groupe;
    if (!voulue || !groupes || sequence.duree >= groupes * Math.min(MINIMUM_PAR_GROUPE, voulue)) continue;
    const juste = Math.min(DUREE.max, groupes * voulue);
    yield alerte(
      "attention",
      sequence.id,
      `${nom(sequence)} laisse ${duree(Math.floor(sequence.duree / groupes))} à chacun des ${groupes} ` +
        `groupes ; comptez ${duree(voulue)}.`,
      `Passer à ${duree(juste)}`,
      { type: "duree", sequence: sequence.id, duree: juste },
    );
  }
}

/**
 * Une méthode part de ce que d’autres produisent : l’une d’elles la précède, ou une séquence sans méthode en tient
 * lieu.
 */
function* livrables({ jour, creneaux }, { methodes, places }, rang) {
  const precedentes = places.slice(0, rang).flatMap((place) => place.jour.sequences);
  for (const { sequence } of creneaux) {
    const methode = methodes.get(sequence.methode);
    if (methode?.par_groupe && ![...precedentes].some(({ modalite }) => EN_GROUPES.has(modalite))) {
      yield alerte(
        "attention",
        sequence.id,
        `${nom(sequence)} montre le travail des groupes, mais aucune séquence avant elle ne se fait en groupes.`,
        "Ajoutez un travail en groupes avant, ou déplacez-la.",
      );
    }
    const attendues = methode?.par_groupe
      ? []
      : (methodes.get(sequence.methode)?.avant ?? []).filter((id) => methodes.get(id)?.livrable);
    if (attendues.length && !precedentes.some((s) => fournit(s, attendues))) {
      const premiere = methodes.get(attendues[0]);
      yield alerte(
        "attention",
        sequence.id,
        `${nom(sequence)} part d’ordinaire de ce que produit ` +
          `${attendues.map((id) => nom(methodes.get(id))).join(" ou ")} : ${enIncise(premiere.livrable)}. ` +
          `Aucune séquence avant elle ne le produit.`,
        `Ajouter ${nom(premiere)} avant`,
        { type: "methode", methode: premiere.id, jour: jour.id, avant: sequence.id },
      );
    }
    precedentes.push(sequence);
  }
}

const enIncise = (phrase) => phrase.charAt(0).toLocaleLowerCase("fr") + phrase.slice(1).replace(/ *\.$/u, "");
const fournit = (sequence, attendues) =>
  sequence.methode ? attendues.includes(sequence.methode) : sequence.livrable.trim() !== "";

function* ordreDesDates({ jour, date }, { places }, rang) {
  const precedente = places.slice(0, rang).findLast((place) => place.date);
  if (date && precedente && date < precedente.date) {
    yield alerte(
      "attention",
      null,
      `${nom(jour)} est daté avant ${nom(precedente.jour)}, qui le précède ici.`,
      "Corrigez une date, ou changez l’ordre des jours.",
    );
  }
}

const REGLES = [
  depassement,
  ordreDesDates,
  pointsFixes,
  dureeDesMethodes,
  tailleDesGroupes,
  sansPause,
  restitution,
  livrables,
];
