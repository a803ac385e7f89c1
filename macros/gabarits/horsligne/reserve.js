// La réserve : une copie par fichier, sous son adresse, avec l’empreinte de son contenu et le jour où elle a été
// prise. Rien n’y entre dont l’empreinte n’est pas celle que la liste annonce : une publication en cours, un portail
// d’hôtel ou un cache intermédiaire ne peuvent pas y laisser autre chose que le site.
"use strict";
const REGLAGES = {};
const PORTEE = new URL(self.registration.scope);
const RESERVE = `hors-ligne:${PORTEE.pathname}`;
const cle = (chemin) => new URL(chemin, PORTEE).href;
const CLES = {
  liste: cle(".hors-ligne/liste"),
  neuve: cle(`.hors-ligne/liste-${REGLAGES.version}`),
  etat: cle(".hors-ligne/etat"),
};
const INTERNE = "/.hors-ligne/";

const reserve = () => caches.open(RESERVE);

async function lireJson(adresse) {
  const reponse = await (await reserve()).match(adresse);
  return reponse ? reponse.json() : null;
}

async function ecrireJson(adresse, valeur) {
  await (
    await reserve()
  ).put(adresse, new Response(JSON.stringify(valeur), { headers: { "Content-Type": "application/json" } }));
}

// Les écritures de l’état se suivent : deux messages à la fois n’en perdent pas une.
let tour = Promise.resolve();
function changerEtat(changement) {
  tour = tour
    .catch(() => {})
    .then(async () => {
      const etat = { lots: [], bilan: {}, ...(await lireJson(CLES.etat)) };
      changement(etat);
      await ecrireJson(CLES.etat, etat);
      return etat;
    });
  return tour;
}

let liste; // { version, lots: { nom: [[chemin, empreinte, octets]…] } }, et « parChemin » : chemin → empreinte
function indexer(lue) {
  const parChemin = new Map(
    Object.values(lue.lots)
      .flat()
      .map(([chemin, empreinte]) => [chemin, empreinte]),
  );
  return { ...lue, parChemin };
}

async function listeActive() {
  if (liste) return liste;
  const lue = await lireJson(CLES.liste);
  return lue ? (liste = indexer(lue)) : null;
}

/** Fichier du site que demande une adresse : « kits/ » est « kits/index.html ». Nul hors du site. */
function cheminDe(url) {
  if (url.origin !== PORTEE.origin || !url.pathname.startsWith(PORTEE.pathname)) return null;
  let chemin;
  try {
    chemin = decodeURIComponent(url.pathname.slice(PORTEE.pathname.length));
  } catch {
    return null;
  }
  return chemin === "" || chemin.endsWith("/") ? `${chemin}index.html` : chemin;
}

async function empreinteDe(octets) {
  const somme = new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
  return Array.from(somme.subarray(0, 10), (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** La copie d’un fichier : { reponse, empreinte, prise } ; nul quand il n’est pas gardé. */
async function copieDe(chemin) {
  const reponse = await (await reserve()).match(cle(chemin));
  return reponse
    ? { reponse, empreinte: reponse.headers.get("X-Empreinte"), prise: reponse.headers.get("X-Prise-Le") }
    : null;
}

/** Le jour dont la copie rend compte : celui où elle a été confirmée, si elle est encore celle de la liste. */
async function jourDe(chemin, copie) {
  const attendue = (await listeActive())?.parChemin.get(chemin);
  const etat = await lireJson(CLES.etat);
  return attendue === copie.empreinte && etat?.confirmee ? etat.confirmee : copie.prise;
}

async function deposer(chemin, empreinte, recue, octets) {
  const entetes = new Headers(recue.headers);
  for (const nom of ["Content-Encoding", "Content-Length", "Set-Cookie"]) entetes.delete(nom);
  entetes.set("X-Empreinte", empreinte);
  entetes.set("X-Prise-Le", new Date().toISOString());
  await (await reserve()).put(cle(chemin), new Response(octets, { status: 200, headers: entetes }));
}
