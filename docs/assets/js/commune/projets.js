// Les projets que le Fonds vert a aidés en 2023 : dans la commune, dans son intercommunalité, puis dans des communes du
// département qui lui ressemblent. Un fichier par département, demandé quand on ouvre la partie.
import { charger } from "../charger.js";
import { element } from "../socle.js";
import { apostrophe, nombre, page } from "./donnees.js";
import { fourchette, semblables } from "./ressemblance.js";

const MONTRES = 5;
const partie = page.querySelector("[data-projets]");
const choix = partie.querySelector("select");
const niveaux = partie.querySelector("[data-niveaux]");
const noms = Object.fromEntries([...choix.options].map(({ value, text }) => [value, text]));
let lieu = null;

export function peindre(choisi) {
  lieu = choisi;
  if (partie.open) montrer();
}

async function montrer() {
  const demande = lieu;
  try {
    const lus = await Promise.all(demande.departements.map((code) => charger(`api/fonds-vert/${code}.json`)));
    if (demande === lieu) ranger(lus);
  } catch (erreur) {
    if (demande !== lieu) return;
    const absent = erreur.message.startsWith("404");
    niveaux.replaceChildren(
      element(
        "p",
        absent
          ? "Aucun projet dans cette liste pour ce département."
          : "Ces projets n’ont pas pu se charger. Vérifiez votre connexion, puis rouvrez cette partie.",
      ),
    );
  }
}

function ranger(lus) {
  const lieux = Object.assign({}, ...lus.map((lu) => lu.lieux));
  const projets = lus
    .flatMap((lu) =>
      lu.projets.map(([code, sorte, projet, beneficiaire, montant]) => ({
        ...decrire(lieux[code]),
        code,
        sorte: lu.sortes[sorte],
        projet,
        beneficiaire,
        montant,
      })),
    )
    .filter(({ sorte }) => !choix.value || sorte === choix.value)
    .sort((a, b) => b.montant - a.montant);
  const siren = lieu.estEpci ? lieu.code : lieu.epci?.code;
  const ici = projets.filter(({ code }) => code === lieu.code);
  const autour = projets.filter(({ code, epci }) => code !== lieu.code && siren && (code === siren || epci === siren));
  const pareils = lieu.estEpci
    ? []
    : projets.filter((p) => !ici.includes(p) && !autour.includes(p) && semblables(lieu, p));
  const blocs = [
    [lieu.estEpci ? "Portés par l’intercommunalité" : "Dans la commune", ici],
    [lieu.estEpci ? "Dans ses communes" : "Dans l’intercommunalité", autour],
    ...(lieu.estEpci ? [] : [[`Dans des communes comme la vôtre\u00A0: ${fourchette(lieu)}`, pareils]]),
  ];
  niveaux.replaceChildren(...blocs.flatMap(([titre, trouves]) => bloc(titre, trouves)));
}

const decrire = ([nom, population, densite, epci]) => ({ nom, population, densite, epci });

function bloc(titre, projets) {
  const compte = projets.length > MONTRES ? ` (${MONTRES} sur ${projets.length}, les plus aidés)` : "";
  const liste = element("ul", "", { class: "commune__serree" });
  liste.append(...projets.slice(0, MONTRES).map(ligne));
  return [
    element("h4", titre + compte),
    projets.length ? liste : element("p", "Aucun dans cette liste.", { class: "mention" }),
  ];
}

function ligne({ code, sorte, projet, beneficiaire, montant, nom, population }) {
  const ou = code === lieu.code ? "" : `${apostrophe(nom)}, ${nombre.format(population)} habitants`;
  const dits = [
    noms[sorte] ?? sorte,
    ou,
    beneficiaire && `bénéficiaire\u00A0: ${beneficiaire}`,
    `${nombre.format(montant)}\u00A0€ d’aide`,
  ];
  const li = element("li");
  const texte = element("span", apostrophe(projet));
  texte.append(element("span", dits.filter(Boolean).join(" · "), { class: "commune__precision" }));
  li.append(texte);
  return li;
}

partie.addEventListener("toggle", () => {
  if (partie.open && lieu) montrer();
});
choix.addEventListener("change", montrer);
