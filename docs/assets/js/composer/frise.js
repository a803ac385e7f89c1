// La journée en couloirs, au-dessus de ses cartes : un dessin, dont la liste en dessous dit tout.
import { element } from "../socle.js";
import COMMUN from "../partage/commun.js";
import { heure, minutes } from "../francais.js";

const COULOIRS = Object.entries(COMMUN.couloirs);

export function dessinerFrise(cadre, jour) {
  const debut = minutes(jour.debut);
  const placees = jour.sequences.map((s) => ({ ...s, de: minutes(s.debut) })).map((s) => ({ ...s, a: s.de + s.duree }));
  const premier = Math.min(debut, ...placees.map(({ de }) => de));
  const dernier = Math.max(...placees.map(({ a }) => a));
  cadre.hidden = placees.length < 2 || placees.some(({ lendemain }) => lendemain);
  if (cadre.hidden) return;
  const presents = COULOIRS.filter(([modalite]) => placees.some((s) => s.modalite === modalite));
  const part = (m) => `${((m - premier) / (dernier - premier)) * 100}%`;
  const poser = (noeud, de, a) => {
    noeud.style.insetInlineStart = part(de);
    noeud.style.width = part(premier + a - de);
    return noeud;
  };
  let numero = 0;
  const blocs = placees.map((s) => {
    const bloc = poser(element("span"), s.de, s.a);
    if (s.modalite === "pause") bloc.className = "composer-frise__pause";
    else {
      bloc.className = `composer-frise__bloc ruban-${COMMUN.rubans[s.modalite]}`;
      bloc.textContent = String(++numero);
      bloc.dataset.rang = String(presents.findIndex(([m]) => m === s.modalite) + 1);
    }
    return bloc;
  });
  const heures = [];
  const pas = dernier - premier > 600 ? 120 : 60;
  for (let h = Math.ceil(premier / 60) * 60; h <= dernier; h += pas) {
    const repere = element("span", heure(h), { class: "composer-frise__heure" });
    repere.style.insetInlineStart = part(h);
    heures.push(repere);
  }
  const noms = element("ul", "", { class: "composer-frise__noms" });
  noms.append(...presents.map(([, nom]) => element("li", nom)));
  const piste = element("div", "", { class: "composer-frise__piste", "data-couloirs": presents.length });
  piste.append(...heures, ...blocs);
  cadre.replaceChildren(noms, piste);
}
