// Des octets passés dans un flux ou écrits en lettres d’adresse. Ce qui vient d’ailleurs n’est jamais tenu pour petit.

/** Passe les octets dans un flux (CompressionStream…) ; lève RangeError dès que ce qui en sort dépasse la limite. */
export async function passer(octets, flux, limite = Infinity) {
  const lecteur = new Blob([octets]).stream().pipeThrough(flux).getReader();
  const morceaux = [];
  let taille = 0;
  for (let lu = await lecteur.read(); !lu.done; lu = await lecteur.read()) {
    taille += lu.value.length;
    if (taille > limite) {
      lecteur.cancel().catch(() => {});
      throw new RangeError("trop long");
    }
    morceaux.push(lu.value);
  }
  return new Uint8Array(await new Blob(morceaux).arrayBuffer());
}

/** Base64 d’adresse (RFC 4648, § 5), sans « = ». */
export const enBase64 = (octets) =>
  btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/u, "");

/** L’inverse ; lève une erreur sur tout autre signe. */
export function deBase64(texte) {
  if (!/^[\w-]*$/u.test(texte)) throw new TypeError("base64");
  return Uint8Array.from(atob(texte.replaceAll("-", "+").replaceAll("_", "/")), (signe) => signe.charCodeAt(0));
}
