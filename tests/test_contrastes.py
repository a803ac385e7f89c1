"""Recompute the WCAG contrasts of the colour tokens, light and dark, from the site's own CSS."""

import re
from pathlib import Path

import pytest

from macros.modeles import TYPES
from macros.sorties.genres import produits

JETONS = Path(__file__).parents[1] / "docs" / "assets" / "css" / "jetons.css"
SURFACES = ("papier", "feuille", "creux")
TEXTE = 4.5
INTERFACE = 3.0

# (foreground, backgrounds, least contrast): what the look promises of each pair.
PAIRES = [
    *[(encre, SURFACES, TEXTE) for encre in ("encre", "encre-2", "encre-3", "lien", "alerte", "ok")],
    *[(type_, SURFACES, TEXTE) for type_ in TYPES],
    *[(type_, (f"{type_}-fond",), TEXTE) for type_ in TYPES],
    *[("glyphe", (type_,), TEXTE) for type_ in TYPES],
    *[("glyphe", (ruban,), TEXTE) for ruban in ("fr-ensemble", "fr-groupes", "fr-terrain")],
    *[(ruban, ("feuille",), TEXTE) for ruban in ("fr-ensemble", "fr-groupes", "fr-terrain")],
    ("sur-accent", ("lien",), TEXTE),
    ("sur-bloc", ("bloc",), TEXTE),
    ("sur-bloc-2", ("bloc",), TEXTE),
    ("encre", ("surligne", "alerte-fond"), TEXTE),
    ("encre-2", ("alerte-fond",), TEXTE),
    ("lien", ("alerte-fond",), TEXTE),
    ("alerte", ("alerte-fond",), TEXTE),
    ("trait", SURFACES, INTERFACE),
    ("focus", SURFACES, INTERFACE),
]

# The figures the look was agreed on, to one decimal: (foreground, backgrounds, light, dark).
PROMESSES = [
    ("encre", SURFACES, 12.7, 12.8),
    ("encre-2", SURFACES, 7.4, 9.2),
    ("encre-3", SURFACES, 5.6, 6.4),
    ("lien", SURFACES, 7.3, 9.2),
    ("trait", SURFACES, 3.5, 4.3),
    ("focus", SURFACES, 4.9, 10.0),
]


def jetons(selecteur: str) -> dict[str, str]:
    """Return the hexadecimal tokens declared in the first rule whose selectors include this one."""
    css = re.sub(r"/\*.*?\*/", "", JETONS.read_text(encoding="utf-8"), flags=re.S)
    regles = re.findall(re.escape(selecteur) + r"[^{}]*\{([^{}]*)\}", css + produits()["assets/css/genres.css"])
    assert len(regles) > 1, f"aucune règle « {selecteur} » dans {JETONS.name} et genres.css"
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})\s*;", "".join(regles)))


def luminance(couleur: str) -> float:
    """Relative luminance of « #RRGGBB », as WCAG 2 defines it."""
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rouge, vert, bleu = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def contraste(une: str, autre: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    clair, sombre = sorted((luminance(une), luminance(autre)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


def manquements(couleurs: dict[str, str]) -> list[str]:
    """Name every pair that falls short, with its figure."""
    return [
        f"{devant} sur {fond} : {contraste(couleurs[devant], couleurs[fond]):.2f}, attendu {seuil}"
        for devant, fonds, seuil in PAIRES
        for fond in fonds
        if contraste(couleurs[devant], couleurs[fond]) < seuil
    ]


THEMES = {
    "clair": jetons('[data-md-color-scheme="default"]'),
    "sombre": jetons('[data-md-color-scheme="slate"]'),
}


@pytest.mark.parametrize("theme", THEMES)
def test_chaque_paire_est_lisible(theme):
    assert manquements(THEMES[theme]) == []


@pytest.mark.parametrize("theme", THEMES)
def test_les_deux_themes_declarent_les_memes_jetons(theme):
    attendus = {nom for devant, fonds, _ in PAIRES for nom in (devant, *fonds)}
    assert attendus <= THEMES[theme].keys()
    assert THEMES["clair"].keys() == THEMES["sombre"].keys()


@pytest.mark.parametrize(("devant", "fonds", "clair", "sombre"), PROMESSES)
def test_les_chiffres_annonces_sont_les_bons(devant, fonds, clair, sombre):
    for theme, promis in (("clair", clair), ("sombre", sombre)):
        couleurs = THEMES[theme]
        pire = min(contraste(couleurs[devant], couleurs[fond]) for fond in fonds)
        assert pire == pytest.approx(promis, abs=0.06)


@pytest.mark.parametrize(
    ("theme", "jeton", "couleur"), [("clair", "encre-3", "#8A8678"), ("sombre", "lien", "#3C6F5E")]
)
def test_un_jeton_fautif_est_vu(theme, jeton, couleur):
    assert any(message.startswith(jeton) for message in manquements(THEMES[theme] | {jeton: couleur}))


def test_mesure_connue():
    assert contraste("#000000", "#FFFFFF") == pytest.approx(21)
    assert contraste("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
