// Répondre : le réseau d’abord, toujours ; la copie quand il manque ou se tait, et alors la page le dit.
const PATIENCE = 3000; // au-delà, un lecteur croit la page perdue
const PATIENCE_COURTE = 800; // le réseau vient de se taire : inutile d’attendre autant à chaque page
const RANCUNE = 60_000;
const IMMUABLE = /(^|\/)assets\/(e-[0-9a-f]{12}|stylesheets|javascripts)\//;

let muetJusqua = 0;
/** Pages servies par la copie : ce qu’elles chargent vient d’elle aussi, sans attendre le réseau. */
const pagesEnCopie = new Set();

/**
 * Le réseau, tant qu’il répond à temps ; abandonnée, la demande ne retient pas une des rares connexions du
 * navigateur.
 */
async function duReseau(demande, options, patience) {
  const abandon = new AbortController();
  const minuteur = setTimeout(() => {
    muetJusqua = Date.now() + RANCUNE;
    abandon.abort();
  }, patience);
  try {
    const reponse = await fetch(demande, { ...options, signal: abandon.signal });
    muetJusqua = 0;
    return reponse;
  } finally {
    clearTimeout(minuteur); // la réponse a commencé : son corps peut prendre son temps
  }
}

const patience = () => (Date.now() < muetJusqua ? PATIENCE_COURTE : PATIENCE);

/** La page gardée, qui porte la date de sa copie : le script de la page la montre avant tout le reste. */
async function pageEnCopie(chemin, copie) {
  const entetes = new Headers(copie.reponse.headers);
  if (!entetes.get("Content-Type")?.startsWith("text/html")) return copie.reponse;
  const texte = await copie.reponse.text();
  const jour = await jourDe(chemin, copie);
  return new Response(texte.replace("<html ", `<html data-copie="${jour}" `), { headers: entetes });
}

async function naviguer(evenement, url, chemin) {
  const copie = await copieDe(chemin);
  try {
    // « no-cache » : le serveur confirme chaque page, même s’il permet de la garder quelques minutes.
    const attente = copie
      ? duReseau(evenement.request, { cache: "no-cache" }, patience())
      : fetch(evenement.request, { cache: "no-cache" });
    const reponse = await attente;
    if (reponse.status < 500 || !copie) return reponse;
  } catch {
    // Pas de réseau, ou trop lent : la copie.
  }
  if (copie) {
    pagesEnCopie.add(evenement.resultingClientId);
    return pageEnCopie(chemin, copie);
  }
  const active = await listeActive();
  if (active?.parChemin.has(`${chemin}/index.html`)) return Response.redirect(`${url.pathname}/${url.search}`);
  const secours = new URL("hors-ligne/", PORTEE);
  secours.searchParams.set("page", url.pathname.slice(PORTEE.pathname.length) + url.search);
  if (chemin === "hors-ligne/index.html" || !(await copieDe("hors-ligne/index.html"))) return Response.error();
  if (active && !active.parChemin.has(chemin)) secours.searchParams.set("inconnue", "1");
  return Response.redirect(secours.href);
}

async function fournir(evenement, chemin) {
  const copie = await copieDe(chemin);
  const client = evenement.clientId;
  if (!copie) return pagesEnCopie.has(client) ? duReseau(evenement.request, {}, patience()) : fetch(evenement.request);
  const attendue = (await listeActive())?.parChemin.get(chemin);
  if (pagesEnCopie.has(client) || (IMMUABLE.test(chemin) && copie.empreinte === attendue)) return copie.reponse;
  try {
    const reponse = await duReseau(evenement.request, {}, patience());
    if (reponse.status < 500) return reponse;
  } catch {
    // La copie, et la page qui la reçoit le dira.
  }
  if (!IMMUABLE.test(chemin)) {
    const jour = await jourDe(chemin, copie);
    (await self.clients.get(client))?.postMessage({ horsLigne: { quoi: "copie", jour } });
  }
  return copie.reponse;
}

self.addEventListener("fetch", (evenement) => {
  const { request } = evenement;
  const url = new URL(request.url);
  const chemin = request.method === "GET" && !request.headers.has("Range") ? cheminDe(url) : null;
  if (chemin === null || chemin === "sw.js" || chemin === REGLAGES.liste) return;
  evenement.respondWith(request.mode === "navigate" ? naviguer(evenement, url, chemin) : fournir(evenement, chemin));
});
