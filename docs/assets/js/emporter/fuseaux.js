// L’heure légale du lieu, écrite comme un calendrier la lit (RFC 5545, VTIMEZONE). Europe/Paris : règle européenne en
// vigueur sans changement depuis octobre 1996. Outre-mer : décalage fixe, sans heure d’été.
const PARIS = [
  "BEGIN:VTIMEZONE",
  "TZID:Europe/Paris",
  "BEGIN:DAYLIGHT",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "TZNAME:CEST",
  "DTSTART:19970330T020000",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "TZNAME:CET",
  "DTSTART:19961027T030000",
  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  "END:STANDARD",
  "END:VTIMEZONE",
];
const OUTRE_MER = {
  971: ["America/Guadeloupe", "-0400"],
  972: ["America/Martinique", "-0400"],
  973: ["America/Cayenne", "-0300"],
  974: ["Indian/Reunion", "+0400"],
  976: ["Indian/Mayotte", "+0300"],
  977: ["America/St_Barthelemy", "-0400"],
  978: ["America/Marigot", "-0400"],
};

/** Le fuseau d’un lieu { code, departement } ; Paris quand on ne sait pas. Rend { tzid, lignes }. */
export function fuseau(lieu) {
  const code = String(lieu?.departement ?? (/^\d{5}$/.test(lieu?.code ?? "") ? lieu.code.slice(0, 3) : ""));
  if (!Object.hasOwn(OUTRE_MER, code)) return { tzid: "Europe/Paris", lignes: PARIS };
  const [tzid, decalage] = OUTRE_MER[code];
  return {
    tzid,
    lignes: [
      "BEGIN:VTIMEZONE",
      `TZID:${tzid}`,
      "BEGIN:STANDARD",
      `TZOFFSETFROM:${decalage}`,
      `TZOFFSETTO:${decalage}`,
      "DTSTART:19700101T000000",
      "END:STANDARD",
      "END:VTIMEZONE",
    ],
  };
}
