"""The form judges as the validator does: made-up fiches by the hundred (the long verification: thousands), judged by
both."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Page

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.contribution.retouche import retoucher
from macros.lecture.brute import lire
from macros.lecture.problemes import Position, Probleme
from macros.modeles import TYPES
from macros.regles import REGLES_DES_FICHES, REGLES_DES_VALEURS
from tests.fiches_engendrees import (
    ID,
    MODELES_ENTIERS,
    RACINE,
    RECETTES,
    Juge,
    Recette,
    fautes_choisies,
    fiche,
    schemas,
    vraies,
)
from tests.test_retouche import mots_corriges, remaniees
from tests.test_retouche import vraies as vraies_fiches

Ouvrir = Callable[..., Page]
LONGUE = bool(os.environ.get("VERIF_LONGUE"))
pytestmark = [pytest.mark.longue] if LONGUE else []
NOMBRE = 5000 if LONGUE else 800
LOT = 500
JUGER = """async ([base, lot]) => {
  const module = (nom) => import(`${base}assets/js/formulaire/${nom}.js`);
  const [{ juger, preparer }, { ecrire }, { lireYaml }, { nettoyer, nomDeChamp }, { charger }, { chargerSchema }] =
    await Promise.all(["regles", "yaml", "lecture", "valeurs", "../charger", "schema"].map(module));
  const trier = (v) => (Array.isArray(v) ? v.map(trier) : v && typeof v === "object"
    ? Object.fromEntries(Object.keys(v).sort().map((nom) => [nom, trier(v[nom])])) : v);
  const reperes = await charger("api/formulaire.json");
  const rendus = [];
  for (const brutes of JSON.parse(lot)) {
    const donnees = nettoyer(brutes) ?? {};
    const schema = await chargerSchema(donnees.type);
    const lieux = await preparer(donnees, reperes);
    const fautes = juger({ schema, donnees, reperes, lieux });
    const yaml = ecrire(schema, donnees);
    let relu = "";
    try { relu = lireYaml(yaml); } catch (erreur) { relu = String(erreur); }
    // L’ordre des champs est celui du schéma dans le texte écrit : on compare sans lui.
    const meme = JSON.stringify(trier(relu)) === JSON.stringify(trier(donnees));
    const trouvees = fautes.map(({ regle, chemin, message }) => [regle, nomDeChamp(chemin), message]);
    rendus.push({ yaml, donnees, relu: meme ? "identique" : relu, fautes: trouvees });
  }
  return JSON.stringify(rendus);
}"""
"""Texts go in and out: what they hold is too much for the browser’s own messages."""
DECLAREES = """async (base) => {
  const { REGLES_DES_VALEURS, REGLES_DES_FICHES } = await import(`${base}assets/js/formulaire/regles.js`);
  const { REGLES_DE_FORME } = await import(`${base}assets/js/formulaire/regles/forme.js`);
  return [Object.keys(REGLES_DES_VALEURS), Object.keys(REGLES_DES_FICHES), REGLES_DE_FORME];
}"""


def _recettes() -> list[Recette]:
    lot: list[Recette] = []

    @settings(
        max_examples=NOMBRE,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(RECETTES)
    def collecter(recette: Recette) -> None:
        lot.append(recette)

    collecter()
    return lot


@pytest.fixture(scope="module")
def engendrees(catalogue: Catalogue) -> list[dict[str, Any]]:
    modeles, formes = vraies(catalogue), schemas()
    return [*fautes_choisies().values(), *(fiche(recette, modeles, formes) for recette in _recettes())]


@pytest.fixture(scope="module")
def rendus(navigateur: Any, base: str, engendrees: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page says of each made-up fiche: its faults, its YAML, and this YAML read again."""
    page = navigateur.new_page()
    page.goto(base + "accessibilite/")
    found: list[dict[str, Any]] = []
    for debut in range(0, len(engendrees), LOT):
        found += json.loads(page.evaluate(JUGER, [base, json.dumps(engendrees[debut : debut + LOT])]))
    page.close()
    return found


PROPRES = re.compile(
    r" (Vouliez-vous dire « [^»]* » \?|« [^»]* » a pour code [0-9AB ou]+\.|Cherchez-le dans fiches/\S+"
    r"|Choisissez-la dans la liste proposée\.|Retirez-le, ou placez .*|Cherchez le lieu par son nom\.)"
)
"""Remedies that only one side can give: the validator knows the nearest word, the form shows a list."""


def _sans_remede(message: str) -> str:
    """The message as a terminal would show it (``Probleme``), without what only one side can add."""
    dit = PROPRES.sub("", Probleme("", Position(), "", message.replace("\xa0", " ")).message)
    return re.sub(r"(champ inconnu|n’existe pas)\. Valeurs admises : .*", r"\1.", dit).strip()


def test_le_formulaire_et_le_validateur_disent_les_memes_fautes_aux_memes_champs(
    rendus: list[dict[str, Any]], catalogue: Catalogue, compter: Callable[[str, int], None]
) -> None:
    juge = Juge(catalogue)
    acceptees = 0
    vues: Counter[str] = Counter()
    desaccords = []
    for rendu in rendus:
        donnees = rendu["donnees"]
        id_ = donnees["id"] if isinstance(donnees.get("id"), str) and "/" not in donnees["id"] else ID
        python = juge.constats(rendu["yaml"], donnees["type"], id_)
        page = {(regle, champ, _sans_remede(message)) for regle, champ, message in rendu["fautes"]}
        if ("identifiant_libre", "id", "") in python:
            assert ("identifiant_libre", "id") in {faute[:2] for faute in page}
            continue
        python = {(r, c, _sans_remede(m)) for r, c, m in python if (r, c) != ("place_du_fichier", "id")}
        vues.update({regle for regle, *_ in python})
        if python != page:
            desaccords.append((sorted(python - page), sorted(page - python), rendu["yaml"]))
        acceptees += not page
    assert desaccords == [], f"{len(desaccords)} désaccords, dont : {desaccords[:5]}"
    for regle, rendu in zip(fautes_choisies(), rendus, strict=False):
        assert regle in {r for r, *_ in rendu["fautes"]}, regle
    assert len(rendus) >= NOMBRE * 0.9
    assert acceptees > NOMBRE * 0.07, acceptees
    attendues = {r.__name__ for r in (*REGLES_DES_VALEURS, *REGLES_DES_FICHES)} | MODELES_ENTIERS | {"forme"}
    jamais = attendues - set(vues) - {"place_du_fichier"}
    assert jamais == set(), f"règles que rien n’a essayées : {jamais}"
    compter("fiches engendrées, jugées par le formulaire et le validateur", len(rendus))


def test_ce_que_le_formulaire_ecrit_se_relit_a_l_identique(rendus: list[dict[str, Any]]) -> None:
    for rendu in rendus:
        brut, problemes = lire("x.yml", rendu["yaml"].encode())
        assert brut is not None, (problemes, rendu["yaml"])
        assert brut.donnees == rendu["donnees"], rendu["yaml"]
        assert rendu["relu"] == "identique", (rendu["relu"], rendu["yaml"])


def test_python_ecrit_le_meme_texte(rendus: list[dict[str, Any]]) -> None:
    ecriture = pytest.importorskip("macros.contribution.ecriture")
    for rendu in rendus:
        assert ecriture.ecrire(rendu["donnees"]["type"], rendu["donnees"]) == rendu["yaml"]


def test_le_navigateur_retouche_comme_python(ouvrir: Ouvrir, base: str) -> None:
    """Nothing changed, one word, or an hour of work: the same bytes, and those of Python."""
    editions = [*vraies_fiches(), *mots_corriges(1000), *remaniees(400)]
    textes = ouvrir("accessibilite/").evaluate(
        """async ([base, lot]) => {
          const module = (nom) => import(`${base}assets/js/formulaire/${nom}.js`);
          const [{ retoucher }, { chargerSchema }] = await Promise.all(["retouche", "schema"].map(module));
          const textes = [];
          for (const [type, texte, champs] of JSON.parse(lot))
            textes.push(retoucher(await chargerSchema(type), texte, champs));
          return textes;
        }""",
        [base, json.dumps(editions)],
    )
    for edition, texte in zip(editions, textes, strict=True):
        assert texte == retoucher(TYPES[edition.type], edition.texte, edition.champs)


def test_le_vrai_chargement_accepte_ce_que_le_formulaire_accepte(rendus: list[dict[str, Any]], tmp_path: Path) -> None:
    """The judge of these tests is not the loading itself: a sample goes through the real one."""
    fichiers = []
    for rang, rendu in enumerate([r for r in rendus if not r["fautes"]][:40]):
        donnees = rendu["donnees"]
        if donnees["id"] != ID or ID in json.dumps({**donnees, "id": ""}):
            continue
        fichier = tmp_path / TYPES[donnees["type"]].PLURIEL / f"{ID}-{rang}.yml"
        fichier.parent.mkdir(exist_ok=True)
        fichier.write_text(rendu["yaml"].replace(f"id: {ID}\n", f"id: {ID}-{rang}\n"), encoding="utf-8")
        fichiers.append(fichier)
    assert len(fichiers) > 20
    assert charger(RACINE, fichiers)[1] == []


def test_chaque_regle_du_validateur_est_declaree_par_le_formulaire(ouvrir: Ouvrir, base: str) -> None:
    valeurs, fiches, formes = ouvrir("accessibilite/").evaluate(DECLAREES, base)
    python_valeurs = {r.__name__ for r in REGLES_DES_VALEURS} - {"place_du_fichier"}
    assert set(valeurs) == python_valeurs | {"identifiant_libre"}
    python_fiches = {r.__name__ for r in REGLES_DES_FICHES}
    assert set(fiches) == python_fiches | {"methodes_adaptees", "remplacement_sans_fin"}
    assert set(formes) == MODELES_ENTIERS


LUS = [
    "a: b # c", "a: b\n  c\n\n  d", 'a: "b\n  c\n\n  d"', "a: 'b''c'", "a: [x,\n  y, # n\n  'z']",
    "a: {b: c, d: [e, {f: g}]}", "a: |\n  x\n   y\n\n  z\n", "a: |-\n  x", "a: >-\n  x\n  y\n\n  z", "a: >\n\n  x\n",
    "a:\n- x\n- y: z\n  t: u\n-\n  v: w", "a:\n  - - x\n    - y", 'a: "\\u00e9\\x41\\n\\""', "a: http://x.fr/#y",
    "a: x:y#z", "a: «\xa0x\xa0»", "a: ~", 'a: ""', "a: []", "a: {}", '"a b": c', "a b : c", "# c\na: b\r\n",
    "a: x\ty", 'a: {"b": c}', "a: [a:b, 08:30]", "a: >- # n\n  x",
]  # fmt: skip
REFUSES = [
    "a: b # c\n  d", "a: &x b", "a: *x", "a: !x b", "a: - b", "a: b: c", "a: b:", "a:", "a: [x, y", "a: {b: c",
    "a: {b}", 'a: "b', "a: 'b", "a: @b", "a: `b", "a: b\na: c", "a:\n\tb: c", 'a: "b" c', "a: [x] y",
    "a: b\n---\nb: c", "a: b\nc", "a: x\n  # c\n  y", 'a: "\\ud800"', "a: [,x]", "a:\n   - b\n  - c", "a: [b]\n  c",
    "__proto__: {a: b}", "a: " + "[" * 25, "a: ? x", "a: -x", "a: Le lot # 3",
    "a:\n  - x\n  -y", "a:\n  • x", "a:\n  b: x", " a: x", "a: *x*",
]  # fmt: skip
PROPRES_AU_FORMULAIRE = [
    "a: >-\n  x\n    y", "a: |+\n  x\n\n", 'a: "\\e"', "a: [b: c]", "? a\n: b", "a: |2\n  x",
]  # fmt: skip
"""What only YAML's own reader takes: nobody writes it in a fiche, and the form says so rather than guess."""


def test_le_lecteur_du_formulaire_lit_comme_python_ou_refuse(ouvrir: Ouvrir, base: str) -> None:
    textes = [f"type: site\n{texte}\n" for texte in (*LUS, *REFUSES, *PROPRES_AU_FORMULAIRE)]
    rendus = ouvrir("accessibilite/").evaluate(
        """async ([base, textes]) => {
          const { Refus, lireYaml } = await import(`${base}assets/js/formulaire/lecture.js`);
          return textes.map((texte) => {
            try { return JSON.stringify(lireYaml(texte)); } catch (e) { if (e instanceof Refus) return null; throw e; }
          });
        }""",
        [base, textes],
    )
    for texte, rendu in zip(textes, rendus, strict=True):
        brut, _ = lire("x.yml", texte.encode())
        if texte.removeprefix("type: site\n")[:-1] in LUS:
            assert brut is not None and rendu is not None and json.loads(rendu) == brut.donnees, texte
        else:
            assert rendu is None, texte


def test_les_vraies_fiches_s_ouvrent_et_ne_portent_aucune_faute(
    ouvrir: Ouvrir, base: str, catalogue: Catalogue
) -> None:
    textes = [[f.id, (RACINE / catalogue.fichiers[f.id]).read_text("utf-8")] for f in catalogue.fiches.values()]
    lues = ouvrir("accessibilite/").evaluate(
        """async ([base, textes]) => {
          const module = (nom) => import(`${base}assets/js/formulaire/${nom}.js`);
          const [{ juger, preparer }, { lireYaml }, { nettoyer }, { charger }, { chargerSchema }] =
            await Promise.all(["regles", "lecture", "valeurs", "../charger", "schema"].map(module));
          const reperes = await charger("api/formulaire.json");
          const rendus = [];
          for (const [id, texte] of textes) {
            const donnees = lireYaml(texte);
            const lieux = await preparer(donnees, reperes);
            const schema = await chargerSchema(donnees.type);
            const publiee = await charger(`api/fiches/${id}.json`);
            rendus.push([donnees, JSON.stringify(nettoyer(donnees)) === JSON.stringify(donnees),
              JSON.stringify(publiee) === JSON.stringify(donnees),
              juger({ schema, donnees, reperes, lieux, modifiee: id }).map(({ message }) => message)]);
          }
          return rendus;
        }""",
        [base, textes],
    )
    for (id_, texte), (donnees, propre, publiee, fautes) in zip(textes, lues, strict=True):
        brut, _ = lire(f"{id_}.yml", texte.encode())
        assert brut is not None
        assert donnees == brut.donnees, id_
        assert propre, id_
        assert publiee, id_
        assert fautes == [], id_
