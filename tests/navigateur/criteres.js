// What WCAG 2.2 asks and axe does not measure. Each function returns { vus, fautes }: how many elements were seen, and
// one line per fault. Evaluated in the page.
(() => {
  const FOYER = "a[href], area[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
  const CIBLE = "a[href], button, input, select, textarea, summary, [role=option], [role=button]";
  const COTE = 24;

  const court = (texte) => (texte ?? "").replace(/\s+/g, " ").trim().slice(0, 50);
  const nom = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} « ${court(e.getAttribute("aria-label") ?? (e.textContent || e.value || e.name))} »`;
  const visible = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0;
  const dialogue = () => document.querySelector("dialog[open]:modal");
  const portee = () => dialogue() ?? document;
  const cache = (e) => {
    const { width, height } = e.getBoundingClientRect();
    return width <= 2 || height <= 2;
  };

  // ---- colours

  function composantes(couleur) {
    const [r, v, b, a = 1] = couleur.match(/[\d.]+/g).map(Number);
    return [r, v, b, a];
  }
  function luminance([r, v, b]) {
    const [x, y, z] = [r, v, b].map((c) => (c / 255 <= .04045 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4));
    return .2126 * x + .7152 * y + .0722 * z;
  }
  function contraste(une, autre) {
    const [haut, bas] = [luminance(une), luminance(autre)].sort((a, b) => b - a);
    return (haut + .05) / (bas + .05);
  }
  /** The opaque colour painted behind an element: the nearest ancestor that has one. */
  function fond(e) {
    for (let n = e; n; n = n.parentElement) {
      const couleur = composantes(getComputedStyle(n).backgroundColor);
      if (couleur[3] === 1) return couleur;
    }
    return [255, 255, 255, 1];
  }

  // ---- focus: seen, thick, contrasted, never wholly covered (2.4.7, 2.4.11, 2.4.13)

  /** What bears the ring: the element, or the frame, the label or the drawing that shows it in its place. */
  function porteurs(e) {
    const cadres = [e, e.closest(".chercher__champ, .recherche__champ"), e.closest("label"), e.querySelector(".plan__zone"),
      ...(e.labels ?? [])];
    return cadres.filter(Boolean);
  }
  function trait(e) {
    for (const porte of porteurs(e)) {
      const style = getComputedStyle(porte);
      if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) {
        // The ring stands off the element: what lies behind it is what the parent shows.
        const dehors = parseFloat(style.outlineOffset) >= 0 ? porte.parentElement : porte;
        return { porte, large: parseFloat(style.outlineWidth), couleur: composantes(style.outlineColor), dessous: fond(dehors) };
      }
      if (porte instanceof SVGElement && style.stroke !== "none" && porte.matches(".plan__zone")) {
        return { porte, large: parseFloat(style.strokeWidth), couleur: composantes(style.stroke), dessous: fond(porte.closest("svg").parentElement) };
      }
    }
    return null;
  }
  /** True when a part at least of the element is on screen with nothing over it. */
  function decouvert(e) {
    for (const { left, right, top, bottom } of e.getClientRects()) {
      const [g, d, h, b] = [Math.max(left, 0), Math.min(right, innerWidth), Math.max(top, 0), Math.min(bottom, innerHeight)];
      if (d - g < 1 || b - h < 1) continue;
      for (const [x, y] of [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]]) {
        const dessus = document.elementFromPoint(g + (d - g) * x, h + (b - h) * y);
        if (dessus && (e.contains(dessus) || dessus.contains(e) || [...(e.labels ?? [])].some((l) => l.contains(dessus)))) return true;
      }
    }
    return false;
  }
  /** What is wrong with the ring of the element that has the focus; an empty text when it is seen. */
  function foyer(e = document.activeElement) {
    if (!e || e === document.body || e === document.documentElement) return "";
    const anneau = trait(e);
    if (!anneau || anneau.large < 2) return `${nom(e)} : anneau de ${anneau?.large ?? 0} px`;
    const rapport = contraste(anneau.couleur, anneau.dessous);
    if (rapport < 3) return `${nom(e)} : anneau à ${rapport.toFixed(2)} de contraste`;
    // A field drawn elsewhere (a file behind its button) is seen by what bears its ring.
    return decouvert(cache(e) ? anneau.porte : e) ? "" : `${nom(e)} : caché au moment du focus`;
  }
  function foyers() {
    const fautes = new Set();
    const arrets = [...portee().querySelectorAll(FOYER)].filter((e) => e.tabIndex >= 0 && visible(e) && !e.disabled && !e.closest("[inert]"));
    let vus = 0;
    // Down, then up: what sticks to the bottom of the window, then to its top.
    for (const e of [...arrets, ...arrets.toReversed()]) {
      e.focus();
      if (document.activeElement !== e || !e.matches(":focus-visible")) continue;
      vus += 1;
      fautes.add(foyer(e));
    }
    return { vus, fautes: [...fautes].filter(Boolean) };
  }

  // ---- targets: 24 px, or set apart, or in a line of text (2.5.8)

  function dansUnePhrase(e) {
    if (!getComputedStyle(e).display.startsWith("inline")) return false;
    let bloc = e.parentElement;
    while (bloc && getComputedStyle(bloc).display.startsWith("inline")) bloc = bloc.parentElement;
    const mots = (n) => (n?.textContent ?? "").replace(/\s+/g, " ").trim().length;
    return mots(bloc) > mots(e);
  }
  const rectangle = (e) => {
    const etiquette = e.matches("input[type=checkbox], input[type=radio], input[type=file]") && (e.closest("label") ?? e.labels?.[0]);
    const { left, top, width, height } = (etiquette || e).getBoundingClientRect();
    return { left, top, width, height, x: left + width / 2, y: top + height / 2 };
  };
  /** Off screen, or with nothing over it. */
  const touchable = (e) => {
    const { top, bottom } = e.getBoundingClientRect();
    return bottom <= 0 || top >= innerHeight || decouvert(e);
  };
  const petite = ({ width, height }) => width < COTE - .5 || height < COTE - .5;
  function cibles() {
    const toutes = [...portee().querySelectorAll(CIBLE)]
      .filter((e) => visible(e) && !e.disabled && !e.closest(".visuellement-cache") && !(cache(e) && !e.labels?.length) && touchable(e))
      .map((e) => ({ e, r: rectangle(e) }));
    const ecart = (c, { r }) => Math.hypot(Math.max(r.left - c.x, 0, c.x - r.left - r.width), Math.max(r.top - c.y, 0, c.y - r.top - r.height));
    const fautes = toutes.filter(({ e, r }) => petite(r) && !dansUnePhrase(e)).filter(({ e, r }) => toutes.some((autre) => {
      if (autre.e === e || autre.e.contains(e) || e.contains(autre.e)) return false;
      return petite(autre.r) ? Math.hypot(autre.r.x - r.x, autre.r.y - r.y) < COTE : ecart(r, autre) < COTE / 2;
    }));
    return { vus: toutes.length, fautes: fautes.map(({ e, r }) => `${nom(e)} : ${r.width.toFixed(0)} × ${r.height.toFixed(0)} px`) };
  }

  // ---- reflow and text spacing (1.4.10, 1.4.12)

  function debordements() {
    const large = document.documentElement.clientWidth;
    const rogne = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== "visible" || rogne(e.parentElement));
    const fautes = document.documentElement.scrollWidth <= large ? [] : [...document.body.querySelectorAll("*")]
      .filter((e) => e.getBoundingClientRect().right > large + 1 && !rogne(e)).map(nom).slice(-3)
      .concat(`page de ${document.documentElement.scrollWidth} px sur ${large}`);
    const boite = dialogue();
    if (boite && boite.scrollWidth > boite.clientWidth + 1) fautes.push(`boîte de ${boite.scrollWidth} px sur ${boite.clientWidth}`);
    return { vus: 1, fautes };
  }
  const ESPACEMENTS = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
    + ".appel a::after, .appel-kit::after { inset: 0 !important; min-width: 0 !important; }"; // la zone du doigt n’est pas du texte
  /** Spread the text as a reader may, then look for what is cut. */
  function espacement() {
    const feuille = new CSSStyleSheet(); // comme le ferait une extension : la politique de sécurité refuse un <style>
    feuille.replaceSync(ESPACEMENTS);
    document.adoptedStyleSheets.push(feuille);
    const textes = [...portee().querySelectorAll("*")]
      .filter((e) => visible(e) && !cache(e) && !(e instanceof SVGElement) && !e.closest("[aria-hidden=true]"));
    const fautes = textes.filter((e) => {
      if (e.matches("html, body, input, select, textarea, option, optgroup")) return false;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(e);
      const coupe = (sens) => sens === "hidden" || sens === "clip";
      return court(e.textContent) && ((coupe(overflowY) && e.scrollHeight > e.clientHeight + 2)
        || (coupe(overflowX) && e.scrollWidth > e.clientWidth + 2) || (textOverflow === "ellipsis" && e.scrollWidth > e.clientWidth));
    }).map((e) => `${nom(e)} : texte coupé`);
    fautes.push(...debordements().fautes, ...chevauchements(textes));
    document.adoptedStyleSheets.pop();
    return { vus: textes.length, fautes };
  }
  /** Buttons and links whose text comes out of their box, over what follows. */
  const chevauchements = (textes) => textes.filter((e) => e.matches("button, .bouton, summary, label, th, td")
    && getComputedStyle(e).overflowX === "visible" && e.clientWidth && e.scrollWidth > e.clientWidth + 2)
    .map((e) => `${nom(e)} : texte hors de sa boîte (${e.scrollWidth} px sur ${e.clientWidth})`);

  // ---- motion (2.3.3), labels spoken as they are seen (2.5.3)

  function mouvements() {
    const tous = [...document.querySelectorAll("*")];
    const duree = (texte) => Math.max(...texte.split(",").map((t) => parseFloat(t) * (t.trim().endsWith("ms") ? 1 : 1000)));
    const fautes = tous.filter((e) => {
      const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(e);
      return duree(transitionDuration) > 0 || (animationName !== "none" && duree(animationDuration) > 0) || scrollBehavior === "smooth";
    }).map((e) => `${nom(e)} : bouge`);
    return { vus: tous.length, fautes };
  }
  const plier = (texte) => (texte ?? "").normalize("NFKC").toLowerCase().replace(/[\s\u00a0\u202f]+/g, " ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  function noms() {
    const vus = [...portee().querySelectorAll(`:is(${CIBLE})[aria-label]`)].filter(visible);
    const fautes = vus.filter((e) => {
      const montre = plier(e.labels?.length ? [...e.labels].filter((l) => !cache(l)).map((l) => l.innerText).join(" ") : e.innerText);
      return /[\p{L}]{2}/u.test(montre) && !plier(e.getAttribute("aria-label")).includes(montre);
    }).map((e) => `${nom(e)} : le nom dit « ${e.getAttribute("aria-label")} », l’écran « ${court(e.innerText || e.labels?.[0]?.innerText)} »`);
    return { vus: vus.length, fautes };
  }

  window.criteres = { foyer, foyers, cibles, debordements, espacement, mouvements, noms };
})();
