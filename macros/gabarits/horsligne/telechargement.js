// Garder, mettre à jour, retirer : par lots, en ne demandant que ce qui a changé, et en disant où l’on en est.
const DE_FRONT = { discret: 4, demande: 6 };

class Refus extends Error {
  constructor(raison, manque = 0) {
    super(raison);
    this.raison = raison;
    this.manque = manque;
  }
}

/** La liste que le serveur annonce pour cette version. Échoue au milieu d’une publication : on réessaiera. */
async function demanderListe() {
  const reponse = await fetch(cle(REGLAGES.liste), { cache: "no-cache" });
  if (!reponse.ok) throw new Refus("reseau");
  const lue = await reponse.json();
  if (lue.version !== REGLAGES.version) throw new Refus("publication");
  return lue;
}

/**
 * Prend un fichier là où il coûte le moins : le cache du navigateur d’abord, le serveur si ce n’est pas le bon
 * contenu.
 */
async function prendre([chemin, empreinte], priorite) {
  const adresse = cle(chemin.replace(/(^|\/)index\.html$/, "$1")); // celle que suivent les lecteurs
  for (const cache of ["default", "reload"]) {
    let recue;
    try {
      recue = await fetch(adresse, { cache, priority: priorite, credentials: "same-origin" });
    } catch {
      throw new Refus("reseau");
    }
    const octets = await recue.arrayBuffer().catch(() => {
      throw new Refus("reseau");
    });
    if (recue.ok && (await empreinteDe(octets)) === empreinte) {
      await deposer(chemin, empreinte, recue, octets).catch((erreur) => {
        throw erreur.name === "QuotaExceededError" ? new Refus("quota") : erreur;
      });
      return;
    }
    if (recue.status >= 500) throw new Refus("reseau");
  }
  throw new Refus("autre-contenu");
}

/** Les empreintes gardées, par fichier. */
async function gardees() {
  const [contenu, cles] = await Promise.all([reserve().then((r) => r.matchAll()), reserve().then((r) => r.keys())]);
  return new Map(
    cles
      .map((demande, i) => [cheminDe(new URL(demande.url)), contenu[i].headers.get("X-Empreinte")])
      .filter(([, empreinte]) => empreinte),
  );
}

async function verifierPlace(octets) {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < octets * 1.1) throw new Refus("quota", Math.round(octets * 1.1 - (quota - usage)));
}

/** Garde les fichiers donnés qui manquent ou ont changé. « suivre » reçoit { fait, total } en octets. */
async function garder(fichiers, { discret = true, suivre = () => {} } = {}) {
  const presentes = await gardees();
  const manquants = fichiers.filter(([chemin, empreinte]) => presentes.get(chemin) !== empreinte);
  const total = manquants.reduce((somme, [, , octets]) => somme + octets, 0);
  await verifierPlace(total);
  let fait = 0;
  let autres = 0;
  let arret = null;
  const file = manquants.values();
  const ouvrier = async () => {
    for (const fichier of file) {
      if (arret) return;
      try {
        await prendre(fichier, discret ? "low" : "auto");
      } catch (erreur) {
        if (erreur.raison !== "autre-contenu") {
          arret ??= erreur;
          return;
        }
        autres += 1;
      }
      fait += fichier[2];
      suivre({ fait, total });
    }
  };
  await Promise.all(Array.from({ length: discret ? DE_FRONT.discret : DE_FRONT.demande }, ouvrier));
  if (arret) throw arret;
  if (autres) throw new Refus("autre-contenu", autres);
}

/** Les fichiers de plusieurs lots, une fois chacun. */
function reunir(active, noms) {
  return [...new Map(noms.flatMap((nom) => active.lots[nom] ?? []).map((fichier) => [fichier[0], fichier])).values()];
}

function compter(fichiers, presentes) {
  const compte = { fichiers: fichiers.length, gardes: 0, perimes: 0, octets: 0, octetsGardes: 0 };
  for (const [chemin, empreinte, octets] of fichiers) {
    const gardee = presentes.get(chemin);
    compte.octets += octets;
    if (gardee) compte.octetsGardes += octets;
    if (gardee === empreinte) compte.gardes += 1;
    else if (gardee) compte.perimes += 1;
  }
  return compte;
}

/** Ce qui est gardé de chaque lot, et de tous (« tout ») : { fichiers, gardes, perimes, octets, octetsGardes }. */
async function faireBilan() {
  const active = await listeActive();
  if (!active) return;
  const presentes = await gardees();
  const bilan = Object.fromEntries(
    Object.entries(active.lots).map(([lot, fichiers]) => [lot, compter(fichiers, presentes)]),
  );
  bilan.tout = compter(reunir(active, Object.keys(active.lots)), presentes);
  await changerEtat((etat) => Object.assign(etat, { bilan, version: active.version }));
}

/** Efface ce que plus aucun lot demandé ne contient. Après une mise à jour, seulement si elle est entière : une page
    ancienne, encore lisible, a peut-être besoin de ses styles. */
async function ranger() {
  const active = await listeActive();
  const { lots } = await changerEtat(() => {});
  const voulus = new Map(reunir(active, ["coquille", ...lots]).map((fichier) => [fichier[0], fichier[1]]));
  const presentes = await gardees();
  if ([...voulus].some(([chemin, empreinte]) => presentes.get(chemin) !== empreinte)) return;
  const r = await reserve();
  for (const chemin of presentes.keys()) if (!voulus.has(chemin)) await r.delete(cle(chemin));
}

async function dire(message) {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true }))
    client.postMessage({ horsLigne: message });
}

// Un seul geste à la fois : deux onglets ouverts ensemble demandent la même chose. Un geste qui échoue se dit, et
// n’arrête pas les suivants.
let travail = Promise.resolve();
function aSonTour(geste, discret = false) {
  travail = travail.then(geste).catch(async (erreur) => {
    await faireBilan().catch(() => {}); // sur un disque plein, l’état ne s’écrit plus : on le dit quand même
    const motif = erreur.raison ?? (erreur.name === "QuotaExceededError" ? "quota" : "autre");
    await dire({ quoi: "arret", raison: motif, manque: erreur.manque ?? 0, discret });
  });
  return travail;
}

/** Retient les lots demandés et les garde ; dit les progrès, la fin ou ce qui l’empêche à toutes les pages ouvertes. */
function garderLots(demandes, discret) {
  return aSonTour(async () => {
    const active = await listeActive();
    if (!active) return;
    const { lots } = await changerEtat((etat) => {
      etat.lots = [...new Set([...etat.lots, ...demandes])].filter((lot) => active.lots[lot]);
    });
    let dernier = 0;
    const suivre = ({ fait, total }) => {
      if (Date.now() - dernier < 200) return;
      dernier = Date.now();
      dire({ quoi: "progres", fait, total });
    };
    await garder(reunir(active, ["coquille", ...lots]), { discret, suivre });
    await ranger();
    await faireBilan();
    await dire({ quoi: "fini" });
  }, discret);
}

/** Oublie des lots : leurs fichiers partent, sauf ceux d’un lot encore demandé. */
function retirerLots(demandes) {
  return aSonTour(async () => {
    const active = await listeActive();
    if (!active) return;
    const { lots } = await changerEtat((etat) => {
      etat.lots = etat.lots.filter((lot) => !demandes.includes(lot));
    });
    const restants = new Set(reunir(active, ["coquille", ...lots]).map(([chemin]) => chemin));
    const r = await reserve();
    for (const [chemin] of reunir(active, demandes)) if (!restants.has(chemin)) await r.delete(cle(chemin));
    await faireBilan();
    await dire({ quoi: "fini" });
  });
}
