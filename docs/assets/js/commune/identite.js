// Ce que le lieu est : son nom, son intercommunalité, ses habitants, et ce dont il est déjà, d’après des listes datées.
import { accorder, dateLongue, typo } from "../francais.js";
import { element } from "../socle.js";
import { apostrophe, donnees, nomDuDepartement, nombre, page } from "./donnees.js";
import { oublier } from "./retenue.js";
import { moisDe } from "./services.js";

const carte = page.querySelector("[data-identite]");
const titre = page.querySelector("[data-titre]");
const deja = page.querySelector("[data-deja]");

/** `aller(code)` ouvre un autre lieu sans quitter la page ; `focus` : le lecteur vient de choisir. */
export function peindre(lieu, { aller, focus }) {
  titre.textContent = apostrophe(lieu.nom);
  carte.querySelector("[data-resume]").replaceChildren(...resume(lieu, aller));
  deja.querySelector("[data-faits]").replaceChildren(...faits(lieu));
  deja.querySelector("[data-programmes]").replaceChildren(...programmes(lieu));
  carte.hidden = false;
  deja.hidden = false;
  if (focus) titre.focus();
}

export function vider() {
  carte.hidden = true;
  deja.hidden = true;
}

/** Ce qui suit le geste d’oublier. */
export function surOubli(apres) {
  carte.querySelector("[data-oublier]").addEventListener("click", () => {
    oublier();
    apres();
  });
}

function resume(lieu, aller) {
  const ou = lieu.departements.map((d) => `${nomDuDepartement(d)} (${d})`).join(", ");
  const habitants =
    lieu.population === null ? "population non renseignée" : `${nombre.format(lieu.population)} habitants`;
  const dits = [`${ou} · ${habitants} · `];
  if (lieu.estEpci) dits.push(`SIREN ${lieu.code}`);
  else dits.push(lieu.epci ? lienVers(lieu.epci, aller) : "sans intercommunalité à fiscalité propre");
  return dits;
}

function lienVers(epci, aller) {
  const lien = element("a", apostrophe(epci.nom), { href: `?code=${epci.code}` });
  lien.addEventListener("click", (clic) => {
    if (clic.button || clic.ctrlKey || clic.metaKey || clic.shiftKey || clic.altKey) return;
    clic.preventDefault();
    aller(epci.code);
  });
  return lien;
}

/** Population, densité et ruralité en mots simples. */
function faits({ departements, faits: f, estEpci, code }) {
  const region = donnees.departements[departements[0]]?.[1];
  const mots = donnees.mots;
  const lignes = [
    ["Densité", mots.densite[f.densite]],
    ["Type de campagne", mots.ruralite[f.ruralite]],
    ["Rôle de centre", mots.centralite[f.centralite]],
    ["Massif", f.massif],
    ["Région", region && apostrophe(region)],
    [estEpci ? "" : "Code Insee", code],
  ];
  return lignes
    .filter(([libelle, valeur]) => libelle && valeur)
    .map(([libelle, valeur]) => {
      const bloc = element("div");
      bloc.append(element("dt", libelle), element("dd", typo(valeur)));
      return bloc;
    });
}

const depuis = (signe) => (signe === true ? "" : `, le ${dateLongue(signe).replace(/^\S+ /u, "")}`);

/** Ce dont le lieu est, chaque programme daté par sa liste ; une absence ne ferme rien. */
function programmes({ faits: f, estEpci }) {
  const { listes, fiches } = donnees;
  const dits = Object.entries(f.programmes).map(([id, signe]) => [
    id,
    listes[id].nom,
    id === "pvd" && signe !== true ? `convention signée${depuis(signe)}` : "",
  ]);
  if (f.ort) dits.push(["ort", listes.ort.nom, `convention signée${depuis(f.ort)}`]);
  if (f.qpv) dits.push(["qpv", listes.qpv.nom, accorder(f.qpv, "quartier")]);
  if (f.montagne) dits.push(["montagne", listes.montagne.nom, estEpci ? "une commune au moins" : ""]);
  if (!dits.length)
    return [element("li", typo("Dans aucune de nos listes ; une liste datée ne ferme rien : demandez."))];
  return dits.map(([id, nom, precision]) => {
    const li = element("li", "", { "data-programme": id });
    li.append(fiches[id] ? element("a", nom, { href: fiches[id] }) : element("strong", nom));
    const liste = `d’après la liste de ${moisDe(listes[id].date)}`;
    li.append(element("span", ` ${[precision, liste].filter(Boolean).join(", ")}`, { class: "commune__precision" }));
    return li;
  });
}
