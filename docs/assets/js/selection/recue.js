// Une sélection reçue par un lien : on la lit d’abord, puis on choisit ce que devient la sienne.
import { INSECABLE, accorder } from "../francais.js";
import { element } from "../socle.js";
import { MAX } from "./liste.js";
import { SANS_TITRE } from "./document.js";

/** Les deux à la suite : les fiches communes une fois, leurs notes l’une après l’autre. */
export function reunir(mienne, recue) {
  const reunies = new Map(mienne.fiches.map((fiche) => [fiche.url, fiche]));
  for (const fiche of recue.fiches) {
    const deja = reunies.get(fiche.url);
    const notes = [deja?.note, fiche.note].filter(Boolean);
    reunies.set(fiche.url, { ...(deja ?? fiche), note: [...new Set(notes)].join("\n") });
  }
  const fiches = [...reunies.values()];
  return {
    titre: mienne.titre || recue.titre,
    fiches: fiches.slice(0, MAX),
    ecartees: Math.max(0, fiches.length - MAX),
  };
}

const entreGuillemets = (titre) => `«${INSECABLE}${titre || SANS_TITRE}${INSECABLE}»`;

/** « gestes » : { remplacer, ajouter, ignorer }. */
export function bandeau(recue, mienne, gestes) {
  const bloc = element("section", "", {
    class: "selection__recue",
    "aria-labelledby": "selection-recue",
    "data-recue": "",
  });
  const nombre = mienne.fiches.length;
  bloc.append(
    element("h2", `Sélection reçue par un lien\u00A0: ${entreGuillemets(recue.titre)}`, {
      id: "selection-recue",
      tabindex: "-1",
    }),
    element(
      "p",
      nombre
        ? `Elle est montrée ci-dessous, et rien n’a été gardé. La vôtre (${accorder(nombre, "fiche")}) n’a pas changé.`
        : "Elle est montrée ci-dessous, et rien n’a été gardé dans ce navigateur.",
    ),
  );
  if (recue.ecartees)
    bloc.append(
      element(
        "p",
        accorder(
          recue.ecartees,
          "entrée illisible ou en trop a été laissée de côté.",
          "entrées illisibles ou en trop ont été laissées de côté.",
        ),
      ),
    );
  const choix = element("p", "", { class: "selection__choix" });
  const offrir = (nom, mots, second) => {
    const bouton = element("button", mots, {
      type: "button",
      class: `bouton${second ? " bouton--second" : ""}`,
      [`data-${nom}`]: "",
    });
    bouton.addEventListener("click", gestes[nom]);
    choix.append(bouton);
  };
  if (nombre) {
    offrir("ajouter", "Ajouter à la mienne");
    offrir("remplacer", "Remplacer la mienne", true);
    offrir("ignorer", "Ignorer", true);
  } else {
    offrir("remplacer", "Garder cette sélection");
    offrir("ignorer", "Ignorer", true);
  }
  bloc.append(choix);
  return bloc;
}
