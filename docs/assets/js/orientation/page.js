// « De quel appui avons-nous besoin ? » : l’adresse dit les réponses ; chaque geste change l’adresse, et la page suit.
// Les textes sont déjà dans la page : on range les appuis, on montre ou on cache leurs phrases, rien de plus.
import { element } from "../socle.js";
import { INSECABLE, accorder } from "../francais.js";
import { icone } from "../recherche/commun.js";
import { animerMemo } from "./memo.js";
import { ecrireAdresse, lireAdresse, orienter } from "./verdict.js";

const OUVERTS = 3;
const VISIBLES = { adapte: Infinity, "a-verifier": 5, "non-adapte": 0 };
const ICONES = { rempli: "ok", manque: "croix", inconnu: "question", statique: "fleche" };

const page = document.querySelector("[data-orientation]");
const regles = JSON.parse(document.getElementById("donnees-orientation").textContent);
const formulaire = page.querySelector("form.questions");
const trouver = (nom) => page.querySelector(`[data-${nom}]`);
const [note, compte, aucun, liste, dites, aussi] = ["note", "compte", "aucun", "liste", "reponses", "aussi"].map(
  trouver,
);
const imprimer = trouver("imprimer-resultat");
const articles = new Map([...page.querySelectorAll("[data-dispositif]")].map((a) => [a.dataset.dispositif, a]));
const ordreInitial = [...articles.values()];
let { reponses, ignores } = lireAdresse(location.search, regles.questions);

const titre = (question) =>
  formulaire.elements[question][0]
    .closest("fieldset")
    .querySelector("legend")
    .textContent.replace(/^\d+\.\s*/, "");

/** Les réponses en mots : [[question, réponse]…]. */
function enMots() {
  return Object.keys(regles.questions).map((question) => {
    const coche = [...formulaire.elements[question]].find((radio) => radio.checked);
    return [titre(question), coche.closest("label").textContent.trim()];
  });
}

function dessinerCritere(ligne, etat) {
  if (ligne.dataset.etat === etat) return;
  ligne.dataset.etat = etat;
  ligne.querySelector("use").setAttribute("href", `#icone-${ICONES[etat]}`);
  for (const noeud of ligne.querySelectorAll("[data-si]")) noeud.hidden = !noeud.dataset.si.split(" ").includes(etat);
}

function dessiner(rendu, juge) {
  const article = articles.get(rendu.id);
  article.dataset.verdict = rendu.valeur;
  for (const ligne of article.querySelectorAll("[data-critere]")) {
    dessinerCritere(ligne, juge ? rendu.etats[ligne.dataset.critere] : "statique");
  }
  const resume = article.querySelector("[data-verdict-ligne]");
  resume.hidden = !juge;
  const details = [
    rendu.remplis && accorder(rendu.remplis, "condition remplie", "conditions remplies"),
    rendu.manques && accorder(rendu.manques, "condition non remplie", "conditions non remplies"),
    rendu.inconnus && accorder(rendu.inconnus, "condition à préciser", "conditions à préciser"),
  ]
    .filter(Boolean)
    .join(", ");
  resume.replaceChildren(
    icone(regles.icones[rendu.valeur]),
    element("strong", regles.libelles[rendu.valeur]),
    `${INSECABLE}: ${details}`,
  );
  return article;
}

/** Range les articles d’un verdict : les premiers en vue, les autres repliés. */
function remplir(valeur, rendus) {
  const groupe = page.querySelector(`[data-groupe="${valeur}"]`);
  groupe.hidden = rendus.length === 0;
  groupe.querySelector("[data-nombre]").textContent = `(${rendus.length})`;
  const noeuds = rendus.map(({ id }) => articles.get(id));
  const limite = Math.min(VISIBLES[valeur], noeuds.length);
  groupe.querySelector("[data-place]").replaceChildren(...noeuds.slice(0, limite));
  groupe.querySelector("[data-place-suite]").replaceChildren(...noeuds.slice(limite));
  const suite = groupe.querySelector("[data-suite]");
  suite.hidden = noeuds.length === limite;
  const reste = noeuds.length - limite;
  suite.querySelector("[data-suite-titre]").textContent = limite
    ? `Voir ${reste > 1 ? `les ${reste} autres` : "l’autre"}`
    : `Voir ${reste > 1 ? `les ${reste} appuis` : "l’appui"} et pourquoi`;
}

function ouvrirLesPremiers(rendus, juge) {
  rendus.forEach(({ id, valeur }, rang) => {
    const retenu = juge && rang < OUVERTS && valeur !== "non-adapte";
    const article = articles.get(id);
    article.classList.toggle("est-retenu", retenu);
    article.querySelector(".appui__pourquoi").open = retenu;
    article.querySelector(".appui__pourquoi summary").firstChild.textContent = juge ? "Pourquoi" : "Ses conditions";
  });
  const autres = rendus.slice(OUVERTS).filter(({ valeur }) => valeur !== "non-adapte");
  aussi.textContent =
    juge && autres.length
      ? `Aussi à regarder${INSECABLE}: ${autres
          .slice(0, 12)
          .map(({ id }) => articles.get(id).querySelector("h3").textContent.trim())
          .join(", ")}.`
      : "";
}

/** Met la page en accord avec les réponses. */
function montrer() {
  for (const question of Object.keys(regles.questions)) {
    const voulue = reponses[question] ?? ""; // RadioNodeList.value = "" ne coche rien : on cherche soi-même
    [...formulaire.elements[question]].find((radio) => radio.value === voulue).checked = true;
  }
  const juge = Object.keys(reponses).length > 0;
  const rendus = orienter(regles, reponses);
  for (const rendu of rendus) dessiner(rendu, juge);
  const parVerdict = Object.groupBy
    ? Object.groupBy(rendus, ({ valeur }) => valeur)
    : Object.fromEntries(regles.verdicts.map((v) => [v, rendus.filter(({ valeur }) => valeur === v)]));
  for (const valeur of regles.verdicts) remplir(valeur, juge ? (parVerdict[valeur] ?? []) : []);
  if (!juge) liste.append(...ordreInitial);
  liste.hidden = juge;
  imprimer.parentElement.hidden = !juge;
  ouvrirLesPremiers(rendus, juge);
  aucun.hidden = !juge || Boolean(parVerdict.adapte?.length);
  compte.textContent = juge
    ? regles.verdicts.map((v) => `${regles.libelles[v]}${INSECABLE}: ${parVerdict[v]?.length ?? 0}`).join(" · ")
    : `${accorder(rendus.length, "appui", "appuis")}. Répondez à une question pour les classer.`;
  note.hidden = ignores.length === 0;
  note.replaceChildren(
    icone("alerte"),
    `Cette adresse contient des réponses que le site ne connaît pas\u202F; elles sont ignorées (${ignores.map(titre).join(" ")}).`,
  );
  dites.replaceChildren(
    ...enMots().map(([question, reponse]) => {
      const ligne = element("div");
      ligne.append(element("dt", question), element("dd", reponse));
      return ligne;
    }),
  );
  page.classList.toggle("orientation--jugee", juge);
}

function aller(nouvelles) {
  reponses = nouvelles;
  ignores = [];
  const adresse = ecrireAdresse(reponses, regles.questions);
  if (adresse !== location.search) history.pushState(null, "", adresse || location.pathname);
  montrer();
}

formulaire.addEventListener("change", () => {
  const lues = Object.keys(regles.questions).map((question) => [question, formulaire.elements[question].value]);
  aller(Object.fromEntries(lues.filter(([, reponse]) => reponse)));
});
formulaire.addEventListener("submit", (envoi) => envoi.preventDefault());
trouver("effacer").addEventListener("click", () => {
  aller({});
  formulaire.querySelector("input:checked").focus();
});
page.querySelector('a[href="#resultat"]').addEventListener("click", (clic) => {
  clic.preventDefault(); // l’adresse ne garde que les réponses
  const cible = trouver("resultat");
  cible.focus({ preventScroll: true });
  cible.scrollIntoView({ block: "start" });
});
imprimer.addEventListener("click", () => {
  document.documentElement.classList.remove("imprime-memo");
  print();
});
addEventListener("popstate", () => {
  ({ reponses, ignores } = lireAdresse(location.search, regles.questions));
  montrer();
});

for (const noeud of page.querySelectorAll("[data-avec-orientation]")) noeud.hidden = false;
montrer();
animerMemo(page.querySelector("[data-memo]"), () => (Object.keys(reponses).length ? enMots() : []));
