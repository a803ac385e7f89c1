// Le refus d’un document ; son message, en français, dit pourquoi et que faire.
import { dire } from "../partage/importation.js";

/** Le document ne peut pas être lu. */
export class DocumentRefuse extends Error {}

/** Le refus dont le message porte ce nom dans macros/modeles/partage/importation.yml. */
export const refus = (nom, valeurs) => new DocumentRefuse(dire(nom, valeurs));
