// Pose de vraies questions à yaml-language-server, comme le ferait un éditeur : complétion, survol, erreur.
// Lancé seulement par .github/workflows/editeur.yml, après « npm install --no-save yaml-language-server ».
// Usage : node tests/editeur/essayer.mjs [chemin de yaml-language-server]
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import assert from "node:assert/strict";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const RACINE = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const SERVEUR = process.argv[2] ?? resolve(RACINE, "node_modules/.bin/yaml-language-server");
const serveur = spawn(SERVEUR, ["--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const attentes = new Map();
const diagnostics = new Map();
let reste = Buffer.alloc(0);
let numero = 0;

serveur.stdout.on("data", (morceau) => {
  reste = Buffer.concat([reste, morceau]);
  for (;;) {
    const fin = reste.indexOf("\r\n\r\n");
    if (fin < 0) return;
    const longueur = Number(/Content-Length: (\d+)/i.exec(reste.subarray(0, fin).toString())[1]);
    if (reste.length < fin + 4 + longueur) return;
    const message = JSON.parse(reste.subarray(fin + 4, fin + 4 + longueur).toString());
    reste = reste.subarray(fin + 4 + longueur);
    recevoir(message);
  }
});

function recevoir(message) {
  if (message.method === "textDocument/publishDiagnostics") {
    diagnostics.get(message.params.uri)?.(message.params.diagnostics);
  } else if (message.method && message.id !== undefined) {
    // Le serveur demande la configuration de l’éditeur : aucune, tout vient de la première ligne de la fiche.
    const result = message.method === "workspace/configuration" ? message.params.items.map(() => null) : null;
    envoyer({ id: message.id, result });
  } else if (attentes.has(message.id)) {
    attentes.get(message.id)(message.result);
    attentes.delete(message.id);
  }
}

function envoyer(message) {
  const texte = JSON.stringify({ jsonrpc: "2.0", ...message });
  serveur.stdin.write(`Content-Length: ${Buffer.byteLength(texte)}\r\n\r\n${texte}`);
}

function demander(method, params) {
  const id = ++numero;
  envoyer({ id, method, params });
  return new Promise((resoudre) => attentes.set(id, resoudre));
}

/** Ouvre un texte comme s’il était dans fiches/<dossier>/ ; rend son adresse et ses diagnostics. */
async function ouvrir(dossier, nom, text) {
  const uri = pathToFileURL(resolve(RACINE, "fiches", dossier, nom)).href;
  const recus = new Promise((resoudre) => diagnostics.set(uri, resoudre));
  envoyer({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  return { uri, erreurs: await recus };
}

const delai = setTimeout(() => {
  console.error("yaml-language-server n’a pas répondu en 60 secondes.");
  process.exit(1);
}, 60_000);

await demander("initialize", {
  processId: process.pid,
  rootUri: pathToFileURL(RACINE).href,
  capabilities: {
    workspace: { configuration: true },
    textDocument: {
      completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] } },
      hover: { contentFormat: ["markdown", "plaintext"] },
    },
  },
});
envoyer({ method: "initialized", params: {} });
envoyer({ method: "workspace/didChangeConfiguration", params: { settings: { yaml: { completion: true, hover: true, validate: true } } } });

// 1. Une vraie fiche de chaque type ne porte aucun soulignement.
for (const [dossier, id] of [
  ["dispositifs", "atelier-flash"], ["partenaires", "cerema"], ["actions", "vialas-atelier-ambiances"],
  ["sites", "poix-du-nord"], ["methodes", "visite-exploratoire"], ["kits", "preparer-un-atelier-flash"],
]) {
  const texte = await readFile(resolve(RACINE, "fiches", dossier, `${id}.yml`), "utf8");
  const { erreurs } = await ouvrir(dossier, `essai-${id}.yml`, texte);
  assert.deepEqual(erreurs.map((e) => e.message), [], `${id} est soulignée`);
}

// 2. Une énumération se complète, avec ses libellés ; un champ aussi.
const modeline = "# yaml-language-server: $schema=../../docs/api/schemas/site.json\n";
const { uri } = await ouvrir("sites", "essai-completion.yml", `${modeline}type: site\nthemes:\n  - \nvalidite:\n  etat: \n\n`);
const demande = (line, character) => demander("textDocument/completion", { textDocument: { uri }, position: { line, character } });
const etats = (await demande(5, 8)).items;
assert.deepEqual(etats.map((i) => i.label).filter((l) => /vigueur|historique|confirmer/.test(l)).sort(),
  ["a-confirmer", "en-vigueur", "historique"]);
const themes = (await demande(3, 4)).items;
const friches = themes.find((i) => i.label === "friches-foncier");
assert.ok(friches, "« friches-foncier » n’est pas proposé");
assert.match(JSON.stringify(friches.documentation), /Friches/);
assert.ok((await demande(6, 0)).items.some((i) => i.label === "avancement"), "le champ « avancement » n’est pas proposé");

// 3. Le survol d’un champ montre son aide.
const survol = await demander("textDocument/hover", { textDocument: { uri }, position: { line: 2, character: 2 } });
assert.match(JSON.stringify(survol?.contents), /Thèmes, le principal d’abord/);

// 4. Une mauvaise valeur et un champ inconnu sont soulignés à leur ligne.
const fautive = await ouvrir("sites", "essai-fautive.yml",
  `${modeline}type: site\nthemes: [friche-foncier]\ncouleur: bleu\nannees: [2019]\n`);
assert.ok(fautive.erreurs.some((e) => e.range.start.line === 2), "la valeur fautive n’est pas soulignée");
assert.ok(fautive.erreurs.some((e) => e.range.start.line === 3 && /couleur/.test(e.message)), "le champ inconnu n’est pas souligné");
assert.ok(!fautive.erreurs.some((e) => e.range.start.line === 4), "une année écrite en chiffres est soulignée à tort");

clearTimeout(delai);
console.log("yaml-language-server : fiches sans faute, complétion, survol et erreurs comme attendu.");
await demander("shutdown", null);
envoyer({ method: "exit" });
serveur.stdin.end();
setTimeout(() => process.exit(0), 500);
