// Deux cents gestes tirés au sort, sur les modules seuls (test_composer.py l’évalue dans la page) : les fautes
// trouvées.
async (graine) => {
  let etat = graine;
  const hasard = () => { // mulberry32
    etat = (etat + 0x6D2B79F5) | 0;
    let t = Math.imul(etat ^ (etat >>> 15), 1 | etat);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const un = (liste) => liste[Math.floor(hasard() * liste.length)];
  const entre = (a, b) => a + Math.floor(hasard() * (b - a + 1));
  const heure = () => m.hhmm(5 * entre(84, 252));
  let c = m.vide();
  const p = new m.Pas(c);
  const id = () => un(c.jours.flatMap((j) => j.sequences))?.id ?? "s1";
  const jour = () => un(c.jours);
  const methodes = new Map(donnees.methodes.map((x) => [x.id, x]));
  const faire = [
    () => m.inserer(c, jour().id, m.depuisMethode(un(donnees.methodes)), id())[0],
    () => m.inserer(c, jour().id, m.depuisMethode(un(donnees.methodes)))[0],
    () => m.inserer(c, jour().id, m.pause(un([10, 15, 60])))[0],
    () => m.retirer(c, id()),
    () => m.dupliquer(c, id())[0],
    () => m.deplacer(c, id(), jour().id, entre(-2, 12)),
    () => m.pousser(c, id(), un([-1, 1])),
    () => m.reglerSequence(c, id(), { duree: entre(-50, 900) }),
    () => m.reglerSequence(c, id(), { duree: 5 * entre(1, 36) }),
    () => m.reglerSequence(c, id(), { fixe: un([null, heure(), heure()]) }),
    () => m.reglerSequence(c, id(), { modalite: un(m.MODALITES), notes: un(["", "é".repeat(5000), "🌳"]) }),
    () => m.ajouterJour(c)[0],
    () => m.retirerJour(c, jour().id),
    () => m.pousserJour(c, jour().id, un([-1, 1])),
    () => m.reglerJour(c, jour().id, { debut: heure(), fin: un([null, heure()]) }),
    () => m.dater(c, jour(), un([null, "2027-03-0" + entre(1, 9)])),
    () => m.regler(c, { participants: un([null, entre(1, 300)]), groupes: un([null, entre(1, 20)]) }),
    () => { const geste = un(m.calculer(c, donnees, "2026-11-22").alertes.filter((a) => a.geste))?.geste; return geste ? m.appliquer(c, geste, methodes) : c; },
  ];
  const fautes = [];
  const canon = (x) => JSON.stringify(x, (_, v) => (
    v && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v));
  const verifier = (rang) => {
    const dire = (mots) => fautes.push(`${rang} : ${mots}`);
    const programme = m.calculer(c, donnees, "2026-11-22");
    if (canon(m.valider(JSON.parse(JSON.stringify(c)))) !== canon(c)) dire("la composition ne se relit pas telle quelle");
    programme.jours.forEach((j, k) => {
      let curseur = m.minutes(j.debut);
      if (j.sequences.length !== c.jours[k].sequences.length) dire("une séquence manque au programme");
      j.sequences.forEach((s, i) => {
        const source = c.jours[k].sequences[i];
        if (s.id !== source.id || s.duree !== source.duree) dire("séquence ou durée changée");
        if (s.fixe ? s.debut !== source.fixe : s.debut !== m.hhmm(curseur)) dire(`${s.id} commence à ${s.debut}`);
        const debut = s.fixe ? m.minutes(s.debut) : curseur;
        if (s.fin !== m.hhmm(debut + s.duree)) dire(`${s.id} finit à ${s.fin}`);
        const ecart = debut - curseur;
        if (ecart && !programme.alertes.some((a) => a.sequence === s.id && a.gravite === (ecart < 0 ? "erreur" : "attention"))) dire(`écart de ${ecart} non dit`);
        curseur = debut + s.duree;
      });
      const fin = c.jours[k].fin;
      if (fin && j.sequences.length && curseur > m.minutes(fin) && !programme.alertes.some((a) => a.jour === j.id && !a.sequence && a.gravite === "erreur")) dire("dépassement non dit");
    });
    for (const a of programme.alertes) if (!a.texte || !a.remede || !m.GRAVITES.includes(a.gravite) || /undefined|NaN|null/.test(a.texte + a.remede)) dire(`alerte mal dite : ${a.texte} ${a.remede}`);
    return programme;
  };
  const histoire = [c];
  let alertes = 0;
  for (let rang = 0; rang < 200; rang += 1) {
    const suivante = un(faire)();
    if (suivante !== c) histoire.push(suivante);
    p.faire(suivante);
    c = suivante;
    alertes += verifier(rang).alertes.length;
    if (rang % 20 === 0) {
      const relue = await m.lireLien(await m.ecrireLien(c, { contact: true }));
      if (canon(relue) !== canon(c)) fautes.push(`${rang} : le lien ne rend pas la même composition`);
    }
  }
  let retours = 0;
  while (p.annuler()) { retours += 1; if (p.composition !== histoire.at(-1 - retours)) fautes.push(`annuler ${retours}`); }
  while (p.refaire()) retours -= 1;
  if (p.composition !== c || retours) fautes.push("refaire ne ramène pas à la fin");
  return { fautes, pas: histoire.length - 1, alertes, sequences: c.jours.flatMap((j) => j.sequences).length };
}
