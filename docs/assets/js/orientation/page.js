// « De quel appui avons-nous besoin ? » : l’adresse dit la commune et les réponses ; chaque geste change l’adresse, et
// la page suit. Les textes sont déjà dans la page : on range les appuis, on montre ou on cache leurs phrases.
import { faitsDuProjet } from "../commune/conditions.js";
import { CODE, lieu as lireLieu } from "../commune/lieux.js";
import { direRaisons } from "../commune/raisons.js";
import { retenir, retenue } from "../commune/retenue.js";
import { INSECABLE, accorder, typo } from "../francais.js";
import { dire } from "../partage/orientation.js";
import { icone } from "../recherche/commun.js";
import { element } from "../socle.js";
import { animerChamp } from "./commune.js";
import { apostrophe, auTelephone, connu, ligneEtSi, questionDePopulation } from "./dire.js";
import { animerMemo } from "./memo.js";
import { ecrireAdresse, etSi, lireAdresse, orienter } from "./verdict.js";

const ICONES = { rempli: "ok", manque: "croix", inconnu: "question", statique: "fleche" };

const page = document.querySelector("[data-orientation]");
const regles = JSON.parse(document.getElementById("donnees-orientation").textContent);
const formulaire = page.querySelector("form.questions");
const trouver = (nom) => page.querySelector(`[data-${nom}]`);
const [note, compte, aucun, liste, dites, resultat] = ["note", "compte", "aucun", "liste", "reponses", "resultat"].map(
  trouver,
);
const articles = new Map([...page.querySelectorAll("[data-appui]")].map((a) => [a.dataset.appui, a]));
const ordreInitial = [...articles.values()];
const deLaCommune = formulaire.elements.population.labels[0].textContent;
let reponses = {};
let lieu = null;
let avis = "";
let tour = 0;

const champDe = (question) => formulaire.elements[question];
const libelleDe = (question) => champDe(question).labels[0];
const adapte = (question, reponse) =>
  [...champDe(question).options].find(({ value }) => value === reponse)?.textContent ?? "";

/** Les réponses en mots : [[question, réponse]…], la commune d’abord. */
function enMots() {
  const commune = lieu ? [["Commune", `${apostrophe(lieu.nom)}, ${connu(lieu, programmesDe(lieu))}`]] : [];
  const dites = Object.entries(reponses).map(([question, reponse]) => [
    libelleDe(question).textContent,
    adapte(question, reponse),
  ]);
  return [...commune, ...dites];
}

const programmesDe = (connue) => {
  const { programme } = faitsDuProjet({}, connue, regles.tranches);
  return (programme ?? []).map((nom) => adapte("programme", nom));
};

function dessinerCritere(ligne, etat) {
  if (ligne.dataset.etat === etat) return;
  ligne.dataset.etat = etat;
  ligne.querySelector("use").setAttribute("href", `#icone-${ICONES[etat]}`);
  for (const noeud of ligne.querySelectorAll("[data-si]")) noeud.hidden = !noeud.dataset.si.split(" ").includes(etat);
}

function resumer({ valeur, remplis, manques, inconnus }) {
  const details = [
    remplis && accorder(remplis, "condition remplie", "conditions remplies"),
    manques && accorder(manques, "condition non remplie", "conditions non remplies"),
    inconnus && accorder(inconnus, "condition à préciser", "conditions à préciser"),
  ].filter(Boolean);
  return [
    icone(regles.icones[valeur]),
    element("strong", regles.libelles[valeur]),
    details.length ? `${INSECABLE}: ${details.join(", ")}` : "",
  ];
}

function dessiner(rendu) {
  const article = articles.get(rendu.id);
  article.dataset.verdict = rendu.valeur;
  if (rendu.place) article.dataset.place = rendu.place;
  else delete article.dataset.place;
  for (const ligne of article.querySelectorAll("[data-critere]")) {
    dessinerCritere(ligne, rendu.etats[ligne.dataset.critere]);
  }
  direRaisons(article.querySelector("[data-du-lieu]"), lieu || rendu.lieu.valeur !== "a-verifier" ? rendu.lieu : null);
  const resume = article.querySelector("[data-verdict-ligne]");
  resume.hidden = Boolean(rendu.place);
  resume.replaceChildren(...resumer(rendu));
  const titre = article.querySelector("h3").textContent.trim();
  const phrase = article.querySelector("[data-dire]");
  phrase.hidden = !rendu.place;
  const type = article.classList.contains("type-partenaire") ? "partenaire" : "dispositif";
  phrase.replaceChildren(
    element("strong", `Dites ceci au téléphone${INSECABLE}: `),
    rendu.place ? auTelephone({ titre, type, membre: rendu.lieu.valeur === "membre" }, reponses, lieu) : "",
  );
  return article;
}

/** Les articles d’un verdict ; « à vérifier » et la suite restent repliés. */
function remplir(valeur, rendus) {
  const groupe = page.querySelector(`[data-groupe="${valeur}"]`);
  groupe.querySelector("[data-contenu]").replaceChildren(...rendus.map(dessiner));
  if (valeur === "adapte") return;
  groupe.hidden = rendus.length === 0;
  groupe.querySelector("[data-nombre]").textContent = `(${rendus.length})`;
}

function direEtSi() {
  const lignes = etSi(regles, reponses, lieu).map((retournee) => {
    const article = articles.get(retournee.id);
    const rang = regles.appuis
      .find(({ id }) => id === retournee.id)
      .criteres.findIndex((critere) => critere?.question === retournee.question);
    const devenir = article.querySelector(`[data-critere="${rang}"] [data-devenir] span`)?.textContent ?? "";
    return ligneEtSi(retournee, { lien: article.querySelector("h3 a"), devenir });
  });
  const bloc = trouver("et-si");
  bloc.hidden = !lignes.length;
  bloc.querySelector("[data-contenu]").replaceChildren(...lignes);
}

/** Ce que la commune dit n’est plus demandé ; la population est celle de qui porte le projet. */
function ajusterLesQuestions() {
  const faits = faitsDuProjet({ porteur: reponses.porteur }, lieu, regles.tranches);
  const [bas, haut] = faits.population ?? [0, Infinity];
  const masquees = { population: lieu && bas === haut, programme: lieu && Boolean(faits.programme?.length) };
  for (const [question, cachee] of Object.entries(masquees)) {
    page.querySelector(`[data-question="${question}"]`).hidden = Boolean(cachee);
  }
  libelleDe("population").textContent = typo(questionDePopulation(reponses.porteur) ?? deLaCommune);
  trouver("connu").textContent = connu(lieu, lieu ? programmesDe(lieu) : []) || "facultatif";
}

/** Met la page en accord avec la commune et les réponses. */
function montrer() {
  for (const question of Object.keys(regles.questions)) champDe(question).value = reponses[question] ?? "";
  ajusterLesQuestions();
  const rendus = orienter(regles, reponses, lieu);
  const juge = rendus.length > 0;
  if (juge) {
    for (const valeur of regles.verdicts)
      remplir(
        valeur,
        rendus.filter((rendu) => rendu.valeur === valeur),
      );
    direEtSi();
  } else {
    liste.append(...ordreInitial);
  }
  resultat.hidden = !juge;
  liste.hidden = juge;
  trouver("etat").hidden = !juge;
  const premiers = rendus.filter(({ place }) => place).length;
  aucun.hidden = premiers > 0;
  compte.textContent = regles.verdicts
    .map((v) => `${regles.libelles[v]}${INSECABLE}: ${rendus.filter(({ valeur }) => valeur === v).length}`)
    .join(" · ");
  note.hidden = !avis;
  note.replaceChildren(icone("alerte"), typo(avis));
  dites.replaceChildren(
    ...enMots().map(([question, reponse]) => {
      const ligne = element("div");
      ligne.append(element("dt", question), element("dd", reponse));
      return ligne;
    }),
  );
  page.classList.toggle("orientation--jugee", juge);
  page.classList.add("orientation--prete");
}

function aller(nouvelles, autre = lieu) {
  reponses = nouvelles;
  lieu = autre;
  avis = "";
  const adresse = ecrireAdresse(reponses, regles.questions, lieu?.code);
  if (adresse !== location.search) history.pushState(null, "", adresse || location.pathname);
  montrer();
}

/** Relit l’adresse. Un code illisible ou inconnu est dit, et ignoré. */
async function suivre() {
  const mien = ++tour;
  const lues = lireAdresse(location.search, regles.questions);
  const codes = new URLSearchParams(location.search).getAll("code").filter(Boolean);
  let trouvee = null;
  let dit = lues.ignores.length
    ? dire("reponses_ignorees", { questions: lues.ignores.map((q) => libelleDe(q).textContent).join(" ") })
    : "";
  if (codes.length) {
    try {
      trouvee = codes.length === 1 && CODE.test(codes[0]) ? await lireLieu(codes[0]) : null;
      if (!trouvee)
        dit = CODE.test(codes[0]) ? dire("commune_inconnue", { code: codes[0] }) : dire("commune_illisible");
    } catch {
      dit = dire("communes_absentes");
    }
  }
  if (mien !== tour) return;
  ({ reponses } = lues);
  [lieu, avis] = [trouvee, dit];
  ecrireChamp(lieu);
  montrer();
}

const ecrireChamp = animerChamp(formulaire.querySelector("[role=combobox]"), {
  async choisir(code) {
    const mien = ++tour;
    try {
      const choisi = code ? await lireLieu(code) : null;
      if (mien !== tour) return;
      if (choisi) retenir(choisi);
      ecrireChamp(choisi);
      aller(reponses, choisi);
    } catch {
      avis = dire("communes_absentes");
      montrer();
    }
  },
  proposee: retenue(),
});

formulaire.addEventListener("change", ({ target }) => {
  if (!Object.hasOwn(regles.questions, target.name)) return;
  const lues = Object.keys(regles.questions).map((question) => [question, champDe(question).value]);
  aller(Object.fromEntries(lues.filter(([, reponse]) => reponse)));
});
formulaire.addEventListener("submit", (envoi) => envoi.preventDefault());
trouver("effacer").addEventListener("click", () => {
  ecrireChamp(null);
  aller({}, null);
  formulaire.querySelector("select").focus();
});
page.querySelector('a[href="#resultat"]').addEventListener("click", (clic) => {
  clic.preventDefault(); // l’adresse ne garde que les réponses
  resultat.focus({ preventScroll: true });
  resultat.scrollIntoView({ block: "start" });
});
trouver("imprimer-resultat").addEventListener("click", () => {
  document.documentElement.classList.remove("imprime-memo");
  print();
});
addEventListener("popstate", suivre);

suivre();
animerMemo(page.querySelector("[data-memo]"), enMots);
