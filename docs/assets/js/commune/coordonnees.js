// Les coordonnées d’un service, telles qu’on les lit partout : téléphone, courriel, adresse, date, sources.
import { enumerer, typo } from "../francais.js";
import { element, racine } from "../socle.js";
import { aConfirmer, message, moisDe } from "./services.js";

const versLaPage = (texte, href) => element("a", texte, { href, rel: "noopener" });

/** Un bloc `[data-contact]` ; `titre` est le nom de la balise du nom du service. */
export function coordonnees(contact, annuaire, lieu, titre = "h3") {
  const bloc = element("div", "", { class: "contact", "data-contact": contact.nature });
  bloc.append(element(titre, contact.nom, { class: "contact__nom" }));
  bloc.append(moyens(contact, annuaire, lieu));
  if (contact.complet) bloc.append(element("p", contact.complet, { class: "contact__complet" }));
  if (contact.adresse) bloc.append(element("p", contact.adresse, { class: "contact__adresse" }));
  bloc.append(preuve(contact, annuaire, lieu));
  return bloc;
}

/** Téléphones et courriels, chacun daté quand deux annuaires diffèrent. */
export function moyens({ telephones, courriels, page }, annuaire, lieu) {
  const liste = element("ul", "", { class: "contact__moyens" });
  const ajouter = (lien, valeur, plusieurs) => {
    const li = element("li");
    li.append(lien);
    if (plusieurs) li.append(element("span", ` en ${moisDe(valeur.date)}`, { class: "contact__date" }));
    liste.append(li);
  };
  for (const tel of telephones) {
    ajouter(element("a", tel.texte, { class: "contact__tel", href: `tel:${tel.appel}` }), tel, telephones.length > 1);
  }
  for (const boite of courriels) {
    const href = message(boite.texte, lieu, annuaire.memo);
    ajouter(element("a", boite.texte, { class: "contact__courriel", href }), boite, courriels.length > 1);
  }
  if (page) ajouter(versLaPage("Sa page", page));
  return liste;
}

function preuve({ telephones, courriels, accord, date }, { sources, delai }, lieu) {
  const noms = [...new Set([...telephones, ...courriels].map(({ source }) => sources[source] ?? source))];
  const dit = [
    `Information de ${moisDe(date)}${aConfirmer(date, delai) ? ", à confirmer" : ""}\u202F: ${enumerer(noms)}.`,
  ];
  if (accord === true) dit.push("Deux annuaires donnent le même téléphone.");
  if (accord === false) dit.push("Deux annuaires diffèrent\u00A0: essayez le plus récent d’abord.");
  const note = element("p", typo(`${dit.join(" ")} `), { class: "contact__preuve" });
  const signaler = new URL("contribuer/signaler/", racine);
  signaler.searchParams.set("code", lieu.code);
  note.append(element("a", "Signaler un contact périmé", { href: signaler.href, class: "ecran-seul" }));
  return note;
}

/** Là où aucun annuaire ne nomme de service : les autres collectivités d’outre-mer. */
export function porteNationale(annuaire) {
  const bloc = element("div", "", { class: "contact", "data-contact": "national" });
  const { nom, url } = annuaire.nationale;
  bloc.append(
    versLaPage(nom, url),
    element("p", typo(`Aucun annuaire ouvert ne nomme le service de l’État ${annuaire.du} : la porte est nationale.`)),
    element("a", "Agence nationale de la cohésion des territoires", {
      href: new URL("partenaires/anct/", racine).href,
    }),
  );
  return bloc;
}

/** Le service d’un département, ou la porte nationale. */
export const porte = (annuaire, lieu) =>
  annuaire.ddt ? coordonnees(annuaire.ddt, annuaire, lieu) : porteNationale(annuaire);
