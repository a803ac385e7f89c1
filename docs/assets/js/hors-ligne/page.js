// La page « Lire hors connexion » : ce qui est gardé, ce que cela pèse, garder, mettre à jour, retirer. C’est aussi
// la page qui répond, hors connexion, à la place d’une page qui n’est pas gardée.
import { charger } from "../charger.js";
import { element, racine } from "../socle.js";
import * as appareil from "./copie.js";

/** Dit quelle page manquait, et propose de la redemander. L’adresse reçue ne sert que si elle est du site. */
function direManquante(page) {
  const recue = new URLSearchParams(location.search);
  if (!recue.has("page")) return;
  const place = page.querySelector("[data-manquante]");
  let cible;
  try {
    cible = new URL(recue.get("page"), racine);
  } catch {
    return;
  }
  if (!cible.href.startsWith(racine.href)) return;
  const nom = decodeURI(cible.pathname.slice(racine.pathname.length)) || "accueil";
  const cite = `«\u00A0${nom}\u00A0»`;
  const dite = place.querySelector("[data-manquante-texte]");
  dite.textContent = recue.has("inconnue")
    ? `Vous êtes hors connexion, et ${cite} n’est l’adresse d’aucune page connue de cet appareil.`
    : `Vous êtes hors connexion, et ${cite} n’est pas gardé sur cet appareil.`;
  place.querySelector("[data-manquante-lien]").href = cible.href;
  page.previousElementSibling?.before(place); // avant le titre de la partie : c’est ce qu’on vient de demander
  place.hidden = false;
  document.title = `Page non gardée · ${document.title}`;
  addEventListener("online", () => {
    dite.textContent = "La connexion est revenue\u00A0: la page peut être demandée.";
  });
}

/** Tailles que le site annonce, avant que rien ne soit gardé : { lot: { fichiers, octets, gardes: 0… } }. */
async function annoncees() {
  const { lots } = await charger("hors-ligne.json");
  const compter = (fichiers) => ({
    fichiers: fichiers.length,
    gardes: 0,
    perimes: 0,
    octetsGardes: 0,
    octets: fichiers.reduce((somme, [, , octets]) => somme + octets, 0),
  });
  const tous = new Map(
    Object.values(lots)
      .flat()
      .map((fichier) => [fichier[0], fichier]),
  );
  return {
    ...Object.fromEntries(Object.entries(lots).map(([lot, f]) => [lot, compter(f)])),
    tout: compter([...tous.values()]),
  };
}

function motDuLot(lot, compte, demande) {
  if (compte.gardes === compte.fichiers) return "Gardé";
  if (compte.gardes + compte.perimes === compte.fichiers) return "À mettre à jour";
  // La page d’un kit vient avec l’essentiel : ce qui manque alors, ce sont ses documents.
  if (compte.gardes + compte.perimes > 0)
    return lot.startsWith("kit:") && !demande ? "Sans ses documents" : "En partie gardé";
  return "Non gardé";
}

class PageHorsLigne {
  constructor(page) {
    this.page = page;
    this.dit = page.querySelector("[data-etat]");
    this.barre = page.querySelector("progress");
    this.avance = page.querySelector("[data-avance]");
    this.enCours = false;
  }

  bouton(geste) {
    return this.page.querySelector(`[data-geste="${geste}"]`);
  }

  async lire() {
    const etat = await appareil.lireEtat().catch(() => null);
    const bilan = etat?.bilan?.tout ? etat.bilan : await annoncees().catch(() => null);
    return { etat, bilan };
  }

  async montrer() {
    const { etat, bilan } = await this.lire();
    this.page.querySelector("[data-lots]").hidden = !bilan;
    if (bilan)
      for (const rang of this.page.querySelectorAll("[data-lot]")) this.montrerLot(rang, bilan[rang.dataset.lot], etat);
    this.montrerGestes(etat, bilan);
    if (!this.enCours) this.dit.textContent = this.resume(etat, bilan);
  }

  montrerLot(rang, compte, etat) {
    rang.hidden = !compte;
    if (!compte) return;
    const demande = etat?.lots?.includes(rang.dataset.lot);
    const complet = compte.gardes === compte.fichiers;
    rang.querySelector("[data-taille]").textContent = appareil.taille(compte.octets);
    rang.querySelector("[data-mot]").textContent = motDuLot(rang.dataset.lot, compte, demande);
    const bouton = rang.querySelector("button");
    const nom = rang.querySelector("[data-nom]").textContent;
    const mot = complet && demande ? "Retirer" : compte.perimes ? "Mettre à jour" : "Garder";
    bouton.hidden = complet && !demande;
    bouton.dataset.action = mot === "Retirer" ? "retirer" : "garder";
    bouton.replaceChildren(mot, element("span", ` : ${nom}`, { class: "visuellement-cache" }));
  }

  montrerGestes(etat, bilan) {
    const tout = bilan?.tout;
    const perimes = Object.values(bilan ?? {}).some((compte) => compte.perimes > 0);
    const garder = this.bouton("tout");
    garder.hidden = !tout || tout.gardes === tout.fichiers;
    if (tout) garder.textContent = `Tout garder hors ligne (${appareil.taille(tout.octets)})`;
    this.bouton("mettre-a-jour").hidden = !perimes;
    this.bouton("retirer").hidden = !etat;
  }

  resume(etat, bilan) {
    if (appareil.refusee())
      return "La copie a été retirée de cet appareil. Rien n’y sera gardé tant que vous ne le demandez pas.";
    if (!bilan) return "Le site ne répond pas, et rien n’est encore gardé sur cet appareil.";
    const { essentiel, tout } = bilan;
    const date = appareil.jour(etat?.confirmee);
    const poids = `${appareil.taille(tout.octetsGardes)} gardés sur cet appareil, copie du ${date}.`;
    if (tout.gardes === tout.fichiers) return `Tout le site est disponible hors ligne\u00A0: ${poids}`;
    if (essentiel?.gardes === essentiel?.fichiers && essentiel) {
      return `Les kits, les méthodes, l’atelier à composer et la recherche sont disponibles hors ligne\u00A0: ${poids}`;
    }
    if (essentiel && essentiel.gardes + essentiel.perimes === essentiel.fichiers) {
      return `Une copie est lisible hors ligne, mais le site a changé depuis\u00A0: ${poids}`;
    }
    if (appareil.limitee())
      return (
        "Votre connexion est lente ou comptée\u00A0: rien de plus que l’accueil n’est gardé sans que " +
        "vous le demandiez."
      );
    return etat
      ? "L’essentiel se garde en ce moment, sans gêner votre lecture."
      : "Rien n’est encore gardé sur cet appareil.";
  }

  async garder(lots) {
    appareil.accepter();
    this.enCours = true;
    this.barre.hidden = false;
    this.barre.removeAttribute("value");
    this.dit.textContent = "Téléchargement en cours…";
    navigator.storage?.persist?.().catch(() => {});
    await appareil.inscrire();
    if (!(await appareil.demander("garder", { lots, discret: false }))) this.finir({ quoi: "arret" });
  }

  async finir(message) {
    const demande = this.enCours;
    this.enCours = false;
    this.barre.hidden = true;
    this.avance.textContent = "";
    await this.montrer();
    if (message.quoi === "arret" && (demande || !message.discret)) this.dit.textContent = appareil.raison(message);
  }

  suivre(message) {
    if (message.quoi === "progres" && message.total) {
      const part = message.fait / message.total;
      this.barre.hidden = false;
      this.barre.value = part;
      const dizaine = Math.floor(part * 10) * 10;
      const mot = `${dizaine}\u00A0% de ${appareil.taille(message.total)}`;
      // Une annonce par dixième : un lecteur d’écran n’a pas à égrener chaque fichier.
      if (this.enCours && this.avance.textContent !== mot) this.avance.textContent = mot;
    }
    if (message.quoi === "prete") this.montrer();
    if (message.quoi === "fini" || message.quoi === "arret") this.finir(message);
  }

  async retirer() {
    await appareil.retirerTout();
    await this.montrer();
    this.dit.focus();
  }

  async toutes() {
    const { bilan } = await this.lire();
    return Object.keys(bilan ?? {}).filter((lot) => lot !== "tout");
  }

  brancher() {
    this.bouton("tout").addEventListener("click", async () => this.garder(await this.toutes()));
    this.bouton("mettre-a-jour").addEventListener("click", () => this.garder([]));
    this.bouton("retirer").addEventListener("click", () => this.retirer());
    for (const rang of this.page.querySelectorAll("[data-lot]")) {
      const bouton = rang.querySelector("button");
      bouton.addEventListener("click", () => {
        this.dit.focus();
        if (bouton.dataset.action === "garder") this.garder([rang.dataset.lot]);
        else appareil.demander("retirer", { lots: [rang.dataset.lot] });
      });
    }
    appareil.ecouter((message) => this.suivre(message));
  }
}

export async function dresser(page) {
  direManquante(page);
  page.querySelector("[data-sans-script]").hidden = true;
  if (!appareil.possible) {
    page.querySelector("[data-impossible]").hidden = false;
    return;
  }
  if (!document.querySelector("[data-hors-ligne]")) {
    page.querySelector("[data-apercu]").hidden = false;
    return;
  }
  page.querySelector("[data-appareil]").hidden = false;
  const vue = new PageHorsLigne(page);
  vue.brancher();
  await vue.montrer();
}
