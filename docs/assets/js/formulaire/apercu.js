// L’aperçu sobre de la page : titre, accroche, parties, ce qui manque, sources. Tout est posé comme du
// texte.
import { element, symbole } from "../socle.js";
import { genre, sousNoeud, suivre } from "./schema.js";
import { typo } from "../francais.js";
import { estObjet } from "./valeurs.js";

const CITATION = /\s*\[((?:s\d{1,2}|kit)(?:\s*,\s*(?:s\d{1,2}|kit))*)\]/gu;
const EN_TETE = new Set(["type", "id", "titre", "accroche", "sources", "etat", "inconnues", "verification"]);

/** Un titre de l’aperçu n’est pas un titre de cette page : il ne doit pas entrer dans son plan. */
const partie = (titre) => element("p", titre, { class: "apercu__partie" });

export function apercu(schema, donnees, reperes) {
  const page = element("div", "", { class: `apercu type-${donnees.type}` });
  const genreDeFiche = element("p", "", { class: "apercu__type" });
  genreDeFiche.append(symbole(donnees.type), element("span", schema["x-libelle"]));
  page.append(genreDeFiche, element("p", donnees.titre ?? "Sans titre", { class: "apercu__titre" }));
  if (typeof donnees.accroche === "string") page.append(phrase("p", donnees.accroche, { class: "accroche" }));
  for (const [nom, brut] of Object.entries(schema.properties)) {
    if (EN_TETE.has(nom) || !Object.hasOwn(donnees, nom)) continue;
    page.append(partie(brut.title), valeur(schema, donnees[nom], suivre(schema, brut), reperes));
  }
  const manques = [
    ...(Array.isArray(donnees.inconnues) ? donnees.inconnues.map(String) : []),
    ...Object.entries(schema.properties)
      .filter(([nom, n]) => n["x-si-vide"] && !Object.hasOwn(donnees, nom))
      .map(([, n]) => n["x-si-vide"]),
  ];
  if (manques.length) {
    const cadre = element("div", "", { class: "inconnues" });
    const liste = element("ul", "", { class: "inconnues__liste" });
    liste.append(...manques.map((texte) => element("li", texte)));
    cadre.append(partie(schema.properties.inconnues.title), liste);
    page.append(cadre);
  }
  if (estObjet(donnees.sources)) page.append(partie("Sources"), sources(donnees.sources));
  return page;
}

/** Un texte dont les citations deviennent des appels de note. */
function phrase(nom, texte, attributs = {}) {
  const noeud = element(nom, "", attributs);
  let debut = 0;
  for (const trouvee of texte.matchAll(CITATION)) {
    noeud.append(typo(texte.slice(debut, trouvee.index)), element("sup", trouvee[1], { class: "apercu__appel" }));
    debut = trouvee.index + trouvee[0].length;
  }
  noeud.append(typo(texte.slice(debut)));
  return noeud;
}

function valeur(schema, contenu, noeud, reperes) {
  if (Array.isArray(contenu)) {
    const liste = element(noeud && genre(noeud) === "liste" && contenu.some(estObjet) ? "ol" : "ul");
    for (const item of contenu) {
      const li = element("li");
      li.append(valeur(schema, item, noeud && sousNoeud(schema, noeud, 0), reperes));
      liste.append(li);
    }
    return liste;
  }
  if (estObjet(contenu)) {
    const liste = element("dl", "", { class: "apercu__champs" });
    for (const [nom, v] of Object.entries(contenu)) {
      const sous = noeud && sousNoeud(schema, noeud, nom);
      const bloc = element("div");
      const dd = element("dd");
      dd.append(valeur(schema, v, sous, reperes));
      bloc.append(element("dt", sous?.title ?? nom), dd);
      liste.append(bloc);
    }
    return liste;
  }
  const texte = String(contenu);
  const rang = noeud?.enum?.indexOf(texte) ?? -1;
  if (rang >= 0) return element("span", noeud.enumDescriptions[rang]);
  if (noeud?.["x-reference"] && Object.hasOwn(reperes.fiches, texte)) return element("span", reperes.fiches[texte][1]);
  return phrase("span", texte);
}

function sources(table) {
  const liste = element("ul");
  for (const [cle, source] of Object.entries(table)) {
    const faits = estObjet(source)
      ? [source.titre, source.editeur, source.date].filter((v) => typeof v === "string")
      : [];
    liste.append(element("li", `${cle} : ${faits.join(", ") || "à compléter"}`));
  }
  return liste;
}
