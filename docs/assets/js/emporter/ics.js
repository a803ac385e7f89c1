// Programme calculé -> calendrier (RFC 5545), pour Thunderbird, Outlook et les autres. Les tâches du rétroplanning
// sont des événements d’une journée, non des VTODO : Outlook et les agendas en ligne laissent les VTODO de côté sans
// rien dire. Elles sont marquées « disponible » pour ne bloquer la journée de personne. Un seul calendrier par défaut
// ; chaque moitié se prend aussi seule, car on n’invite pas les mêmes personnes à l’une et à l’autre.
import { racine } from "../socle.js";
import { duree, estJour, minutes } from "../francais.js";
import COMMUN from "../partage/commun.js";
import { fuseau } from "./fuseaux.js";
import { ensemble, travail } from "./trames.js";
import { adresseSure, permis } from "./xml.js";

const OCTETS = 75;
const FIN = "\r\n";
const encodeur = new TextEncoder();

/** Une valeur de texte : rien de ce qu’elle contient ne peut commencer une ligne ou une propriété. */
const valeur = (mots) =>
  permis(mots)
    .replace(/[\t\u007F]/g, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");

/** Une ligne de calendrier, repliée à 75 octets sans couper un caractère. */
export function plier(ligne) {
  const rangees = [];
  let rangee = "";
  let taille = 0;
  for (const signe of ligne) {
    const octets = encodeur.encode(signe).length;
    if (taille + octets > OCTETS) {
      rangees.push(rangee);
      rangee = " ";
      taille = 1;
    }
    rangee += signe;
    taille += octets;
  }
  return [...rangees, rangee].join(FIN);
}

/**
 * Empreinte courte d’un texte (FNV-1a sur 64 bits) : mêmes mots, même empreinte ; elle ne redit rien de ce qu’elle
 * désigne.
 */
export function empreinte(...mots) {
  let somme = 0xcbf29ce484222325n;
  for (const octet of encodeur.encode(mots.map((mot) => mot ?? "").join("\u0000"))) {
    somme = BigInt.asUintN(64, (somme ^ BigInt(octet)) * 0x100000001b3n);
  }
  return somme.toString(36);
}

/** Des identifiants qui ne changent pas d’un export à l’autre : réimporter remplace au lieu de doubler. */
function identifiants(programme) {
  const atelier = programme.id ?? empreinte(programme.kit, programme.titre, programme.lieu?.code);
  const vus = new Map();
  return (...mots) => {
    const cle = empreinte(atelier, ...mots);
    const rang = (vus.get(cle) ?? 0) + 1;
    vus.set(cle, rang);
    return `${cle}${rang > 1 ? `-${rang}` : ""}@accompagner-les-territoires`;
  };
}

/** « 2027-03-28 » et des minutes depuis minuit -> « 20270328T083000 », le lendemain au-delà de 24 h. */
function instant(jour, minutes) {
  const date = new Date(Date.parse(`${jour}T00:00:00Z`) + minutes * 60_000);
  return `${date.toISOString().slice(0, 16).replace(/[-:]/g, "")}00`;
}
/** Le début d’une séquence ; une journée qui déborde de minuit donne des heures du lendemain. */
function debutDe({ debut, fin, lendemain }) {
  return minutes(debut) + (lendemain && minutes(fin) > minutes(debut) ? 1440 : 0);
}
const jourIcs = (jour, plus = 0) => instant(jour, plus * 1440).slice(0, 8);

function description(sequence) {
  const { methode } = sequence;
  const lignes = [
    ["Travail", travail(sequence)],
    ["Durée", duree(sequence.duree)],
    ["Avec", ensemble(sequence.roles ?? [])],
    [
      "Méthode",
      methode ? [methode.titre, methode.url && adresseSure(methode.url, racine)].filter(Boolean).join(", ") : "",
    ],
    [COMMUN.noms.livrable, sequence.livrable],
    ["Notes", sequence.notes],
  ];
  return lignes
    .filter(([, mots]) => mots)
    .map(([nom, mots]) => `${nom}\u00A0: ${mots}`)
    .join("\n");
}

function evenement({ uid, horodatage, debut, fin, titre, lieu, texte, categorie, libre }) {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${horodatage}`,
    `LAST-MODIFIED:${horodatage}`,
    `DTSTART${debut}`,
    `DTEND${fin}`,
    `SUMMARY:${valeur(titre)}`,
    ...(lieu ? [`LOCATION:${valeur(lieu)}`] : []),
    ...(texte ? [`DESCRIPTION:${valeur(texte)}`] : []),
    `CATEGORIES:${valeur(categorie)}`,
    ...(libre ? ["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"] : ["TRANSP:OPAQUE"]),
    "END:VEVENT",
  ];
}

function sequences(programme, uid, horodatage, tzid) {
  return programme.jours.flatMap((jour) =>
    jour.sequences.map((sequence) => {
      const id = uid("sequence", sequence.id);
      const debut = debutDe(sequence);
      const temps = Number.isFinite(sequence.duree)
        ? sequence.duree
        : (minutes(sequence.fin) - minutes(sequence.debut) + 1440) % 1440;
      if (!estJour(jour.date) || !Number.isFinite(debut)) return null;
      return evenement({
        uid: id,
        horodatage,
        titre: sequence.titre,
        categorie: "Atelier",
        texte: description(sequence),
        lieu: [sequence.lieu, programme.lieu?.nom].filter(Boolean).join(", "),
        debut: `;TZID=${tzid}:${instant(jour.date, debut)}`,
        fin: `;TZID=${tzid}:${instant(jour.date, debut + Math.max(1, temps))}`,
      });
    }),
  );
}

function taches(programme, uid, horodatage) {
  return (programme.taches ?? []).map((tache) => {
    const id = uid("tache", tache.id ?? tache.tache, tache.ancre, tache.role);
    if (!estJour(tache.date)) return null;
    return evenement({
      uid: id,
      horodatage,
      categorie: "Rétroplanning",
      libre: true,
      titre: `${tache.fait ? "Fait\u00A0: " : ""}${tache.tache}${tache.role ? ` (${tache.role})` : ""}`,
      texte: [programme.titre, tache.ancre && `Compté depuis\u00A0: ${tache.ancre}`].filter(Boolean).join("\n"),
      debut: `;VALUE=DATE:${jourIcs(tache.date)}`,
      fin: `;VALUE=DATE:${jourIcs(tache.date, 1)}`,
    });
  });
}

/**
 * « quoi » : "tout", "sequences" ou "taches" ; « maintenant » : la date de l’export.
 * Rend { texte, evenements, sansDate } : ce qui n’a pas de date ne peut pas y figurer, et se compte.
 */
export function calendrier(programme, { quoi = "tout", maintenant = new Date() } = {}) {
  const uid = identifiants(programme);
  const horodatage = `${maintenant.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const { tzid, lignes } = fuseau(programme.lieu);
  const tous = [
    ...(quoi === "taches" ? [] : sequences(programme, uid, horodatage, tzid)),
    ...(quoi === "sequences" ? [] : taches(programme, uid, horodatage)),
  ];
  const dates = tous.filter(Boolean);
  const texte =
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Accompagner les territoires//Composer mon atelier//FR",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
      `X-WR-CALNAME:${valeur(programme.titre)}`,
      `X-WR-TIMEZONE:${tzid}`,
      ...(quoi === "taches" ? [] : lignes),
      ...dates.flat(),
      "END:VCALENDAR",
    ]
      .map(plier)
      .join(FIN) + FIN;
  return { texte, evenements: dates.length, sansDate: tous.length - dates.length };
}
