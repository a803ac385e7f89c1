// Les modules du composeur devant des textes hostiles, en un seul passage (test_corpus_hostile.py l’évalue dans la
// page).
async ({ quoi, textes }) => {
  const base = new URL("../assets/js/", location.href);
  const [adresse, etat, ics, xml] = await Promise.all(
    ["composer/adresse.js", "composer/etat.js", "emporter/ics.js", "emporter/xml.js"].map((nom) => import(new URL(nom, base))));
  if (quoi === "lire") {
    const lus = {};
    for (const [nom, texte] of Object.entries(textes)) {
      try {
        const composition = adresse.lireTexte(texte, "Ce fichier");
        lus[nom] = {}.titre === undefined && {}.pris === undefined && Object.getPrototypeOf(composition) === Object.prototype ? ["lue", ""] : ["pollue", ""];
      } catch (erreur) {
        lus[nom] = erreur instanceof etat.CompositionRefusee ? ["refusée", erreur.message] : ["erreur", `${erreur}`];
      }
    }
    return lus;
  }
  const liens = [];
  const fautesXml = [];
  const calendriers = [];
  for (const texte of textes) {
    const titre = texte.slice(0, 280);
    const composition = etat.valider({
      v: 1, titre, jours: [{ id: "j", titre, date: "2027-03-01", debut: "08:30", sequences: [{ id: "s", titre, duree: 30, modalite: "terrain", notes: texte }] }],
    });
    const relue = await adresse.lireLien(await adresse.ecrireLien(composition));
    if (JSON.stringify(relue) !== JSON.stringify(composition)) liens.push(texte);
    const lu = new DOMParser().parseFromString(`<a b="${xml.echapper(texte)}">${xml.echapper(texte)}</a>`, "application/xml");
    if (lu.querySelector("parsererror") || lu.documentElement.children.length || lu.documentElement.attributes.length !== 1) fautesXml.push(texte);
    calendriers.push(ics.calendrier({
      titre: texte, lieu: { nom: texte, code: "59464" },
      jours: [{ date: "2027-03-01", sequences: [{ id: "s", titre: texte, debut: "08:30", fin: "09:00", duree: 30, lieu: texte, notes: texte, livrable: texte, roles: [texte] }] }],
      taches: [{ id: "t", tache: texte, date: "2027-02-01", ancre: texte, role: texte }],
    }).texte);
  }
  return { liens, xml: fautesXml, calendriers };
}
