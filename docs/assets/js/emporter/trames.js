// Programme calculé -> feuillets : le programme des participants, la fiche de l’équipe, l’émargement, le dossier
// entier.
import { racine } from "../socle.js";
import { INSECABLE, accorder, dateLongue, duree, enumerer, estJour, heure, nomDeFichier } from "../francais.js";
import { champ, fait, gras, lien, liste, mention, para, tableau, titre } from "./pieces.js";
import COMMUN from "../partage/commun.js";
import { adresseSure } from "./xml.js";

const LIGNES = { assez: 20, trop: 80, enPlus: 4 };
const CASE = "☐";
const COCHEE = "☒";
/** Deux lignes : de quoi signer. */
const A_SIGNER = `${INSECABLE}\n${INSECABLE}`;

export const nomDuJour = (jour, rang) => jour.titre || `Jour ${rang + 1}`;
export const travail = (sequence) => COMMUN.travail[sequence.modalite] ?? sequence.modalite ?? "";
export const horaire = (sequence) =>
  `${heure(sequence.debut)} –${INSECABLE}${heure(sequence.fin)}${sequence.lendemain ? " (lendemain)" : ""}`;
const nomDe = (chose) => (typeof chose === "string" ? chose : (chose?.nom ?? "")).replace(/[\s.]+$/, "");
const espacer = (mots) => mots.filter(Boolean).join(" · ");

/** Une énumération qui reste claire quand un de ses termes a déjà une virgule. */
export const ensemble = (mots) => (mots.some((mot) => mot.includes(",")) ? mots.join("\u202F; ") : enumerer(mots));

/** « mercredi 20 octobre 2027 », « du … au … » ; vide sans date. */
export function quand(programme) {
  const jours = [...new Set(programme.jours.map(({ date }) => date).filter(estJour))].sort();
  if (jours.length < 2) return dateLongue(jours[0]);
  return jours.length < 4
    ? enumerer(jours.map(dateLongue))
    : `du ${dateLongue(jours[0])} au ${dateLongue(jours.at(-1))}`;
}

function jourDuProgramme(jour, rang, prefixe) {
  const rangees = jour.sequences.map((sequence) => [
    horaire(sequence),
    duree(sequence.duree),
    [para(gras(sequence.titre)), ...(sequence.lieu ? [para(sequence.lieu)] : [])],
    travail(sequence),
  ]);
  return [
    titre(1, prefixe + nomDuJour(jour, rang), { page: rang > 0 }),
    ...(jour.date ? [para(gras(dateLongue(jour.date)))] : []),
    tableau(
      "Horaires et séquences",
      [
        ["Horaire", 20],
        ["Durée", 12],
        ["Séquence", 48],
        ["Travail", 20],
      ],
      rangees,
    ),
  ];
}

const participer = () => [
  titre(1, "Venir et participer"),
  para(
    "Dites-nous avant le jour dit ce qui faciliterait votre venue\u00A0: accès en fauteuil, boucle " +
      "magnétique, interprète, documents en gros caractères, garde d’enfants, régime alimentaire.",
  ),
  champ("Répondre à (boîte aux lettres du service)"),
  champ("Répondre avant le"),
];

const lieuEtContact = (programme) => [
  champ("Lieu", programme.lieu?.nom),
  ...(programme.jours.some(({ date }) => date) ? [] : [champ("Date")]),
  champ("Contact sur place", programme.contact),
];

const leProgramme = (programme, prefixe = "") =>
  programme.jours.flatMap((jour, rang) => jourDuProgramme(jour, rang, prefixe));

function methode({ methode: outil }) {
  if (!outil) return [];
  const adresse = outil.url ? adresseSure(outil.url, racine) : null;
  return [fait("Méthode", adresse ? lien(adresse, outil.titre) : outil.titre)];
}

/** Ce qu’il faut à qui anime : consignes, rôles, méthode, matériel, ce qui doit sortir, notes. */
const conduire = (sequence) => [
  titre(2, `${heure(sequence.debut)} · ${sequence.titre} (${duree(sequence.duree)})`),
  ...(sequence.consignes?.length ? [liste(sequence.consignes)] : []),
  fait("Travail", espacer([travail(sequence), sequence.lieu, sequence.fixe ? "heure fixe" : ""])),
  ...(sequence.roles?.length ? [fait("Avec", ensemble(sequence.roles))] : []),
  ...methode(sequence),
  ...(sequence.materiel?.length ? [fait("Matériel", sequence.materiel.map(nomDe).join("\u202F; "))] : []),
  ...(sequence.livrable ? [fait(COMMUN.noms.livrable, sequence.livrable)] : []),
  ...(sequence.notes ? [para([gras(`Notes${INSECABLE}:`), ` ${sequence.notes}`], "Encadre")] : []),
];

const effectifs = (programme) =>
  espacer([
    programme.participants && accorder(programme.participants, "participant"),
    programme.groupes && accorder(programme.groupes, "groupe"),
    programme.animateurs && accorder(programme.animateurs, "animateur"),
  ]);

const aRegler = ({ alertes = [] }) =>
  alertes.length
    ? [
        titre(2, "Encore à régler"),
        liste(alertes.map(({ texte: mots, remede }) => [mots, remede].filter(Boolean).join(" "))),
      ]
    : [];

const equipe = (programme) =>
  programme.jours.flatMap((jour, rang) => [
    titre(1, `Animation\u00A0: ${nomDuJour(jour, rang)}`, { page: true }),
    mention(espacer([dateLongue(jour.date), effectifs(programme)]) || "Pour l’équipe d’animation."),
    champ("Animation générale"),
    champ("Gardien du temps"),
    ...(rang === 0 ? aRegler(programme) : []),
    ...jour.sequences.flatMap(conduire),
  ]);

const materiel = (programme) =>
  programme.materiel?.length
    ? [
        titre(1, "Matériel à réunir", { page: true }),
        tableau(
          "Matériel de toutes les séquences",
          [
            ["Prêt", 9],
            ["Matériel", 46],
            ["Quantité", 15],
            ["Calcul", 30],
          ],
          programme.materiel.map((besoin) => [
            CASE,
            nomDe(besoin),
            besoin.total == null ? "à compter" : String(besoin.total),
            besoin.calcul ?? "",
          ]),
        ),
      ]
    : [];

const retroplanning = (programme) =>
  programme.taches?.length
    ? [
        titre(1, "Rétroplanning", { page: true }),
        tableau(
          "Tâches, dans l’ordre de leurs dates",
          [
            ["Fait", 9],
            ["Quand", 25],
            ["Tâche", 42],
            ["Qui", 24],
          ],
          programme.taches.map((tache) => [
            tache.fait ? COCHEE : CASE,
            [
              para(dateLongue(tache.date) || "sans date"),
              ...(tache.retard ? [para(gras("En retard"))] : []),
              ...(tache.ferie ? [para(`Jour férié\u00A0: ${tache.ferie}`)] : []),
            ],
            [para(tache.tache), ...(tache.ancre ? [para(`Compté depuis\u00A0: ${tache.ancre}`)] : [])],
            tache.role ?? "",
          ]),
        ),
      ]
    : [];

const VOS_DONNEES = [
  titre(2, "Vos données"),
  mention(
    "Cette liste sert à savoir qui était présent, à envoyer le compte rendu et la suite donnée à l’atelier. " +
      "Elle n’est ni affichée, ni publiée, ni utilisée pour autre chose.",
  ),
  liste([
    "Seuls le nom et la signature sont demandés\u202F; le reste est facultatif.",
    "Elle est conservée par le service organisateur jusqu’à la date ci-dessous, puis détruite. Le service " +
      "fixe cette date avec sa déléguée ou son délégué à la protection des données.",
    "Vous pouvez demander à voir, corriger ou effacer ce qui vous concerne, ou vous opposer à son usage, en " +
      "écrivant au service. En cas de désaccord, vous pouvez saisir la Commission nationale de l’informatique " +
      "et des libertés.",
  ]),
  champ("Fondement (mission d’intérêt public, à confirmer)"),
  champ("Conservée jusqu’au"),
  champ("Écrire à (boîte aux lettres du service)"),
];

function presents(programme) {
  const attendus = Number.isFinite(programme.participants) ? programme.participants + LIGNES.enPlus : 0;
  const nombre = Math.min(LIGNES.trop, Math.max(LIGNES.assez, attendus));
  return tableau(
    "Personnes présentes",
    [
      ["N°", 7],
      ["Nom et prénom", 28],
      ["Organisme (facultatif)", 23],
      ["Un moyen de contact (facultatif)", 24],
      ["Signature", 18],
    ],
    Array.from({ length: nombre }, (_, rang) => [String(rang + 1), A_SIGNER, A_SIGNER, A_SIGNER, A_SIGNER]),
  );
}

const emargement = (programme, { seul }) =>
  programme.jours.flatMap((jour, rang) => [
    titre(1, seul ? nomDuJour(jour, rang) : `Émargement\u00A0: ${nomDuJour(jour, rang)}`, { page: !seul || rang > 0 }),
    champ("Séance", programme.titre),
    champ("Lieu", programme.lieu?.nom),
    champ(
      "Date et horaires",
      [
        dateLongue(jour.date),
        jour.sequences.length
          ? `${heure(jour.sequences[0].debut)} –${INSECABLE}${heure(jour.sequences.at(-1).fin)}`
          : "",
      ]
        .filter(Boolean)
        .join(", "),
    ),
    champ("Service organisateur"),
    presents(programme),
    ...VOS_DONNEES,
  ]);

export const origine = () => [
  mention([
    "Composé sur «\u00A0Accompagner les territoires\u00A0», site non officiel\u00A0: ce document n’engage " +
      "aucun service de l’État. Contenu sous Licence Ouverte 2.0. ",
    lien(racine.href),
  ]),
];

const feuillet = (programme, usage, suite, blocs) => ({
  titre: programme.titre || "Atelier",
  sousTitre: espacer([usage, programme.lieu?.nom, quand(programme)]),
  nom: nomDeFichier(programme.titre || "atelier", suite),
  blocs,
});

/** Les documents à emporter, par nom. Chacun prend un programme et rend un feuillet. */
export const DOCUMENTS = {
  dossier: (programme) =>
    feuillet(programme, "Dossier de l’atelier", "dossier", [
      ...lieuEtContact(programme),
      ...leProgramme(programme, "Programme\u00A0: "),
      ...equipe(programme),
      ...materiel(programme),
      ...retroplanning(programme),
      ...emargement(programme, { seul: false }),
      ...origine(),
    ]),
  programme: (programme) =>
    feuillet(programme, "Programme", "programme", [
      ...lieuEtContact(programme),
      ...leProgramme(programme),
      ...participer(),
      ...origine(),
    ]),
  emargement: (programme) =>
    feuillet(programme, "Feuille d’émargement", "emargement", emargement(programme, { seul: true })),
};
