// Le formulaire : choisit ou ouvre une fiche, montre ses champs, et tient à jour fautes, YAML, aperçu et brouillon.
import { GENRES } from "../genres.js";
import { aujourdHui, element } from "../socle.js";
import { apercu } from "./apercu.js";
import { montrerDoublons, montrerImport } from "./avis.js";
import {
  brouillons,
  effacer,
  garder,
  lireBrouillon,
  nomDeLOnglet,
  nommer,
  nouveauNom,
  reprendreNom,
} from "./brouillon.js";
import { champ } from "./champs.js";
import { idDe, montrerFautes, resumer } from "./erreurs.js";
import { demande, ficheDuSite, fichierDuLecteur } from "./ouverture.js";
import { parties } from "./parties.js";
import { juger, preparer } from "./regles.js";
import { charger } from "../charger.js";
import { TYPES, chargerSchema } from "./schema.js";
import { copierOuMontrer, enregistrer, facons } from "./sortie.js";
import { identifiant, typo } from "../francais.js";
import { enNombre, nettoyer, nomDeChamp } from "./valeurs.js";
import { retoucher } from "./retouche.js";
import { ecrire } from "./yaml.js";

const DELAI = 200;
const racine = document.querySelector("[data-formulaire]");
const zones = new Map([...racine.querySelectorAll("[data-zone]")].map((noeud) => [noeud.dataset.zone, noeud]));
const zone = (nom) => zones.get(nom);
const { depot = "", contact = "", importation = "" } = racine.dataset;

/**
 * Ce que l’on écrit. `origine` : le texte du fichier ouvert. `touches` : noms des champs que l’on a quittés ou changés.
 * `ecrit` : vrai dès que l’on a changé quelque chose ; avant, il n’y a rien à garder.
 */
const etat = {
  schema: null,
  reperes: null,
  donnees: {},
  modifiee: "",
  origine: "",
  ecrit: false,
  touches: new Set(),
  toutes: false,
  fautes: [],
  yaml: "",
  nom: nomDeLOnglet(),
  idChoisi: false,
  tour: 0,
  change(chemin) {
    etat.ecrit = true;
    etat.touches.add(nomDeChamp(chemin));
    if (chemin[0] === "titre" && !etat.idChoisi) proposerIdentifiant();
    if (chemin[0] === "id") etat.idChoisi = true;
    if (chemin[0] === "sources") montrerCles();
    programmer();
  },
  quitte(chemin) {
    etat.touches.add(nomDeChamp(chemin));
    programmer();
  },
  annoncer(texte) {
    zone("annonce").textContent = texte;
  },
  fichesPour(types) {
    const id = `fiches-${types.join("-") || "toutes"}`;
    if (!document.getElementById(id)) {
      const liste = element("datalist", "", { id });
      for (const [fiche, [type, titre]] of Object.entries(etat.reperes.fiches)) {
        if (!types.length || types.includes(type))
          liste.append(new Option(`${titre} (${GENRES[type].libelle.toLowerCase()})`, fiche));
      }
      zone("listes").append(liste);
    }
    return id;
  },
};

let attente;
function programmer() {
  clearTimeout(attente);
  attente = setTimeout(mettreAJour, DELAI);
}

function proposerIdentifiant() {
  const saisie = document.getElementById(`${idDe("id")}-saisie`);
  if (etat.modifiee || !saisie) return;
  saisie.value = identifiant(String(etat.donnees.titre ?? ""));
  etat.donnees.id = saisie.value || undefined;
}

function montrerCles() {
  const sources = Object.entries(etat.donnees.sources ?? {});
  zone("cles").replaceChildren(
    ...sources.map(([cle, source]) => new Option(`${cle} : ${source?.titre ?? "sans titre"}`, cle)),
    new Option("kit : notre proposition", "kit"),
  );
}

/** Juge, écrit, montre et garde. Un tour plus récent rend les précédents muets. */
async function mettreAJour() {
  clearTimeout(attente);
  const tour = ++etat.tour;
  const donnees = nettoyer(etat.donnees) ?? {};
  let lieux;
  try {
    lieux = await preparer(donnees, etat.reperes);
  } catch {
    etat.annoncer("Les noms officiels des lieux ne se chargent pas : vérifiez votre connexion.");
    lieux = new Map();
  }
  if (tour !== etat.tour) return;
  etat.fautes = juger({ schema: etat.schema, donnees, reperes: etat.reperes, lieux, modifiee: etat.modifiee });
  etat.yaml = etat.origine ? retoucher(etat.schema, etat.origine, donnees) : ecrire(etat.schema, donnees);
  montrerFautes(zone("champs"), etat.schema, etat.fautes, etat);
  if (etat.toutes) resumer(zone("resume"), zone("champs"), etat.schema, etat.fautes);
  if (etat.fautes.length) zone("facons").replaceChildren();
  zone("yaml").textContent = etat.yaml;
  zone("apercu").replaceChildren(apercu(etat.schema, donnees, etat.reperes));
  zone("compte").textContent = compte(etat.fautes.length);
  montrerDoublons(zone("doublons"), donnees, etat);
  if (etat.ecrit) direGarde(garder(etat.nom, { ...etat, type: donnees.type }));
  racine.dataset.pret = String(tour);
}

function direGarde(gardee) {
  zone("garde").textContent = gardee
    ? "Brouillon gardé dans ce navigateur."
    : typo("Votre navigateur refuse de garder le brouillon : téléchargez-le.");
}

function compte(nombre) {
  if (!nombre) return "Rien à corriger.";
  return nombre > 1 ? `${nombre} points à corriger ou à compléter.` : "Un point à corriger ou à compléter.";
}

/** Montre le formulaire d’une fiche. */
async function ouvrir({ type, donnees, modifiee = "", origine = "", ecrit = false, nouveau = true }) {
  etat.schema = await chargerSchema(type);
  if (nouveau) etat.nom = nouveauNom();
  Object.assign(etat, {
    donnees: { ...donnees, type },
    modifiee,
    origine,
    ecrit,
    touches: new Set(),
    toutes: Boolean(modifiee),
    idChoisi: Boolean(donnees.id),
  });
  racine.dataset.type = type;
  const blocs = parties(etat.schema).map((partie) => {
    const bloc = partie.ouverte
      ? element("section", "", { class: "partie" })
      : element("details", "", { class: "partie" });
    const remplis = partie.noms.filter((nom) => Object.hasOwn(donnees, nom)).length;
    bloc.append(
      partie.ouverte ? element("h2", partie.titre) : element("summary", `${partie.titre}${enNombre(remplis)}`),
    );
    for (const nom of partie.noms) {
      const propre = nom === "titre" ? zone("doublons") : null;
      bloc.append(champ(etat, etat.schema.properties[nom], [nom], { obligatoire: etat.schema.required.includes(nom) }));
      if (propre) bloc.append(propre);
    }
    // Une fiche du site est longue : on ouvre la partie qu’on vient corriger. Un document importé se relit en entier.
    if (!partie.ouverte && remplis && !modifiee) bloc.open = true;
    return bloc;
  });
  zone("champs").replaceChildren(...blocs, ...inconnus(donnees));
  zone("titre").textContent = modifiee
    ? `Modifier la fiche «\u00a0${donnees.titre ?? modifiee}\u00a0»`
    : `Nouvelle fiche ${etat.schema["x-libelle"].toLowerCase()}`;
  montrerCles();
  for (const nom of ["choix", "redaction"]) zone(nom).hidden = nom === "choix";
  await mettreAJour();
  zone("titre").focus();
}

/** Les champs que le schéma ne connaît pas : montrés, retirables, jamais perdus en silence. */
function inconnus(donnees) {
  return Object.keys(donnees)
    .filter((nom) => !Object.hasOwn(etat.schema.properties, nom))
    .map((nom) => {
      const bloc = element("div", "", { class: "champ", "data-champ": nom, id: idDe(nom), tabindex: "-1" });
      const retirer = element("button", "Retirer ce champ", { type: "button" });
      retirer.addEventListener("click", () => {
        delete etat.donnees[nom];
        bloc.remove();
        etat.change([nom]);
        zone("titre").focus();
      });
      bloc.append(
        element("p", `Champ inconnu\u00a0: ${nom}`, { class: "champ__libelle" }),
        element("pre", JSON.stringify(donnees[nom], null, 1)),
        element("p", "", { class: "champ__erreur", "data-erreur": "", hidden: "" }),
        retirer,
      );
      return bloc;
    });
}

const neuve = () => ({
  validite: { etat: "en-vigueur" },
  verification: { niveau: "redigee-sur-sources", le: aujourdHui(), par: "contribution au site" },
  sources: { s1: {} },
  etat: "publiee",
});

async function ouvrirFichier(fichier) {
  const { type, champs, origine, doutes, restes, changes, autres } = await fichierDuLecteur(fichier, importation);
  const choisi = type || racine.querySelector('[name="type"]:checked')?.value;
  if (!choisi) throw new Error("Ce document ne dit pas son type. Choisissez-en un ci-dessus, puis rouvrez-le.");
  const connue = Object.hasOwn(etat.reperes.fiches, champs.id ?? "") ? champs.id : "";
  const complete = /\.ya?ml$/iu.test(fichier.name) ? champs : { ...neuve(), ...champs };
  const gardes = autres.filter((autre) =>
    garder(nommer(), { type: autre.type || choisi, donnees: { ...neuve(), ...autre.champs }, modifiee: "" }),
  );
  const perdus = autres
    .filter((autre) => !gardes.includes(autre))
    .flatMap((autre) => Object.values(autre.champs).map((v) => JSON.stringify(v)));
  montrerImport(zone("import"), {
    doutes: [...doutes, ...autres.flatMap((autre) => autre.doutes.map((d) => ({ ...d, fiche: autre.champs.titre })))],
    restes: [...restes, ...autres.flatMap((autre) => autre.restes), ...perdus],
    gardes: gardes.map((autre) => autre.champs.titre ?? "sans titre"),
    changes,
  });
  await ouvrir({ type: choisi, donnees: complete, modifiee: connue, origine, ecrit: true });
}

function dire(message) {
  zone("message").textContent = typo(message);
  zone("message").hidden = !message;
}

function montrerBrouillons() {
  const gardes = brouillons();
  zone("brouillons").hidden = !gardes.length;
  zone("brouillons-liste").replaceChildren(
    ...gardes.map(({ nom, type, titre, quand }) => {
      const li = element("li");
      const reprendre = element("button", titre, { type: "button" });
      reprendre.addEventListener("click", () => reprise(nom));
      const oublier = element("button", "Effacer", { type: "button", "aria-label": `Effacer le brouillon ${titre}` });
      oublier.addEventListener("click", () => {
        effacer(nom);
        montrerBrouillons();
        zone("choisir").querySelector("input").focus();
      });
      li.append(reprendre, element("span", `${GENRES[type].libelle}, ${jour(quand)}`), oublier);
      return li;
    }),
  );
}

const jour = (quand) => new Date(quand).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });

/** Une fiche du site, déjà corrigée ici sans que ce soit fini : le brouillon se propose, rien ne s’écrase. */
function proposerDeReprendre(fiche) {
  const garde = brouillons().find(({ modifiee }) => modifiee === fiche);
  zone("reprise").hidden = !garde;
  if (!garde) return;
  const reprendre = element("button", "Reprendre", { type: "button", class: "bouton bouton--second" });
  reprendre.addEventListener("click", () => {
    zone("reprise").hidden = true;
    reprise(garde.nom);
  });
  zone("reprise").replaceChildren(element("p", typo(`Reprendre votre brouillon du ${jour(garde.quand)} ?`)), reprendre);
}

function reprise(nom) {
  const garde = lireBrouillon(nom);
  if (!garde) return false;
  reprendreNom(nom);
  etat.nom = nom;
  ouvrir({ ...garde, ecrit: true, nouveau: false });
  return true;
}

async function finir() {
  etat.toutes = true;
  await mettreAJour();
  const manque = [...zone("accords").querySelectorAll("input:not(:checked)")];
  zone("accords-erreur").hidden = !manque.length;
  if (etat.fautes.length) {
    zone("resume").focus();
    return;
  }
  if (manque.length) {
    manque[0].focus();
    return;
  }
  const donnees = nettoyer(etat.donnees);
  const nom = `${donnees.id}.yml`;
  const fiche = {
    nom,
    chemin: `${etat.schema["x-dossier"]}/${nom}`,
    texte: etat.yaml,
    titre: donnees.titre,
    modifiee: etat.modifiee,
  };
  zone("facons").replaceChildren(
    element("h2", "Votre fiche est prête", { tabindex: "-1" }),
    ...facons(fiche, { depot, contact, annoncer: etat.annoncer, repli: zone("yaml") }),
  );
  zone("facons").firstElementChild.focus();
}

function brancher() {
  zone("choisir").addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const type = racine.querySelector('[name="type"]:checked')?.value;
    if (TYPES.includes(type)) ouvrir({ type, donnees: neuve() });
    else dire("Choisissez d’abord un type de fiche.");
  });
  // Un onglet dupliqué porte le même brouillon : celui qui voit l’autre écrire en prend un nouveau.
  addEventListener("storage", ({ key, newValue }) => {
    if (newValue && key?.endsWith(`:formulaire:${etat.nom}`)) etat.nom = nouveauNom();
  });
  zone("fichier").addEventListener("change", async ({ target }) => {
    const [fichier] = target.files;
    if (!fichier) return;
    dire("");
    await ouvrirFichier(fichier).catch((erreur) => dire(`Ce fichier ne s’ouvre pas. ${erreur.message}`));
    target.value = "";
  });
  zone("redaction").addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    finir();
  });
  zone("telecharger").addEventListener("click", () =>
    enregistrer(`${nettoyer(etat.donnees)?.id ?? "brouillon"}.yml`, etat.yaml),
  );
  zone("copier").addEventListener("click", () => copierOuMontrer(etat.yaml, etat.annoncer, zone("yaml")));
  zone("effacer").addEventListener("click", () => {
    if (!confirm("Effacer ce brouillon ? Ce que vous avez écrit ici sera perdu.")) return;
    clearTimeout(attente);
    etat.tour += 1;
    effacer(etat.nom);
    location.assign(location.pathname);
  });
}

async function commencer() {
  etat.reperes = await charger("api/formulaire.json");
  brancher();
  for (const noeud of racine.querySelectorAll("[data-a-charger]")) noeud.hidden = false;
  montrerBrouillons();
  const voulue = demande(location.search, etat.reperes);
  if (voulue.message) dire(voulue.message);
  const garde = lireBrouillon(etat.nom);
  if (voulue.fiche) {
    if (garde?.modifiee === voulue.fiche && reprise(etat.nom)) return;
    const { type, champs, origine } = await ficheDuSite(voulue.fiche);
    await ouvrir({ type, donnees: champs, modifiee: voulue.fiche, origine });
    proposerDeReprendre(voulue.fiche);
  } else if (voulue.type) {
    await ouvrir({
      type: voulue.type,
      donnees: { ...neuve(), ...(voulue.methode ? { methodes: [voulue.methode] } : {}) },
    });
  } else {
    racine.dataset.pret = "0";
  }
}

commencer().catch(() => {
  dire("Le formulaire ne se charge pas. Vérifiez votre connexion, puis rechargez la page.");
});
