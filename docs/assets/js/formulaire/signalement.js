// « Signaler une erreur » : compose un courriel ou un ticket à mesure que l’on écrit. Rien n’est envoyé d’ici.
import { GENRES } from "../genres.js";
import { motif } from "../partage/commun.js";
import { racine as site } from "../socle.js";
import { courriel, nouveauTicket } from "./depots.js";
import { charger } from "../charger.js";
import { CODE } from "../commune/lieux.js";

const bloc = document.querySelector("[data-signalement]");
const { depot = "", contact = "" } = bloc.dataset;
const champs = [...bloc.querySelectorAll("[data-nom]")];
const lien = (nom) => bloc.querySelector(`[data-lien="${nom}"]`);

function composer() {
  const dit = Object.fromEntries(champs.map((c) => [c.dataset.nom, c.value.trim()]));
  const titre = `Erreur : ${dit.fiche || "page du site"}`;
  const corps =
    `Page : ${dit.fiche || "(à préciser)"}\n\nCe qui est faux ou manque :\n${dit.erreur}\n\n` +
    `Où le vérifier :\n${dit.source}\n`;
  lien("courriel").href = courriel({ a: contact, sujet: titre, corps });
  const ticket = nouveauTicket(depot, { titre, corps });
  lien("ticket").hidden = !ticket;
  if (ticket) lien("ticket").href = ticket;
}

/** L’adresse peut nommer une fiche ; seule une fiche connue est reprise. */
async function preremplir() {
  const dites = new URLSearchParams(location.search);
  const code = dites.get("code") ?? "";
  if (CODE.test(code)) champs[0].value = new URL(`ma-commune/?code=${code}`, site).href;
  const id = dites.get("fiche") ?? "";
  if (!motif("identifiant").test(id)) return;
  const { fiches } = await charger("api/formulaire.json");
  if (!Object.hasOwn(fiches, id)) return;
  champs[0].value = new URL(`${GENRES[fiches[id][0]].dossier}/${id}/`, site).href;
  const corriger = lien("corriger");
  corriger.hidden = false;
  corriger.href = new URL(`contribuer/formulaire/?fiche=${id}`, site).href;
}

bloc.hidden = false;
bloc.addEventListener("input", composer);
bloc.addEventListener("submit", (evenement) => evenement.preventDefault());
preremplir()
  .catch(() => {})
  .finally(composer);
