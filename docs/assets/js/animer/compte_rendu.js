// Bilan -> compte rendu (un feuillet, comme les autres documents), suites datées, suivi, retour. Aucun accès à la page.
import { INSECABLE, accorder, dateLongue, duree, nomDeFichier } from "../francais.js";
import { champ, fait, gras, liste, mention, para, tableau, titre } from "../emporter/pieces.js";
import { origine } from "../emporter/trames.js";
import { aLHeure } from "./horloge.js";

const espacer = (mots) => mots.filter(Boolean).join(" · ");
const nomDe = (ligne) => ligne.sequence.titre || "Sans titre";

const presents = ({ presents: n, participants }) =>
  n === null
    ? participants
      ? `non comptés (${accorder(participants, "personne attendue", "personnes attendues")})`
      : ""
    : String(n);

const derive = (retard) =>
  retard ? `, ${duree(Math.abs(retard))} ${retard > 0 ? "après" : "avant"} l’heure prévue` : ", à l’heure prévue";

function horaires({ debut, fin, retard }) {
  return debut === null ? "" : `de ${aLHeure(debut)} à ${aLHeure(fin)}${derive(retard)}`;
}

const decisions = ({ decisions: prises }) => [
  titre(1, "Décisions"),
  prises.length ? liste(prises.map(({ texte }) => texte)) : para("Aucune décision n’a été notée."),
];

const actions = ({ actions: prises }) => [
  titre(1, "Suites à donner"),
  prises.length
    ? tableau(
        "Actions décidées",
        [
          ["Action", 54],
          ["Qui", 26],
          ["Pour quand", 20],
        ],
        prises.map(({ texte, qui, quand }) => [texte, qui || "à désigner", dateLongue(quand) || "à fixer"]),
      )
    : para("Aucune action n’a été notée."),
];

/** Ce qu’une séquence a donné d’autre : ses groupes à des rythmes différents, ses idées. */
function precisions({ groupes, notes }) {
  const idees = notes.filter(({ genre }) => genre === "idee").map(({ texte }) => para(texte));
  const rythmes = groupes.map(({ nom, minutes }) => `${nom}${INSECABLE}: ${duree(minutes)}`).join("\u202F; ");
  return [...(rythmes ? [para(rythmes)] : []), ...idees];
}

const programme = ({ lignes }) => [
  titre(1, "Le programme, tel qu’il s’est passé"),
  tableau(
    "Heures, durées et idées recueillies",
    [
      ["Horaire", 20],
      ["Durée (prévue)", 20],
      ["Séquence", 60],
    ],
    lignes.map((ligne) => [
      ligne.etat === "faite" ? `${aLHeure(ligne.debut)} –${INSECABLE}${aLHeure(ligne.fin)}` : "non tenue",
      `${ligne.etat === "faite" ? duree(ligne.minutes) : "–"} (${duree(ligne.sequence.duree)})`,
      [para(gras(nomDe(ligne))), ...precisions(ligne)],
    ]),
  ),
];

const enPlus = (seance) => {
  const sans = seance.notes.filter(({ sequence, genre }) => genre === "idee" && !sequence);
  return sans.length ? [titre(1, "Autres idées"), liste(sans.map(({ texte }) => texte))] : [];
};

/** Le compte rendu de la séance. */
export function compteRendu(seance, bilan) {
  return {
    titre: `Compte rendu${INSECABLE}: ${seance.titre || "atelier"}`,
    sousTitre: espacer([seance.jour.titre, seance.lieu?.nom, dateLongue(seance.date)]),
    nom: nomDeFichier("compte rendu", seance.titre, seance.date),
    blocs: [
      fait("Lieu", seance.lieu?.nom || "à préciser"),
      fait("Date", espacer([dateLongue(seance.date), horaires(bilan)])),
      fait("Personnes présentes", presents(seance) || "à compter"),
      champ("Rédaction (service)"),
      mention("Relisez avant l’envoi\u00A0: ni nom de participant, ni propos sur une personne."),
      ...decisions(bilan),
      ...actions(bilan),
      champ("Prochain rendez-vous"),
      ...programme(bilan),
      ...enPlus(seance),
      ...origine(),
    ],
  };
}

/** Les actions datées, comme des tâches du calendrier. */
export const suites = (seance, { actions: prises }) => ({
  id: seance.id + seance.ouverte,
  titre: seance.titre,
  lieu: seance.lieu,
  jours: [],
  taches: prises.map(({ id, texte, qui, quand }) => ({ id, tache: texte, role: qui, date: quand })),
});

/** Le suivi en tableau : une ligne par décision et par action. */
export function suivi(seance, { decisions: prises, actions: aFaire }) {
  const titres = new Map(seance.jour.sequences.map(({ id, titre: mots }) => [id, mots]));
  const ligne = (genre, { texte, qui = "", quand = null, sequence }) => [
    genre,
    texte,
    qui,
    quand ? { date: quand } : "",
    genre === "Action" ? "à faire" : "",
    titres.get(sequence) ?? "",
  ];
  return {
    nom: nomDeFichier("suivi", seance.titre, seance.date),
    feuille: "Suivi",
    colonnes: [
      ["Genre", 2.4],
      ["Quoi", 9],
      ["Qui", 4.5],
      ["Pour quand", 2.8],
      ["État", 2.8],
      ["Décidé pendant", 5],
    ],
    lignes: [...prises.map((note) => ligne("Décision", note)), ...aFaire.map((note) => ligne("Action", note))],
  };
}

const enGroupes = ({ groupes }) => (groupes.length ? `en ${accorder(groupes.length, "groupe")}` : "");

/** Ce que les méthodes ont demandé en vrai : le texte d’un retour, vide quand aucune n’a servi. */
export function retour(seance, { lignes }) {
  const menees = lignes.filter(({ etat, sequence }) => etat === "faite" && sequence.methode);
  if (!menees.length) return "";
  const combien = seance.presents ?? seance.participants;
  const faits = menees.map(
    ({ sequence, minutes, groupes }) =>
      `${sequence.methode.titre}${INSECABLE}: ${duree(minutes)} en vrai, ${duree(sequence.duree)} prévues` +
      `${groupes.length ? `, selon les groupes ${groupes.map((g) => duree(g.minutes)).join(", ")}` : ""}.`,
  );
  const cadre = [
    `Date${INSECABLE}: ${dateLongue(seance.date)}.`,
    seance.lieu?.nom && `Lieu${INSECABLE}: ${seance.lieu.nom}.`,
    combien && `Personnes${INSECABLE}: ${[combien, enGroupes(seance)].filter(Boolean).join(", ")}.`,
  ].filter(Boolean);
  return [
    "J’ai utilisé ces méthodes.",
    cadre.join("\n"),
    faits.join("\n"),
    `Ce qui a marché${INSECABLE}:\nCe qui a résisté${INSECABLE}:\nCe que nous ferions autrement${INSECABLE}:`,
  ].join("\n\n");
}
