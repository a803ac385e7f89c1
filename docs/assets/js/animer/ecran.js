// L’écran de la salle : le titre, le temps qui reste, la consigne ; rien de la régie.
import { element } from "../socle.js";
import { refaire } from "../composer/formes.js";
import { aLHeure, reste } from "./horloge.js";

export function peindreEcran(cadre, seance, { courante, suivante }, maintenant) {
  const trouver = (nom) => cadre.querySelector(`[data-ecran-${nom}]`);
  const ecrire = (nom, mots) => {
    const noeud = trouver(nom);
    noeud.hidden = !mots;
    if (noeud.textContent !== mots) noeud.textContent = mots;
    return noeud;
  };
  const sequence = courante?.sequence;
  const accueil = suivante ? `Nous reprenons à ${aLHeure(suivante.debut)}` : "Merci à toutes et à tous";
  ecrire("titre", sequence ? sequence.titre : seance?.titre || "La séance n’a pas commencé");
  const lu = courante && reste(courante.due, maintenant);
  ecrire("reste", lu ? (lu.trop ? "C’est l’heure" : lu.texte) : "");
  trouver("part").hidden = !courante;
  if (courante) trouver("part").value = Math.min(1, (maintenant - courante.debut) / (courante.due - courante.debut));
  ecrire("consigne", sequence ? (sequence.consignes[0] ?? "") : seance ? accueil : "");
  const groupes = (courante?.groupes ?? []).map(({ nom, fin, fini }) => [
    nom,
    fini === null ? reste(fin, maintenant) : null,
  ]);
  refaire(trouver("groupes"), groupes, () =>
    groupes.map(([nom, du]) => {
      const li = element("li", "", { "data-allure": du === null ? "fini" : "" });
      li.append(element("strong", nom), " ", du === null ? "a rendu" : du.trop ? "C’est l’heure" : du.texte);
      return li;
    }),
  );
}
