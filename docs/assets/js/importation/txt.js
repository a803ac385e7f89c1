// Le texte d’un .txt. Les mêmes règles que macros/contribution/importation/txt.py, que Python lit sans navigateur.

import { dire } from "../partage/importation.js";
import { refus } from "./refus.js";

const SIGNATURES = ["PK\x03\x04", "%PDF", "\xd0\xcf\x11\xe0", "\x89PNG", "\xff\xd8\xff", "GIF8", "\x7fELF", "MZ\x90"];

/** Le texte et les remarques. Lève DocumentRefuse sur ce qui n’est pas du texte. */
export function lire(octets) {
  const debut = String.fromCharCode(...octets.subarray(0, 8));
  if (SIGNATURES.some((signature) => debut.startsWith(signature))) throw refus("binaire");
  if (debut.startsWith("\xff\xfe")) return [new TextDecoder("utf-16le").decode(octets), []];
  if (debut.startsWith("\xfe\xff")) return [new TextDecoder("utf-16be").decode(octets), []];
  let controles = 0;
  for (const octet of octets) {
    if (octet === 0) throw refus("binaire");
    if (octet < 9 || (octet > 13 && octet < 32)) controles += 1;
  }
  if (controles / Math.max(1, octets.length) > 0.01) throw refus("binaire");
  try {
    return [new TextDecoder("utf-8", { fatal: true }).decode(octets), []];
  } catch {
    return [new TextDecoder("windows-1252").decode(octets), [dire("latin")]];
  }
}
