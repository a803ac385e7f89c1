// Les résultats de « Trouver » : les meilleures réponses dans l’ordre du moteur, puis le reste par type ; les fiches
// historiques repliées en une ligne. Tout texte reçu est posé comme texte.
import { GENRES } from "../genres.js";
import { element, symbole } from "../socle.js";
import { TYPES, VALIDITES, adresse, estFiche, extrait, fiches, guillemets, icone, parType } from "./commun.js";

const TETE = 3;
/** Fiches de chaque type sous les meilleures réponses : quatre écrans de téléphone doivent tout tenir. */
const parGroupe = () => (matchMedia("(max-width: 37.5em)").matches ? 2 : 4);

/** Une ligne : titre, extrait, ce qui décide. `mele` : la liste réunit plusieurs types, chaque ligne dit le sien. */
export function ligne(resultat, mele = false) {
  const noeud = element("div", "", { class: `ligne-fiche type-${resultat.type}` });
  const texte = element("div", "", { class: "ligne-fiche__texte" });
  if (mele) {
    const type = element("p", "", { class: "trouver__type" });
    type.append(symbole(resultat.type), element("span", resultat.libelle));
    texte.append(type);
  }
  const titre = element("h3");
  titre.append(element("a", resultat.titre, { href: adresse(resultat.url) ?? "#", "data-fiche": resultat.fiche }));
  texte.append(titre, extrait(resultat));
  const faits = element("ul", "", { class: "ligne-fiche__faits" });
  for (const [nom, mot, alerte] of faitsDe(resultat)) {
    const fait = element("li", "", alerte ? { class: "est-alerte" } : {});
    const sens = SENS[nom] ? [element("span", `${SENS[nom]}\u00A0: `, { class: "visuellement-cache" })] : [];
    fait.append(icone(nom), ...sens, element("span", mot));
    faits.append(fait);
  }
  noeud.append(texte);
  if (faits.childElementCount) noeud.append(faits);
  return noeud;
}

/** Ce que dit chaque dessin, pour qui ne le voit pas. */
const SENS = {
  personne: "Pour qui",
  cout: "Coût",
  duree: "Durée",
  courrier: "Contact",
  lieu: "Où",
  date: "Quand",
};

/**
 * Ce qui décide (pour qui, coût, durée, premier contact), à défaut la nature ; puis la validité quand elle est en
 * cause.
 */
function faitsDe({ faits, nature, validite }) {
  const dits = faits.length ? faits : nature ? [["drapeau", nature]] : [];
  if (!VALIDITES[validite]) return dits;
  return [...dits, [validite === "historique" ? "archive" : "alerte", VALIDITES[validite], true]];
}

function section(titre, lignes, { type = "", mention = [] } = {}) {
  const noeud = element("section", "", { class: `groupe-fiches${type ? ` type-${type}` : " groupe-fiches--neutre"}` });
  const tete = element("div", "", { class: "groupe-fiches__tete" });
  if (type) tete.append(symbole(type));
  tete.append(element("h2", titre));
  if (mention.length) {
    const p = element("p");
    p.append(...mention);
    tete.append(p);
  }
  noeud.append(tete, ...lignes);
  return noeud;
}

/**
 * Ce que la page montre d’une réponse. `lienType(type)` donne l’adresse de « tout voir » ; `plier` : les fiches
 * historiques vont au bout, sauf parmi les meilleures réponses (qui cherche un ancien dispositif par son nom le veut).
 */
export function dresser(reponse, { q, tri, types, plier, lienType }) {
  const { comptes } = reponse;
  const resultats = reponse.resultats.filter(estFiche);
  const autres = reponse.resultats.filter((resultat) => !estFiche(resultat));
  const passee = (resultat) => plier && resultat.validite === "historique";
  const tete = q && tri === "pertinence" && types.length !== 1 ? resultats.slice(0, TETE) : [];
  const reste = resultats.slice(tete.length).filter((resultat) => !passee(resultat));
  const noeuds = autres
    .filter(({ exact, type }) => exact && (type === "terme" || type === "document"))
    .slice(0, 1)
    .map(definition);
  if (tete.length) {
    const titre = resultats.length > 1 ? "Meilleures réponses" : "Une réponse";
    noeuds.push(
      section(
        titre,
        tete.map((resultat) => ligne(resultat, true)),
      ),
    );
  }
  if (types.length === 1) {
    noeuds.push(
      section(
        GENRES[types[0]].pluriel,
        reste.map((resultat) => ligne(resultat)),
        { type: types[0] },
      ),
    );
  } else if (tri !== "pertinence") {
    const titre = tri === "titre" ? "Par ordre alphabétique" : "Les plus récentes d’abord";
    noeuds.push(
      section(
        titre,
        reste.map((resultat) => ligne(resultat, true)),
      ),
    );
  } else {
    noeuds.push(...groupes({ tete, reste, comptes, types, lienType }));
  }
  if (autres.length) noeuds.push(ailleurs(autres));
  const montrees = new Set(
    noeuds.flatMap((noeud) => [...noeud.querySelectorAll("[data-fiche]")].map((a) => a.dataset.fiche)),
  );
  return { noeuds, montrees };
}

/** Le sens d’un sigle, ou le document, quand c’est lui qu’on a tapé : il répond avant les fiches. */
function definition(terme) {
  const noeud = element("p", "", { class: "trouver__definition" });
  noeud.append(element("a", terme.titre, { href: adresse(terme.url) ?? "#" }), ` — ${terme.accroche}`);
  return noeud;
}

/** Ce qui répond sans être une fiche : glossaire, thèmes, pages. */
export function ailleurs(autres) {
  const liste = element("ul", "", { class: "trouver__aussi" });
  for (const { titre, url, libelle } of autres) {
    const li = element("li");
    const texte = element("span");
    texte.append(
      element("a", titre, { href: adresse(url) ?? "#" }),
      " ",
      element("span", libelle, { class: "trouver__sorte" }),
    );
    li.append(texte);
    liste.append(li);
  }
  return section("Aussi sur le site", [liste]);
}

function groupes({ tete, reste, comptes, types, lienType }) {
  const noeuds = [];
  const compteDe = (type) => comptes?.type?.[type] ?? 0;
  const parTypes = parType(reste);
  for (const [type, membres] of parTypes) {
    const visibles = membres.slice(0, parGroupe());
    const plusHaut = tete.filter((resultat) => resultat.type === type).length;
    const affichees = visibles.length + plusHaut;
    const mention = [];
    if (compteDe(type) > affichees) {
      mention.push(`${fiches(affichees)} sur ${compteDe(type)} · `);
      mention.push(
        element("a", "tout voir", {
          href: lienType(type),
          "data-interne": "",
          "aria-label": `Tout voir : ${GENRES[type].pluriel.toLowerCase()}`,
        }),
      );
    } else {
      mention.push(fiches(visibles.length), plusHaut ? `, et ${plusHaut} plus haut` : "");
    }
    noeuds.push(
      section(
        GENRES[type].pluriel,
        visibles.map((resultat) => ligne(resultat)),
        { type, mention },
      ),
    );
  }
  // Les types que les premiers résultats ne montrent pas : un lien chacun, pour que rien ne reste caché.
  const muets = TYPES.filter(
    (type) =>
      compteDe(type) &&
      !parTypes.has(type) &&
      !tete.some((resultat) => resultat.type === type) &&
      (!types.length || types.includes(type)),
  );
  if (muets.length) {
    const liste = element("ul", "", { class: "trouver__aussi" });
    for (const type of muets) {
      const li = element("li");
      li.append(
        symbole(type),
        element("a", `${GENRES[type].pluriel} (${compteDe(type)})`, { href: lienType(type), "data-interne": "" }),
      );
      liste.append(li);
    }
    noeuds.push(section("Autres types de fiches", [liste]));
  }
  return noeuds;
}

/** « Historique : 2 fiches ne sont plus en vigueur… Les afficher ». `chercher()` rend ces fiches. */
export function replier(nombre, exemple, chercher) {
  const noeud = element("div", "", { class: "trouver__historique" });
  const ligneSeule = element("div", "", { class: "trouver__historique-ligne" });
  const phrase = element("p");
  const bouton = element("button", "", { type: "button", "aria-expanded": "false" });
  const panneau = element("div", "", { hidden: "" });
  phrase.append(
    element("strong", "Historique\u00A0:"),
    ` ${fiches(nombre)} ${nombre > 1 ? "ne sont plus en vigueur" : "n’est plus en vigueur"}`,
  );
  if (exemple) {
    const lien = element("a", exemple.titre, { href: adresse(exemple.url) ?? "#" });
    phrase.append(nombre > 1 ? ", dont " : "\u00A0: ", lien);
  }
  phrase.append(".");
  const nommer = (ouvert) => {
    const [article, elidee] = nombre > 1 ? ["Les ", "Les "] : ["La ", "L’"];
    bouton.textContent = ouvert ? `${article}masquer` : `${elidee}afficher`;
    bouton.setAttribute("aria-expanded", String(ouvert));
    panneau.hidden = !ouvert;
  };
  nommer(false);
  bouton.addEventListener("click", async () => {
    const ouvert = panneau.hidden;
    if (ouvert && !panneau.childElementCount)
      panneau.append(...(await chercher()).map((resultat) => ligne(resultat, true)));
    nommer(ouvert);
  });
  ligneSeule.append(icone("archive"), phrase, bouton);
  noeud.append(ligneSeule, panneau);
  return noeud;
}

/** Rien trouvé : pourquoi, quoi essayer, à qui demander. */
export function demunir({ q, vide, nombreFiltres, sansFiltres, contacts, tousLesThemes, lienSansFiltre }) {
  const noeud = element("div", "", { class: "trouver__vide", "data-aucun-resultat": "" });
  const titre = vide
    ? `${guillemets(q)} ne dit pas de quoi il s’agit`
    : q
      ? `Aucune fiche pour ${guillemets(q)}`
      : "Aucune fiche ne réunit tous ces filtres";
  noeud.append(element("h2", titre));
  if (vide)
    noeud.append(element("p", "Écrivez un mot du sujet\u00A0: friche, école, logement vacant, réunion publique…"));
  const pistes = element("dl", "", { class: "trouver__pistes" });
  const piste = (titre, ...contenus) => {
    const bloc = element("div");
    bloc.append(
      element("dt", titre),
      ...contenus.map((contenu) => {
        const dd = element("dd");
        dd.append(...contenu);
        return dd;
      }),
    );
    pistes.append(bloc);
  };
  if (nombreFiltres) {
    const lien = element("a", nombreFiltres > 1 ? "Retirer les filtres" : "Retirer le filtre", {
      href: lienSansFiltre,
      "data-interne": "",
    });
    piste("Élargir", [lien, sansFiltres ? `\u00A0: ${fiches(sansFiltres)} sans eux.` : "."]);
  }
  piste("Parcourir", [element("a", "Tous les thèmes", { href: tousLesThemes })]);
  if (contacts.length) {
    piste(
      "Demander",
      ...contacts.map(({ titre, url, raison }) => [
        element("a", titre, { href: url, "data-porte": "" }),
        `\u00A0: ${raison}.`,
      ]),
    );
  }
  noeud.append(pistes);
  return noeud;
}
