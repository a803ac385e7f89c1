// L’ordre du formulaire : l’essentiel d’abord, le reste en parties repliées.

/** Obligatoires, mais que l’on remplit en dernier. */
const EN_DERNIER = ["territoire", "validite", "sources", "verification", "etat", "id"];

/** [{ titre, noms, ouverte }] : ce que montre chaque partie. Les champs communs précèdent « etat » dans tout schéma. */
export function parties(schema) {
  const noms = Object.keys(schema.properties).filter((nom) => nom !== "type");
  const communs = new Set(noms.slice(0, noms.indexOf("etat") + 1));
  const requis = schema.required.filter((nom) => nom !== "type");
  const dAbord = [
    ...requis.filter((nom) => !EN_DERNIER.includes(nom)),
    ...EN_DERNIER.filter((nom) => requis.includes(nom)),
  ];
  const libres = noms.filter((nom) => !requis.includes(nom));
  const attendus = libres.filter((nom) => schema.properties[nom]["x-si-vide"]);
  return [
    { titre: "L’essentiel", noms: dAbord, ouverte: true },
    { titre: "Ce que le lecteur cherche d’abord", noms: attendus },
    { titre: "Pour aller plus loin", noms: libres.filter((nom) => !attendus.includes(nom) && !communs.has(nom)) },
    {
      titre: "Résumé, mots-clés, images et liens",
      noms: libres.filter((nom) => !attendus.includes(nom) && communs.has(nom)),
    },
  ].filter((partie) => partie.noms.length);
}
