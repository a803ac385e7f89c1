// Trouver le code officiel d’un lieu par son nom : communes, intercommunalités, départements.
import { chercher, plier } from "../commune/lieux.js";
import { element } from "../socle.js";
import { idDe } from "./erreurs.js";
import { ecrireChemin, lireChemin, nomDeChamp } from "./valeurs.js";

const MONTRES = 8;

/** Le bouton et les réponses, sous les champs d’un lieu. */
export function chercheur(etat, chemin) {
  const cadre = element("div", "", { class: "lieu" });
  const bouton = element("button", "Chercher le code de ce nom", { type: "button", class: "liste__ajouter" });
  const reponses = element("div", "", { class: "lieu__reponses", role: "status" });
  bouton.addEventListener("click", async () => {
    const nom = String(lireChemin(etat.donnees, [...chemin, "nom"]) ?? "").trim();
    const trouves = nom ? await trouver(etat, nom).catch(() => null) : [];
    if (!trouves) reponses.textContent = "La liste des lieux ne se charge pas. Vérifiez votre connexion.";
    else if (!trouves.length)
      reponses.textContent = "Aucun lieu de ce nom à cette échelle. Vérifiez le nom et l’échelle du territoire.";
    else {
      reponses.replaceChildren(
        element("span", "Choisir\u00a0: "),
        ...trouves.map((lieu) => {
          const choix = element("button", `${lieu.nom} (${lieu.code})`, { type: "button" });
          choix.addEventListener("click", () => poser(etat, chemin, lieu, bouton, reponses));
          return choix;
        }),
      );
    }
  });
  cadre.append(bouton, reponses);
  return cadre;
}

async function trouver(etat, nom) {
  const echelle = etat.donnees.territoire?.echelle;
  if (echelle === "departement") {
    return Object.entries(etat.reperes.departements)
      .map(([code, officiel]) => ({ code, nom: officiel }))
      .filter((lieu) => plier(lieu.nom).startsWith(plier(nom)))
      .slice(0, MONTRES);
  }
  const { lieux } = await chercher(nom);
  return lieux.filter(({ code }) => (code.length === 9) === (echelle === "epci")).slice(0, MONTRES);
}

function poser(etat, chemin, lieu, bouton, reponses) {
  for (const nom of ["code", "nom"]) {
    ecrireChemin(etat.donnees, [...chemin, nom], lieu[nom]);
    document.getElementById(`${idDe(nomDeChamp([...chemin, nom]))}-saisie`).value = lieu[nom];
    etat.change([...chemin, nom]);
  }
  reponses.textContent = `${lieu.nom}, code ${lieu.code}.`;
  bouton.focus();
}
