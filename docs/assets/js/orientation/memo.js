// Le mémo de premier contact : rien ne part d’ici. Il est gardé dans ce navigateur, imprimé, copié, enregistré en texte
// ou déposé dans la messagerie du lecteur, qui choisit à qui l’envoyer.
import { INSECABLE, typo } from "../francais.js";
import { copier, telecharger } from "../gestes.js";
import { ecrire, element, lire } from "../socle.js";

const CLE = "memo-contact";
const MAX = 1500;
const MAX_ADRESSE = 1900; // au-delà, des messageries coupent le texte

/** Ce qu’on a gardé, s’il s’agit bien de textes courts des champs connus. */
function retrouver(noms) {
  const garde = lire(CLE);
  if (!garde || typeof garde !== "object") return {};
  return Object.fromEntries(
    noms
      .filter((nom) => Object.hasOwn(garde, nom) && typeof garde[nom] === "string")
      .map((nom) => [nom, garde[nom].slice(0, MAX)]),
  );
}

export function animerMemo(section, reponses) {
  const champs = [...section.querySelectorAll("textarea")];
  const titre = section.querySelector("summary").textContent;
  const papier = section.querySelector("[data-memo-papier]");
  const annonce = section.querySelector("[data-memo-annonce]");
  const envoyer = section.querySelector("[data-memo-envoyer]");
  const geste = (nom, fonction) => section.querySelector(`[data-memo-${nom}]`).addEventListener("click", fonction);
  const libelle = (champ) => section.querySelector(`label[for="${champ.id}"]`).textContent;
  const dire = (mots) => {
    annonce.textContent = mots;
  };

  /** [[rubrique, texte]…], les réponses à l’orientation à la fin quand il y en a. */
  const rubriques = () => {
    const lignes = champs.map((champ) => [libelle(champ), champ.value.trim()]);
    const dites = reponses()
      .map(([question, reponse]) => `${question} ${reponse}`)
      .join("\n");
    return dites ? [...lignes, ["Nos réponses aux sept questions", dites]] : lignes;
  };
  const texte = () =>
    `${titre}\n\n${rubriques()
      .map(([nom, mots]) => `${nom}${INSECABLE}:\n${mots || "…"}`)
      .join("\n\n")}\n`;

  const preparer = () => {
    papier.replaceChildren(...rubriques().flatMap(([nom, mots]) => [element("dt", nom), element("dd", mots)]));
    const objet =
      champs
        .find(({ name }) => name === "demande")
        ?.value.trim()
        .slice(0, 80) || titre;
    const corps = texte().replaceAll("\n", "\r\n");
    envoyer.href = `mailto:?subject=${encodeURIComponent(objet)}&body=${encodeURIComponent(corps)}`;
  };

  const gardes = retrouver(champs.map(({ name }) => name));
  for (const champ of champs) champ.value = gardes[champ.name] ?? champ.value;
  section.addEventListener("input", () => {
    ecrire(CLE, Object.fromEntries(champs.map(({ name, value }) => [name, value])));
    dire("");
  });
  addEventListener("beforeprint", preparer);
  addEventListener("afterprint", () => document.documentElement.classList.remove("imprime-memo"));

  geste("imprimer", () => {
    preparer();
    section.open = true;
    document.documentElement.classList.add("imprime-memo");
    print();
  });
  geste("copier", async () => {
    const refusee = typo("Le navigateur refuse la copie ; téléchargez plutôt le texte.");
    dire((await copier(texte())) ? "Mémo copié." : refusee);
  });
  geste("telecharger", () => {
    telecharger(new Blob([texte()], { type: "text/plain;charset=utf-8" }), "memo-de-premier-contact.txt");
    dire("Mémo enregistré.");
  });
  geste("envoyer", () => {
    preparer();
    if (envoyer.href.length > MAX_ADRESSE)
      dire(typo("Le mémo est long : s’il arrive coupé dans votre messagerie, copiez-le."));
  });
  geste("effacer", () => {
    for (const champ of champs) champ.value = "";
    ecrire(CLE, {});
    preparer();
    dire("Mémo effacé de ce navigateur.");
    champs[0].focus();
  });
}
