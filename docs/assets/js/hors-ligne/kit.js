// Au pied des documents d’un kit : le garder hors ligne, avec eux.
import { element } from "../socle.js";
import { accepter, demander, ecouter, inscrire, lireEtat, raison, taille } from "./copie.js";

export async function dresser(place) {
  const lot = place.dataset.garderKit;
  const bouton = element("button", "", { type: "button", class: "bouton bouton--second" });
  const dit = element("span", "", { role: "status", class: "garder-kit__etat" });
  place.append(bouton, " ", dit);
  let enCours = false;

  const montrer = async () => {
    const compte = (await lireEtat().catch(() => null))?.bilan?.[lot];
    const fait = compte && compte.gardes === compte.fichiers;
    bouton.hidden = Boolean(fait);
    bouton.textContent = compte?.perimes
      ? "Mettre à jour ce kit hors ligne"
      : `Garder ce kit hors ligne, avec ses documents${compte ? ` (${taille(compte.octets)})` : ""}`;
    place.hidden = false;
    if (fait) dit.textContent = `Ce kit et ses documents sont disponibles hors ligne (${taille(compte.octets)}).`;
    return fait;
  };

  bouton.addEventListener("click", async () => {
    accepter();
    enCours = true;
    bouton.setAttribute("aria-disabled", "true");
    dit.textContent = "Téléchargement en cours…";
    await inscrire();
    if (!(await demander("garder", { lots: [lot], discret: false }))) {
      enCours = false;
      bouton.removeAttribute("aria-disabled");
      dit.textContent = raison({});
    }
  });

  ecouter(async (message) => {
    if (enCours && message.quoi === "progres" && message.total) {
      dit.textContent = `Téléchargement en cours\u00A0: ${Math.floor((message.fait / message.total) * 10) * 10}\u00A0%`;
    }
    if (message.quoi !== "fini" && message.quoi !== "arret") return;
    bouton.removeAttribute("aria-disabled");
    const avait = document.activeElement === bouton;
    const fait = await montrer();
    if (fait && avait) {
      dit.tabIndex = -1;
      dit.focus();
    }
    if (enCours && message.quoi === "arret") dit.textContent = raison(message);
    enCours = false;
  });
  await montrer();
}
