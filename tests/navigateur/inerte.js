// Ce qui, dans la page ouverte, s’est exécuté ou pourrait l’être : la liste des fautes (test_corpus_hostile.py
// l’évalue).
() => {
  const fautes = [];
  if (window.pris !== undefined) fautes.push("window.pris est écrit");
  if ({}.pris !== undefined) fautes.push("Object.prototype est écrit");
  for (const noeud of document.querySelectorAll("*")) {
    for (const { name, value } of noeud.attributes) {
      if (/^on/iu.test(name)) fautes.push(`${noeud.localName} ${name}`);
      if (/^(href|src|action|formaction|data|xlink:href)$/iu.test(name)
        && /^(javascript|vbscript|data:text)/iu.test(value.replace(/[\u0000-\u0020]/gu, ""))) fautes.push(`${noeud.localName} ${value.slice(0, 60)}`);
    }
    if (["iframe", "object", "embed", "base"].includes(noeud.localName)) fautes.push(noeud.localName);
    if (noeud.localName === "img" && noeud.getAttribute("src") === "x") fautes.push("img");
    if (noeud.localName === "script" && !/json/u.test(noeud.type) && /pris/u.test(noeud.textContent)) fautes.push("script");
  }
  if (!document.querySelector("h1")) fautes.push("aucun titre");
  return fautes;
}
