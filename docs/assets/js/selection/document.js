// Sélection -> feuillet (ODT, DOCX, papier) et texte d’un courriel.
import { INSECABLE, accorder, dateLongue, nomDeFichier } from "../francais.js";
import { fait, gras, lien, mention, para, titre } from "../emporter/pieces.js";
import { aujourdHui } from "../socle.js";
import { TYPES, adresse } from "./liste.js";

export const SANS_TITRE = "Ma sélection";
const DISPARUE = "Cette fiche n’est plus sur le site à cette adresse.";

const etat = ({ validite, sort }) => (sort === "disparue" ? DISPARUE : (validite?.mots ?? ""));
const espacer = (mots) => mots.filter(Boolean).join(" · ");

const blocsDe = (complete, rang) => [
  titre(1, `${rang + 1}. ${complete.fiche.titre}`),
  mention([
    gras(TYPES[complete.fiche.type]),
    ...(etat(complete) ? [` · ${etat(complete)}`] : []),
    ...(complete.validite?.precision ? [`. ${complete.validite.precision}`] : []),
  ]),
  ...(complete.accroche ? [para(complete.accroche)] : []),
  ...(complete.fiche.note ? [para([gras(`Note${INSECABLE}:`), ` ${complete.fiche.note}`], "Encadre")] : []),
  fait("Adresse", lien(adresse(complete.fiche.url).href)),
  ...(complete.verification ? [mention(complete.verification)] : []),
];

/** « completes » : ce que rend completer(), dans l’ordre choisi. */
export function feuillet(nom, completes) {
  const intitule = nom || SANS_TITRE;
  return {
    titre: intitule,
    nom: nomDeFichier(intitule),
    sousTitre: espacer([accorder(completes.length, "fiche"), dateLongue(aujourdHui())]),
    blocs: [
      ...completes.flatMap(blocsDe),
      mention(
        "Fiches de «\u00A0Accompagner les territoires\u00A0», site non officiel. Contenu sous Licence Ouverte " +
          "2.0\u202F; les notes sont celles de qui a fait la sélection.",
      ),
    ],
  };
}

const enTexte = ({ fiche, accroche, validite, sort }, rang) =>
  [
    `${rang + 1}. ${TYPES[fiche.type]}${INSECABLE}: ` +
      `${fiche.titre}${etat({ validite, sort }) ? ` (${etat({ validite, sort }).toLowerCase()})` : ""}`,
    accroche,
    fiche.note && `Note${INSECABLE}: ${fiche.note}`,
    adresse(fiche.url).href,
  ]
    .filter(Boolean)
    .join("\n");

export const texte = (nom, completes) => `${[nom || SANS_TITRE, ...completes.map(enTexte)].join("\n\n")}\n`;

/** Le message, du plus complet au plus court. */
export function messages(nom, completes) {
  const bonjour = "Bonjour,\n\nVoici des fiches qui peuvent vous être utiles.\n\n";
  const titres = completes
    .map(({ fiche }) => `${fiche.titre}\n${fiche.note ? `${fiche.note}\n` : ""}${adresse(fiche.url).href}`)
    .join("\n\n");
  return [
    bonjour + texte(nom, completes),
    `${bonjour}${titres}\n`,
    `${bonjour}[collez ici la liste, elle est dans le presse-papiers]\n`,
  ];
}
