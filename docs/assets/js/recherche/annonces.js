// Ce qu’il faut dire d’une réponse avant ses résultats : ce qui a été corrigé, ce qu’aucune fiche ne dit, ce que le
// site ne couvre pas et qui le fait. Un mot tapé n’est jamais remplacé sans le dire, ni sans pouvoir revenir.
import { dessin, element, racine } from "../socle.js";
import { INSECABLE, adresse, guillemets } from "./commun.js";

/** Communes du même nom que l’on propose. */
const LIEUX = 3;

/** Une adresse du web, ou null : le thésaurus est une donnée comme une autre. */
function dehors(url) {
  try {
    const { href, protocol } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}

const enumerer = (noeuds) => noeuds.flatMap((noeud, rang) => (rang ? [", ", noeud] : [noeud]));

/**
 * Les paragraphes à montrer. `vers(texte, telQuel)` : l’adresse d’une autre question ; `contacts` : à qui demander
 * quand rien d’autre ne le dit ; `themes` : faux pour taire les thèmes.
 */
export function annoncer(reponse, q, { vers, contacts = [], themes = true }) {
  const { corriges, inconnus, courants } = reponse;
  const phrases = [];
  const dire = (...contenus) => {
    const p = element("p", "", { class: "trouver__dit" });
    p.append(...contenus);
    phrases.push(p);
  };
  const autre = (texte, telQuel) => element("a", guillemets(texte), { href: vers(texte, telQuel), "data-interne": "" });
  if (reponse.lieux.length) {
    const puces = reponse.lieux.slice(0, LIEUX).map(({ code, nom, departement }) => {
      const page = new URL("ma-commune/", racine);
      page.searchParams.set("code", code);
      const puce = element("a", "", { class: "puce-filtre trouver__lieu", href: page.href, "data-lieu": code });
      puce.setAttribute("aria-label", `Ouvrir la page de ${nom} (${departement})`);
      puce.append(dessin("icone-lieu", "icone"), `${nom} (${departement})`);
      return puce;
    });
    dire(`Pour ce lieu${INSECABLE}: `, ...puces.flatMap((puce) => [puce, " "]));
  }
  if (corriges.length) {
    const tapes = corriges.map(({ mot }) => guillemets(mot)).join(", ");
    dire(
      `Réponses pour ${guillemets(reponse.compris)}. Vous aviez écrit ${tapes}${INSECABLE}: chercher `,
      autre(q, true),
      " tel quel.",
    );
  }
  const portes = courants.filter(({ porte }) => porte && dehors(porte.url));
  for (const { mot, proches } of inconnus) {
    const contenus = [`Aucune fiche ne parle de ${guillemets(mot)}.`];
    const liens = proches.map((proche) => autre(q.toLowerCase().replace(mot, proche), false));
    if (liens.length) contenus.push(` Chercher plutôt${INSECABLE}: `, ...enumerer(liens), ".");
    dire(...contenus);
  }
  if (inconnus.length && !portes.length && contacts.length) {
    const liens = contacts.map(({ titre, url }) => element("a", titre, { href: url, "data-porte": "" }));
    dire(`À qui demander${INSECABLE}: `, ...enumerer(liens), ".");
  }
  const dites = new Set();
  for (const { dire: phrase, porte } of courants) {
    const url = porte ? dehors(porte.url) : null;
    if ((!phrase && !url) || dites.has(`${phrase} ${url}`)) continue;
    dites.add(`${phrase} ${url}`);
    dire(phrase ? `${phrase} ` : "", ...(url ? [element("a", porte.titre, { href: url, "data-porte": "" }), "."] : []));
  }
  const liens = new Map(
    courants.flatMap(({ theme }) => (theme && adresse(theme.url) ? [[theme.url, theme.titre]] : [])),
  );
  if (themes && liens.size)
    dire(
      `${liens.size > 1 ? "Thèmes" : "Thème"}${INSECABLE}: `,
      ...enumerer([...liens].map(([url, titre]) => element("a", titre, { href: adresse(url) }))),
      ".",
    );
  return phrases;
}
