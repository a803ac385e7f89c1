// La commune du lecteur, retenue dans ce navigateur seulement : rien ne part. Elle s’oublie d’un geste.
import { ecrire, effacer, lire } from "../socle.js";
import { CODE } from "./lieux.js";

const CLE = "commune";
const LONGUEUR = 100;
export const EVENEMENT = "commune-retenue";

const annoncer = (detail) => document.dispatchEvent(new CustomEvent(EVENEMENT, { detail }));

/** `lieu` : au moins `{code, nom}`. L’évènement porte ce qui est désormais retenu. */
export function retenir({ code, nom }) {
  ecrire(CLE, { code, nom });
  annoncer(retenue());
}

/** `{code, nom}`, ou null : rien n’est retenu, ou ce qui l’est a été abîmé. */
export function retenue() {
  const garde = lire(CLE);
  const { code, nom } = garde !== null && typeof garde === "object" ? garde : {};
  const sain = typeof code === "string" && CODE.test(code) && typeof nom === "string" && nom.trim();
  return sain && nom.length <= LONGUEUR ? { code, nom } : null;
}

export function oublier() {
  effacer(CLE);
  annoncer(null);
}
