// Comparer : le lecteur choisit de deux à quatre fiches ; le tableau se refait avec les cellules que la page tient
// prêtes dans ses <template>, et le choix reste dans l’adresse (?fiches=a,b&differences=oui). L’adresse peut avoir été
// écrite par n’importe qui : seuls comptent les identifiants connus de la page, le reste est dit puis laissé.
import { dater } from "./echeance.js";
import { element } from "./socle.js";

const MINIMUM = 2;
const LU_AU_PLUS = 60; // caractères d’un identifiant inconnu que l’on redit
const NOMBRES = ["aucun", "un", "deux", "trois", "quatre"];
const enumerer = new Intl.ListFormat("fr", { type: "conjunction" });

/** « ?fiches=… » -> { ids, messages } ; null quand l’adresse ne demande rien. */
function lireAdresse(requete, connues, maximum, sorte) {
  const demande = new URLSearchParams(requete).get("fiches");
  if (demande === null) return null;
  const demandees = [
    ...new Set(
      demande
        .split(",")
        .map((id) => id.trim())
        .filter(Boolean),
    ),
  ];
  const bonnes = demandees.filter((id) => connues.has(id));
  const inconnues = demandees.filter((id) => !connues.has(id));
  const messages = [];
  if (inconnues.length) {
    const nom = inconnues[0].slice(0, LU_AU_PLUS).replace(/[\p{Cc}\p{Cf}]/gu, " ");
    messages.push(
      inconnues.length > 1
        ? `${inconnues.length}\u00A0${sorte}s demandés n’existent pas ici\u00A0; ils ont été laissés de côté.`
        : `«\u00A0${nom}\u00A0» n’est pas un ${sorte} de ce site\u00A0; il a été laissé de côté.`,
    );
  }
  if (bonnes.length > maximum) {
    messages.push(`Pas plus de ${NOMBRES[maximum]} ${sorte}s à la fois\u00A0: les suivants ont été laissés de côté.`);
  }
  return { ids: bonnes.slice(0, maximum), messages };
}

function installer(racine) {
  const { nom: sorte } = racine.dataset;
  const maximum = Number(racine.dataset.maximum);
  const gabarits = new Map(
    [...racine.querySelectorAll("[data-comparer-fiche]")].map((g) => [g.dataset.comparerFiche, g]),
  );
  const verdicts = new Map(
    [...racine.querySelectorAll("[data-comparer-verdict]")].map((g) => [g.dataset.comparerVerdict, g]),
  );
  const tetes = racine.querySelector("thead tr");
  const rangees = [...racine.querySelectorAll("tbody tr[data-rangee]")];
  const choix = racine.querySelector("[data-comparer-choix]");
  const selects = [...choix.querySelectorAll("select")];
  const bascule = choix.querySelector("[data-comparer-differences]");
  const zone = racine.querySelector("[data-comparer-messages]");
  const legende = racine.querySelector("[data-comparer-legende]");
  const initiales = [...tetes.querySelectorAll("[data-comparer-tete]")].map((th) => th.dataset.comparerTete);

  /** La même règle que macros/pages/outils/comparaison.py. */
  function verdict(cellules) {
    const cles = cellules.map((td) => td.dataset.cle).filter(Boolean);
    if (new Set(cles).size > 1) return "different";
    return cles.length === cellules.length ? "identique" : "a-completer";
  }

  function montrer(ids) {
    const colonnes = ids.map((id) => gabarits.get(id).content.querySelector("tr").cloneNode(true));
    tetes.replaceChildren(tetes.firstElementChild, ...colonnes.map((tr) => tr.querySelector("th")));
    for (const rangee of rangees) {
      const entete = rangee.querySelector("th");
      const cellules = colonnes.map((tr) => tr.querySelector("td"));
      rangee.replaceChildren(entete, ...cellules); // prises une à une : la suivante devient la première
      const nom = ids.length < MINIMUM ? "" : verdict(cellules);
      rangee.dataset.verdict = nom;
      entete.querySelector(".comparer__verdict")?.remove();
      if (nom) entete.append(verdicts.get(nom).content.cloneNode(true));
    }
    const titres = [...tetes.querySelectorAll("[data-comparer-tete] a")].map((a) => a.textContent);
    legende.textContent =
      titres.length > 1 ? `${enumerer.format(titres)} côte à côte` : (titres[0] ?? `Aucun ${sorte}`);
    dater(racine);
  }

  function filtrer() {
    let cachees = 0;
    for (const rangee of rangees) {
      rangee.hidden = bascule.checked && Boolean(rangee.dataset.verdict) && rangee.dataset.verdict !== "different";
      cachees += Number(rangee.hidden);
    }
    return cachees;
  }

  function dire(messages) {
    zone.replaceChildren(...messages.map((texte) => element("p", texte)));
  }

  /** Chaque liste montre son dispositif ; on ne choisit pas deux fois le même. */
  function regler(ids) {
    selects.forEach((select, rang) => {
      select.value = ids[rang] ?? "";
      for (const option of select.options)
        option.disabled = Boolean(option.value) && option.value !== select.value && ids.includes(option.value);
    });
  }

  function ecrireAdresse(ids) {
    const url = new URL(location.href);
    url.search = "";
    const parametres = [`fiches=${ids.map(encodeURIComponent).join(",")}`];
    if (bascule.checked) parametres.push("differences=oui");
    url.search = `?${parametres.join("&")}`;
    if (url.href !== location.href) history.pushState(null, "", url);
  }

  function appliquer(ids, messages = []) {
    montrer(ids);
    regler(ids);
    const cachees = filtrer();
    const suite = [...messages];
    if (ids.length < MINIMUM) suite.push(`Choisissez un second ${sorte} pour comparer.`);
    else if (cachees)
      suite.push(
        `${cachees}\u00A0${cachees > 1 ? "lignes cachées" : "ligne cachée"}\u00A0: rien n’y diffère, ou trop ` +
          `peu est connu.`,
      );
    dire(suite);
  }

  function depuisLAdresse() {
    bascule.checked = new URLSearchParams(location.search).get("differences") === "oui";
    const lu = lireAdresse(location.search, gabarits, maximum, sorte);
    if (lu?.ids.length) appliquer(lu.ids, lu.messages);
    else appliquer(initiales, lu ? [...lu.messages, "Voici la comparaison proposée d’abord."] : []);
  }

  choix.addEventListener("change", () => {
    const ids = [...new Set(selects.map((select) => select.value).filter((id) => gabarits.has(id)))];
    if (!ids.length) return;
    appliquer(ids);
    ecrireAdresse(ids);
  });
  choix.addEventListener("submit", (evenement) => evenement.preventDefault());
  addEventListener("popstate", depuisLAdresse);
  choix.hidden = false;
  depuisLAdresse();
}

const page = document.querySelector("[data-comparer]");
if (page) installer(page);
