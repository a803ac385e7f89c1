// Un champ du schéma → ses contrôles. Ce module ne garde rien : il lit et écrit dans l’état qu’on lui donne.
import { GENRES } from "../genres.js";
import { element } from "../socle.js";
import { genre, suivre } from "./schema.js";
import { idDe } from "./erreurs.js";
import { chercheur } from "./lieux.js";
import { liste, table } from "./listes.js";
import { typo } from "../francais.js";
import { dire } from "../partage/fiche.js";
import { ecrireChemin, enNombre, lireChemin, nomDeChamp } from "./valeurs.js";

/**
 * Le bloc d’un champ : libellé, aide, exemple, contrôle, faute, et « je ne sais pas » quand la page sait dire le
 * manque. `etat` : { schema, donnees, reperes, change(chemin), quitte(chemin), mises }.
 */
export function champ(etat, brut, chemin, { obligatoire = false, libelle = "" } = {}) {
  const noeud = suivre(etat.schema, brut);
  const nom = nomDeChamp(chemin);
  const id = idDe(nom);
  const sorte = genre(noeud);
  const groupe = sorte !== "texte";
  const boite = element(groupe ? "fieldset" : "div", "", { class: `champ champ--${sorte}`, id, "data-champ": nom });
  const titre = libelle || noeud.title || "Élément";
  const etiquette = groupe
    ? element("legend", titre, { class: "champ__libelle" })
    : element("label", titre, { class: "champ__libelle", for: `${id}-saisie`, id: `${id}-libelle` });
  if (!obligatoire && !libelle) etiquette.append(element("span", " facultatif", { class: "champ__facultatif" }));
  boite.append(etiquette);
  const decrit = [`${id}-erreur`];
  if (noeud.description && !libelle) {
    boite.append(aide(noeud, `${id}-aide`));
    decrit.unshift(`${id}-aide`);
  }
  boite.append(element("p", "", { class: "champ__erreur", id: `${id}-erreur`, "data-erreur": "", hidden: "" }));
  if (groupe) boite.setAttribute("aria-describedby", decrit.join(" "));
  if (noeud["x-si-vide"])
    boite.append(jeNeSaisPas(etat, noeud, chemin, boite, () => controle(etat, noeud, chemin, id, decrit)));
  boite.append(...controle(etat, noeud, chemin, id, decrit));
  return boite;
}

function aide(noeud, id) {
  const bloc = element("p", typo(noeud.description), { class: "champ__aide", id });
  const exemple = noeud.examples?.[0];
  const montre = Array.isArray(exemple) ? exemple[0] : exemple;
  if (typeof montre === "string" && !noeud.const)
    bloc.append(element("span", `Exemple\u00a0: ${libelleDExemple(noeud, montre)}`, { class: "champ__exemple" }));
  return bloc;
}

/** Une valeur d’énumération se montre par son libellé, comme dans la liste. */
function libelleDExemple(noeud, exemple) {
  const liste = noeud.enum ? noeud : (noeud.items ?? {});
  const rang = liste.enum?.indexOf(exemple) ?? -1;
  return typo(rang >= 0 ? liste.enumDescriptions[rang] : exemple);
}

/** La case qui vide le champ, dit ce que la page affichera, et rend ce qui était écrit si on la décoche. */
function jeNeSaisPas(etat, noeud, chemin, boite, refaire) {
  const id = `${boite.id}-ignore`;
  const ligne = element("p", "", { class: "champ__ignore" });
  const etiquette = element("label");
  const coche = element("input", "", { type: "checkbox", id });
  etiquette.append(coche, element("span", "Je ne sais pas"));
  const dit = element("span", "", { class: "champ__dit", role: "status" });
  ligne.append(etiquette, dit);
  let ecarte;
  coche.addEventListener("change", () => {
    if (coche.checked) {
      ecarte = lireChemin(etat.donnees, chemin);
      ecrireChemin(etat.donnees, chemin, undefined);
    } else {
      ecrireChemin(etat.donnees, chemin, ecarte);
    }
    dit.textContent = coche.checked ? typo(dire("si_vide", { manque: noeud["x-si-vide"] })) : "";
    [...boite.children].slice([...boite.children].indexOf(ligne) + 1).forEach((enfant) => enfant.remove());
    if (!coche.checked) boite.append(...refaire());
    etat.change(chemin);
  });
  return ligne;
}

/** Ce qui se remplit, selon la nature du champ. */
function controle(etat, noeud, chemin, id, decrit) {
  const sorte = genre(noeud);
  if (sorte === "liste") return [liste(etat, noeud, chemin, champ)];
  if (sorte === "table") return [table(etat, noeud, chemin, champ)];
  if (sorte === "champs")
    return [...sousChamps(etat, noeud, chemin), ...(noeud.modele === "Lieu" ? [chercheur(etat, chemin)] : [])];
  const attributs = { id: `${id}-saisie`, "aria-describedby": decrit.join(" "), "data-saisie": "" };
  const saisie = creer(etat, noeud, attributs);
  const valeur = lireChemin(etat.donnees, chemin);
  poser(saisie, typeof valeur === "string" ? valeur : "");
  saisie.addEventListener("input", () => {
    ecrireChemin(etat.donnees, chemin, saisie.value === "" ? undefined : saisie.value);
    etat.change(chemin);
  });
  saisie.addEventListener("blur", () => etat.quitte(chemin));
  const suite = [saisie];
  if (noeud["x-reference"]) suite.push(nomDeLaFiche(etat, saisie));
  if (noeud["x-enonce"]) suite.push(citer(etat, saisie));
  return suite;
}

/** Une valeur hors de la liste reste proposée : ce qu’un fichier contenait ne se perd pas. */
function poser(saisie, valeur) {
  if (saisie.tagName === "SELECT" && valeur && ![...saisie.options].some((o) => o.value === valeur)) {
    saisie.append(new Option(`${valeur} (non admis)`, valeur));
  }
  saisie.value = valeur;
}

function creer(etat, noeud, attributs) {
  const saisie = noeud["x-saisie"]?.genre;
  if (noeud.enum)
    return choix(
      attributs,
      noeud.enum.map((valeur, rang) => [valeur, noeud.enumDescriptions[rang]]),
    );
  if (saisie === "oui-non")
    return choix(attributs, [
      ["oui", "Oui"],
      ["non", "Non"],
    ]);
  if (noeud["x-reference"])
    return element("input", "", {
      ...attributs,
      type: "text",
      list: etat.fichesPour(noeud["x-reference"].types),
      autocomplete: "off",
    });
  if (noeud["x-cledesource"])
    return element("input", "", {
      ...attributs,
      type: "text",
      list: "cles-de-source",
      autocomplete: "off",
      class: "court",
    });
  if (noeud["x-enonce"] || (noeud.maxLength ?? 0) > 500)
    return element("textarea", "", { ...attributs, rows: noeud["x-enonce"]?.bloc ? "6" : "2" });
  const modes = { entier: "numeric", nombre: "decimal", url: "url" };
  const court = ["entier", "nombre", "date", "jour"].includes(saisie) || /\[01\]/u.test(noeud.pattern ?? "");
  return element("input", "", {
    ...attributs,
    type: "text",
    inputmode: modes[saisie] ?? "text",
    autocomplete: "off",
    ...(court ? { class: "court" } : {}),
  });
}

function choix(attributs, valeurs) {
  const select = element("select", "", attributs);
  select.append(new Option("Choisir…", ""), ...valeurs.map(([valeur, libelle]) => new Option(typo(libelle), valeur)));
  return select;
}

/** Sous le champ d’un renvoi, le titre de la fiche choisie. */
function nomDeLaFiche(etat, saisie) {
  const dit = element("p", "", { class: "champ__fiche" });
  const dire = () => {
    const connue = Object.hasOwn(etat.reperes.fiches, saisie.value) ? etat.reperes.fiches[saisie.value] : null;
    dit.textContent = connue ? `${GENRES[connue[0]].libelle}\u00a0: ${connue[1]}` : "";
  };
  saisie.addEventListener("input", dire);
  dire();
  return dit;
}

/** Les boutons qui citent une source, avant le point final ; montrés quand le champ a le focus. */
function citer(etat, saisie) {
  const barre = element("div", "", { class: "champ__citer", role: "group", "aria-label": "Citer" });
  const refaire = () => {
    const cles = [...Object.keys(etat.donnees.sources ?? {}), "kit"];
    barre.replaceChildren(
      element("span", "Citer\u00a0:", { "aria-hidden": "true" }),
      ...cles.map((cle) => {
        const titre = cle === "kit" ? "notre proposition" : etat.donnees.sources[cle]?.titre;
        const bouton = element("button", `[${cle}]`, {
          type: "button",
          "aria-label": `Citer ${cle}${titre ? `, ${titre}` : ""}`,
        });
        bouton.addEventListener("click", () => inserer(saisie, `[${cle}]`));
        return bouton;
      }),
    );
  };
  saisie.addEventListener("focus", refaire);
  return barre;
}

function inserer(saisie, citation) {
  const { value, selectionEnd } = saisie;
  const fin =
    selectionEnd === value.length ? value.length - (/[.!?…]\s*$/u.exec(value)?.[0].length ?? 0) : selectionEnd;
  const avant = value.slice(0, fin);
  const citations = / ?\[[^\]]*\]$/u.test(avant) && citation !== "[kit]" && !avant.endsWith("[kit]");
  saisie.value = citations
    ? `${avant.slice(0, -1)}, ${citation.slice(1)}${value.slice(fin)}`
    : `${avant.trimEnd()} ${citation}${value.slice(fin)}`;
  saisie.focus();
  saisie.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Les champs d’une partie : obligatoires d’abord, les autres repliés. */
function sousChamps(etat, noeud, chemin) {
  const noms = Object.keys(noeud.properties);
  const requis = noms.filter((nom) => noeud.required.includes(nom));
  const autres = noms.filter((nom) => !noeud.required.includes(nom));
  const rendre = (nom) =>
    champ(etat, noeud.properties[nom], [...chemin, nom], { obligatoire: noeud.required.includes(nom) });
  const blocs = requis.map(rendre);
  if (autres.length <= 3 || !requis.length) return [...blocs, ...autres.map(rendre)];
  const repli = element("details", "", { class: "champ__repli" });
  const present = lireChemin(etat.donnees, chemin) ?? {};
  const remplis = autres.filter((nom) => Object.hasOwn(present, nom)).length;
  repli.append(element("summary", `Précisions facultatives${enNombre(remplis)}`), ...autres.map(rendre));
  return [...blocs, repli];
}
