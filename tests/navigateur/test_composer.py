"""« Composer mon atelier » in a real browser: the same rules as the kits, edits, links, drafts, keyboard, hostile
values."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.catalogue.fige import Catalogue
from macros.catalogue.materiel import materiel_du_kit
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import typographier
from macros.modeles import Chiffre, Kit, Seance
from macros.modeles.seances.agenda import creneaux
from macros.modeles.seances.retroplanning import blocs
from macros.pages.outils.composeur import composition
from macros.regles.kits import methodes_adaptees

from .conftest import Journal

Ouvrir = Callable[..., Page]
PAGE = "composer/"
POIX = "composer/?kit=atelier-territorial-journee"
CARTES = "[data-sequence]"
PREMIER_MARS = """{
  const jour = new Date("2027-03-01T10:00:00").getTime();
  window.Date = class extends Date { constructor(...d) { super(...(d.length ? d : [jour])); } };
}"""
"""What the page takes for today."""
# The eleven slots of the programme of 20 October 2021.
JOURNEE = [
    ("Accueil, constitution des groupes", 30, "08:30", "09:00"),
    ("Présenter la journée", 15, "09:00", "09:15"),
    ("Échanger sur la posture", 30, "09:15", "09:45"),
    ("Préparer la visite", 15, "09:45", "10:00"),
    ("L’expérience du terrain", 120, "10:00", "12:00"),
    ("Déjeuner", 60, "12:00", "13:00"),
    ("Mettre en commun", 75, "13:00", "14:15"),
    ("Présenter la boîte à outils", 30, "14:15", "14:45"),
    ("Proposer un accompagnement", 75, "14:45", "16:00"),
    ("Restituer, groupe par groupe", 45, "16:00", "16:45"),
    ("Conclure", 15, "16:45", "17:00"),
]
METHODES = {
    "Échanger sur la posture": "exemples-contre-exemples",
    "Préparer la visite": "preparation-de-visite",
    "L’expérience du terrain": "visite-exploratoire",
    "Mettre en commun": "recollement-par-groupe",
    "Présenter la boîte à outils": "sequence-boite-a-outils",
    "Proposer un accompagnement": "proposition-accompagnement",
    "Restituer, groupe par groupe": "restitution-par-groupe",
}
HOSTILES = [
    "<img src=x onerror=window.PIEGE=1>",
    "</script><script>window.PIEGE=1</script>",
    "{{ 7 * 7 }} {% raw %}",
    "javascript:window.PIEGE=1",
    "__proto__",
    "\u202e\u0000\u0007 à l’envers",
    "\ud83d seul, puis 🌳🏘️👩‍🌾",
]
MODULES = """async ({ base }) => {
  const lire = (nom) => import(`${base}assets/js/${nom}.js`);
  const noms = ["agenda", "etat", "gestes", "adresse", "memoire", "calendrier", "alertes"].map((nom) => `composer/${nom}`);
  window.m = Object.assign({}, ...await Promise.all(["francais", ...noms].map(lire)));
  window.donnees = await (await fetch(`${base}api/composer.json`)).json();
}"""


def _prete(page: Page) -> Page:
    expect(page.locator("[data-composer]")).to_be_visible()
    return page


def _modules(page: Page, base: str) -> Page:
    page.evaluate(MODULES, {"base": base})
    return page


def _creneaux(page: Page) -> list[tuple[str, str]]:
    return [
        (c["debut"], c["fin"])
        for c in page.locator(CARTES).evaluate_all("cartes => cartes.map((c) => ({ ...c.dataset }))")
    ]


def _titres(page: Page) -> list[str]:
    return page.locator(f"{CARTES} h3 > span:last-child").all_text_contents()


def _carte(page: Page, titre: str) -> Locator:
    return page.locator(CARTES).filter(has=page.locator("h3", has_text=titre))


def _fixer(page: Page, titre: str, heure: str) -> None:
    carte = _carte(page, titre)
    carte.locator("[data-champ=fixer]").check()
    carte.locator("[data-champ=fixe]").fill(heure)


def _kits(catalogue: Catalogue) -> list[Kit]:
    return [f for f in catalogue.fiches.values() if isinstance(f, Kit)]


def _calculer(page: Page, compositions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Programmes of many compositions, in one go."""
    done: list[dict[str, Any]] = page.evaluate(
        "liste => liste.map((c) => m.calculer(m.valider(c), donnees, '2026-11-22'))", list(compositions)
    )
    return done


# --- the same rules as Python


def _mutes(kit: Kit, hasard: random.Random) -> Kit:
    """The kit with other durations: holes and overlaps appear around its fixed starts."""
    seances = [
        s.model_copy(
            update={
                "sequences": tuple(
                    q.model_copy(update={"duree": max(5, min(720, q.duree + 5 * hasard.randint(-8, 8)))})
                    for q in s.sequences
                )
            }
        )
        for s in kit.seances
    ]
    n = hasard.choice([6, 12, 20, 24, 32, 48, 80])
    participants = (Chiffre(valeur=n, unite="personne", source="kit"),)
    return kit.model_copy(
        update={
            "seances": tuple(seances),
            "participants": participants,
            "groupes": hasard.choice([None, 1, 2, 3, 5, 9]),
        }
    )


def test_same_times_supplies_tasks_and_warnings_as_the_kits(ouvrir: Ouvrir, base: str, catalogue: Catalogue) -> None:
    hasard = random.Random(8)
    kits = [v for kit in _kits(catalogue) for v in (kit, *(_mutes(kit, hasard) for _ in range(12)))]
    programmes = _calculer(_modules(ouvrir(PAGE), base), map(composition, kits))
    sequences = alertes = 0
    for kit, programme in zip(kits, programmes, strict=True):
        for seance, jour in zip(kit.seances, programme["jours"], strict=True):
            sequences += _same_times(seance, jour)
        assert _spaced([(b["nom"], b["total"], b["calcul"]) for b in programme["materiel"]]) == _spaced(
            [(texte_nu(b.nom).rstrip(" ."), b.total, b.calcul) for b in materiel_du_kit(kit, catalogue.fiches)]
        )
        alertes += _same_warnings(kit, programme, catalogue)
    assert sequences > 1000 and alertes > 100


def _same_times(seance: Seance, jour: dict[str, Any]) -> int:
    places = creneaux(seance)
    attendus = [(p.debut % 1440, p.fin % 1440, p.ecart) for p in places]
    lus = [(_minutes(s["debut"]), _minutes(s["fin"]), s["ecart"]) for s in jour["sequences"]]
    assert lus == attendus, seance.titre
    return len(places)


def _minutes(heure: str) -> int:
    return int(heure[:2]) * 60 + int(heure[3:])


def _spaced(lignes: list[tuple[str, int | None, str]]) -> list[tuple[str, int | None, str]]:
    return [(re.sub(r"\s", " ", nom), total, re.sub(r"\s", " ", calcul)) for nom, total, calcul in lignes]


def _same_warnings(kit: Kit, programme: dict[str, Any], catalogue: Catalogue) -> int:
    ids = [[s["id"] for s in jour["sequences"]] for jour in programme["jours"]]
    python = {
        (ids[chemin[1]][chemin[3]], chemin[4])  # type: ignore[index]
        for chemin, _ in methodes_adaptees(SimpleNamespace(fiche=kit), catalogue.fiches)  # type: ignore[arg-type]
    }
    regles = {"alors que la méthode": "duree", "est faite pour": "methode"}
    ecran = {
        (a["sequence"], champ)
        for a in programme["alertes"]
        for mots, champ in regles.items()
        if mots in a["texte"].replace("\u00a0", " ")
    }
    assert ecran == python, kit.id
    return len(python)


def test_same_tasks_in_the_same_order(ouvrir: Ouvrir, base: str, catalogue: Catalogue) -> None:
    """On anchors set to one date each, the tasks of an anchor follow as on the page of the kit."""
    page = _modules(ouvrir(PAGE), base)
    taches = 0
    for kit in _kits(catalogue):
        datee = {**composition(kit), "ancres": {a.id: "2027-03-10" for a in kit.ancres}}
        (programme,) = _calculer(page, [datee])
        for bloc in blocs(kit):
            lues = [t["tache"] for t in programme["taches"] if t["ancre"] == typographier(bloc.ancre)]
            retards = [
                t["tache"] for t in programme["taches"] if t["ancre"] == typographier(bloc.ancre) and t["retard"]
            ]
            assert lues == [texte_nu(t["tache"]) for t in bloc.taches]
            assert lues[: len(retards)] == retards
            taches += len(lues)
    assert taches > 80


def test_real_kits_start_without_fault(ouvrir: Ouvrir, base: str, catalogue: Catalogue) -> None:
    """A kit opens with advice at most, never with something to correct."""
    for programme in _calculer(_modules(ouvrir(PAGE), base), map(composition, _kits(catalogue))):
        assert {a["gravite"] for a in programme["alertes"]} <= {"conseil"}, programme["kit"]


def test_warnings_begin_just_past_their_limit(ouvrir: Ouvrir, base: str) -> None:
    """Midnight, two hours without a pause, what lets one breathe, ten minutes a group: nothing at the limit, then a
    word."""

    def journee(*sequences: dict[str, Any], debut: str = "09:00", groupes: int = 1) -> dict[str, Any]:
        suite = [{"id": f"s{n}", "titre": f"n{n}", "modalite": "pleniere", **s} for n, s in enumerate(sequences)]
        return {"v": 1, "groupes": groupes, "jours": [{"id": "j", "titre": "J", "debut": debut, "sequences": suite}]}

    restituer = {"methode": "restitution-par-groupe"}
    essais = [
        ("dépasse minuit", lambda n: journee({"duree": n}, debut="23:00"), 60, 61),
        ("dure plus de deux heures", lambda n: journee({"duree": n}), 120, 121),
        ("sans pause", lambda n: journee({"duree": 60}, {"duree": n}), 60, 61),
        ("sans pause", lambda n: journee({"duree": 90}, {"duree": 60, "fixe": f"10:{30 + n}"}), 10, 9),
        ("à chacun des 4 groupes", lambda n: journee({"duree": n, **restituer}, groupes=4), 40, 39),
    ]
    page = _modules(ouvrir(PAGE), base)
    for mots, faire, permis, de_trop in essais:
        for minutes, dit in ((permis, False), (de_trop, True)):
            (programme,) = _calculer(page, [faire(minutes)])
            textes = [a["texte"].replace("\u00a0", " ") for a in programme["alertes"]]
            assert any(mots in texte for texte in textes) is dit, (mots, minutes, textes)


# --- the calendar


def test_holidays(ouvrir: Ouvrir, base: str) -> None:
    page = _modules(ouvrir(PAGE), base)
    feries = "[['2027-03-29', '59'], ['2027-03-26', '67'], ['2027-03-26', '75'], ['2027-12-20', '974'], ['2027-03-30', '67']]"
    assert page.evaluate(f"{feries}.map(([jour, d]) => m.ferie(jour, d, donnees.calendrier))") == [
        "lundi de Pâques", "vendredi saint", None, "abolition de l’esclavage", None,
    ]  # fmt: skip
    assert page.evaluate("m.ouvrePrecedent('2027-05-17', '59', donnees.calendrier)") == "2027-05-14"
    assert page.evaluate("m.ferie('2041-07-14', '59', donnees.calendrier)") is None, "année inconnue"
    vacances = page.evaluate(
        "['59', '75', '69', '974', null].map((d) => m.vacances('2027-02-22', d, donnees.calendrier))"
    )
    assert vacances == ["vacances d’hiver", None, "vacances d’hiver", None, None]
    bords = (
        "['2027-02-12', '2027-02-13', '2027-02-28', '2027-03-01'].map((j) => m.vacances(j, '69', donnees.calendrier))"
    )
    assert page.evaluate(bords) == [None, "vacances d’hiver", "vacances d’hiver", None]


def test_moved_tasks_keep_the_order_of_steps(ouvrir: Ouvrir, base: str) -> None:
    """A task moved before a long weekend takes along those that came before it."""
    page = _modules(ouvrir(PAGE), base)
    done = page.evaluate(
        """() => {
      const tache = (decalage, tache, avance = false) => ({ ancre: "a", decalage, tache, avance });
      const c = { v: 1, ancres: { a: "2027-05-20" }, jours: [],
        taches: [tache(-6, "vendredi"), tache(-5, "samedi"), tache(-3, "lundi férié", true), tache(-2, "mardi")] };
      return m.calculer(m.valider(c), donnees, "2026-11-22").taches.map((t) => [t.tache, t.date, t.avancee, t.ferie]);
    }"""
    )
    assert done == [
        ["vendredi", "2027-05-14", False, None],
        ["samedi", "2027-05-14", True, None],
        ["lundi férié", "2027-05-14", True, None],
        ["mardi", "2027-05-18", False, None],
    ]


# --- edits


ALEATOIRE = (Path(__file__).parent / "gestes_aleatoires.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("graine", [8, 2026])
def test_two_hundred_random_edits_stay_consistent(ouvrir: Ouvrir, base: str, graine: int) -> None:
    page = _modules(ouvrir(PAGE), base)
    bilan = page.evaluate(ALEATOIRE, graine)
    assert bilan["fautes"] == []
    assert bilan["pas"] > 120 and bilan["alertes"] > 50


def test_the_day_of_poix_du_nord_from_nothing(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(PAGE))
    expect(page.locator(CARTES)).to_have_count(0)
    page.get_by_label("Début, La journée").fill("08:30")
    page.get_by_label("Fin annoncée, La journée").fill("17:00")
    page.locator("#composer-participants").fill("24")
    page.locator("#composer-groupes").fill("3")
    for titre, duree, *_ in JOURNEE:
        _ajouter(page, titre)
        carte = page.locator(CARTES).last
        carte.locator("[data-champ=duree]").fill(str(duree))
        if titre != "Déjeuner":
            carte.evaluate("carte => { carte.querySelector('details').open = true; }")
            carte.locator("[data-champ=titre]").fill(titre)
    _fixer(page, "L’expérience du terrain", "10:00")
    _fixer(page, "Déjeuner", "12:00")
    assert _titres(page) == [titre for titre, *_ in JOURNEE]
    assert _creneaux(page) == [(debut, fin) for *_, debut, fin in JOURNEE]
    assert set(page.locator("[data-alerte]").evaluate_all("a => a.map((n) => n.dataset.alerte)")) == {"conseil"}


def _ajouter(page: Page, titre: str) -> None:
    if titre == "Déjeuner":
        page.get_by_role("button", name="Déjeuner, La journée").click()
    elif titre in METHODES:
        page.get_by_role("button", name="Ajouter une méthode, La journée").click()
        page.locator(f"[data-methode={METHODES[titre]}]").click()
    else:
        page.get_by_role("button", name="Séquence libre, La journée").click()


def test_the_kit_opens_and_lunch_moves_what_follows(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(POIX))
    assert _creneaux(page) == [(debut, fin) for *_, debut, fin in JOURNEE]
    _fixer(page, "Restituer", "16:00")
    _carte(page, "Déjeuner").locator("[data-champ=fixe]").fill("12:30")
    debuts = [debut for debut, _ in _creneaux(page)]
    assert debuts == ["08:30", "09:00", "09:15", "09:45", "10:00", "12:30", "13:30", "14:45", "15:15", "16:00", "16:45"]
    expect(_carte(page, "Déjeuner").locator("[data-alerte=attention]")).to_contain_text("30")
    chevauchement = _carte(page, "Restituer").locator("[data-alerte=erreur]")
    expect(chevauchement).to_contain_text("finit 30")
    expect(page.locator("[data-annonce]")).to_contain_text(
        "«\u00a0Déjeuner\u00a0»\u00a0: 12\u00a0h\u00a030 à 13\u00a0h\u00a030"
    )
    chevauchement.get_by_role("button").click()
    expect(chevauchement).to_have_count(0)
    assert [debut for debut, _ in _creneaux(page)] == debuts
    assert _creneaux(page)[8] == ("15:15", "16:00")


@pytest.mark.parametrize(("demande", "kit"), [("atelier-flash", "flash"), ("preparer-un-atelier-local", "local")])
def test_a_kit_or_its_dispositif(ouvrir: Ouvrir, demande: str, kit: str) -> None:
    page = _prete(ouvrir(f"{PAGE}?kit={demande}"))
    expect(page.locator("#composer-titre")).to_have_value(re.compile(kit))
    assert page.locator(CARTES).count() > 20
    assert all(re.fullmatch(r"\d\d:\d\d", h) for creneau in _creneaux(page) for h in creneau)


def test_the_page_of_a_kit_leads_here(ouvrir: Ouvrir) -> None:
    page = ouvrir("kits/preparer-un-atelier-flash/")
    page.get_by_role("link", name="Poser une date").click()
    expect(page.locator("#composer-titre")).to_have_value(re.compile("flash"))


def test_an_unknown_kit_is_said(ouvrir: Ouvrir) -> None:
    for demande in ("inconnu", "__proto__", "<img src=x onerror=1>"):
        page = _prete(ouvrir(f"{PAGE}?kit={demande}"))
        expect(page.locator("[data-note]")).to_contain_text("Ce kit n’existe pas")


def test_ten_edits_by_hand(ouvrir: Ouvrir, base: str) -> None:
    """What the page shows after each is what the rules compute; undo brings everything back."""
    page = _prete(ouvrir(POIX))
    depart = _creneaux(page)
    gestes: list[Callable[[], object]] = [
        lambda: page.get_by_role("button", name="Descendre «\u00a0Présenter la journée\u00a0»").click(),
        lambda: page.get_by_role("button", name="Monter «\u00a0Conclure\u00a0»").click(),
        lambda: page.get_by_role("button", name="Dupliquer «\u00a0Mettre en commun\u00a0»").click(),
        lambda: page.get_by_role("button", name="Retirer «\u00a0Accueil").click(),
        lambda: _carte(page, "Échanger").locator("[data-champ=duree]").fill("50"),
        lambda: _fixer(page, "Proposer", "15:00"),
        lambda: page.get_by_label("Début, La journée").fill("08:00"),
        lambda: page.get_by_role("button", name="Pause, La journée").click(),
        lambda: page.get_by_role("button", name="Ajouter un jour").click(),
        lambda: page.get_by_role("button", name="Descendre «\u00a0Pause\u00a0»").click(),
    ]
    for geste in gestes:
        geste()
        assert page.locator("[data-jour]").first.locator(CARTES).count() >= 10
    page.wait_for_function("() => location.hash.startsWith('#c1.')")
    page.wait_for_timeout(600)
    _modules(page, base)
    programme = page.evaluate("m.lireLien(location.hash).then((c) => m.calculer(c, donnees))")
    attendus = [(s["debut"], s["fin"]) for j in programme["jours"] for s in j["sequences"]]
    assert _creneaux(page) == attendus and attendus != depart
    assert [len(j["sequences"]) for j in programme["jours"]] == [11, 1]
    page.locator("h1").click()
    for _ in range(40):
        page.keyboard.press("Control+z")
    assert _creneaux(page) == depart
    page.keyboard.press("Control+Shift+z")
    assert _creneaux(page) != depart


def test_drag_and_drop(ouvrir: Ouvrir) -> None:
    """With a true mouse, by the handle of the first card, to below the third."""
    page = _prete(ouvrir(POIX))
    page.set_viewport_size({"width": 1280, "height": 3000})
    depart = page.locator(".composer-carte__poignee").first.bounding_box()
    arrivee = page.locator(CARTES).nth(2).bounding_box()
    assert depart and arrivee
    avant = _titres(page)
    page.mouse.move(depart["x"] + depart["width"] / 2, depart["y"] + depart["height"] / 2)
    page.mouse.down()
    page.mouse.move(arrivee["x"] + 100, arrivee["y"] + arrivee["height"] - 20, steps=12)
    page.mouse.move(arrivee["x"] + 100, arrivee["y"] + arrivee["height"] - 8, steps=3)
    page.mouse.up()
    expect(page.locator(CARTES).nth(2).locator("h3")).to_contain_text(avant[0])
    assert _titres(page)[:4] == [avant[1], avant[2], avant[0], avant[3]]


def test_keyboard_alone_keeps_the_focus(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(POIX))
    monter = page.get_by_role("button", name="Monter «\u00a0Conclure\u00a0»")
    monter.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
        expect(monter).to_be_focused()
    assert _titres(page).index("Conclure") == 7
    expect(page.locator("[data-annonce]")).to_contain_text("8 sur 11")
    page.get_by_role("button", name="Retirer «\u00a0Conclure\u00a0»").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Retirer «\u00a0Présenter la boîte à outils\u00a0»")).to_be_focused()
    page.keyboard.press("Control+z")
    assert _titres(page).index("Conclure") == 7
    page.get_by_role("button", name="Ajouter une méthode, La journée").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#methodes-texte")).to_be_focused()
    page.keyboard.type("vote")
    expect(page.locator("[data-liste-methodes] li").first).to_contain_text("gommettes")
    page.locator("[data-methode=vote-gommettes]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(CARTES).last.locator("summary")).to_be_focused()


def test_moving_to_another_day(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(f"{PAGE}?kit=atelier-flash"))
    carte = page.locator(CARTES).first
    carte.evaluate("c => { c.querySelector('details').open = true; }")
    carte.locator("[data-champ=jour]").select_option("soiree")
    soiree = page.locator("[data-jour=soiree]")
    assert soiree.locator(CARTES).count() == 4
    expect(soiree.locator(CARTES).last).to_have_attribute("data-debut", "20:00")
    expect(soiree.locator(":scope > .composer__alertes [data-alerte=erreur]")).to_contain_text("20")


def test_filters_of_the_methods(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(PAGE))
    page.get_by_role("button", name="Ajouter une méthode, La journée").click()
    lignes = page.locator("[data-liste-methodes] li")
    tout = lignes.count()
    page.locator("#methodes-phase").select_option("decider")
    decider = lignes.count()
    page.locator("#methodes-duree").select_option("15")
    courtes = lignes.count()
    assert tout > decider > courtes > 0
    page.locator("#methodes-taille").fill("4000")
    page.locator("#methodes-texte").fill("zzqx")
    expect(page.locator("[data-compte-methodes]")).to_contain_text("Aucune méthode")
    page.keyboard.press("Escape")  # empties the field
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ajouter une méthode, La journée")).to_be_focused()


# --- context and dates


def test_place_dates_and_late_tasks(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(POIX, prepare=lambda p: p.add_init_script(PREMIER_MARS)))
    lieu = page.locator("#composer-lieu")
    lieu.press_sequentially("poix du")
    expect(page.get_by_role("option").first).to_contain_text("Poix-du-Nord")
    lieu.press("ArrowDown")
    lieu.press("Enter")
    expect(page.locator("[data-lieu-aide]")).to_contain_text("département 59")
    page.get_by_label("Jour de l’atelier").fill("2027-04-20")
    expect(page.get_by_label("Date, La journée")).to_have_value("2027-04-20")
    lignes = page.locator("[data-tache]")
    assert lignes.count() == 18
    retards = page.locator("[data-tache].composer__retard")
    assert retards.count() == 3
    expect(lignes.first).to_contain_text("Choisir la commune")
    expect(lignes.first).to_contain_text("Service organisateur")
    expect(lignes.first).to_contain_text("En retard")
    expect(page.locator("[data-tache]", has_text="Envoyer la synthèse")).to_contain_text("vacances de printemps")
    lignes.first.get_by_role("checkbox").click()
    expect(retards).to_have_count(2)
    samedi = page.locator("[data-tache]", has_text="Imprimer plans")
    expect(samedi).to_contain_text("samedi 17 avril 2027")
    samedi.get_by_role("button").click()
    expect(samedi).to_contain_text("vendredi 16 avril 2027")
    page.get_by_role("button", name="Tout avancer").click()
    expect(page.locator("[data-geste=avancer]")).to_have_count(0)
    dates = page.locator("[data-tache] th").all_text_contents()
    assert not any(re.match(r"samedi|dimanche", d) for d in dates[1:-2]), dates


def test_atelier_local_has_three_sessions_and_what_lies_between(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(f"{PAGE}?kit=atelier-local"))
    jours = page.locator("[data-jour]").evaluate_all("jours => jours.map((j) => j.dataset.jour)")
    assert jours == [
        "cadrage",
        "session-1",
        "inter-ateliers-1",
        "session-2",
        "inter-ateliers-2",
        "session-3",
        "restitution",
    ]
    for rang, date in ((1, "2027-01-12"), (2, "2027-03-09"), (3, "2027-05-11")):
        page.locator(f"[data-ancre=session-{rang}]").fill(date)
    page.locator("[data-jour=inter-ateliers-1] [data-champ=jour-date]").fill("2027-02-02")
    expect(page.locator("[data-jour=session-2] .composer-jour__resume")).to_contain_text("9 mars 2027")
    page.locator("[data-jour=inter-ateliers-1] [data-champ=jour-date]").fill("2027-06-01")
    expect(page.locator("[data-jour=session-2] > .composer__alertes")).to_contain_text("daté avant")


# --- links, files, drafts


def test_a_link_gives_the_same_composition_elsewhere(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(POIX))
    textes = [*HOSTILES, "Être là à 8 h 30 — où ça ? « ici » œ 🌳", "très long " * 1900]
    for rang, texte in enumerate(textes):
        carte = page.locator(CARTES).nth(rang)
        carte.evaluate("c => { c.querySelector('details').open = true; }")
        carte.locator("[data-champ=notes]").fill(texte)
    page.locator("#composer-titre").fill("Atelier <b>de</b> 🌳 l’Écaillon")
    page.locator("#composer-contact").fill("standard de la mairie")
    lien = _lien(page)
    autre = _prete(ouvrir(lien))
    assert _creneaux(autre) == _creneaux(page) and _titres(autre) == _titres(page)
    notes = ".composer-carte__notes"
    assert autre.locator(notes).all_text_contents() == page.locator(notes).all_text_contents()
    expect(autre.locator("#composer-titre")).to_have_value("Atelier <b>de</b> 🌳 l’Écaillon")
    expect(autre.locator("#composer-contact")).to_have_value("")
    page.locator("[data-contact-dans-lien]").check()
    expect(_prete(ouvrir(_lien(page))).locator("#composer-contact")).to_have_value("standard de la mairie")
    for ouverte in (page, autre):
        assert ouverte.evaluate("window.PIEGE") is None
        assert ouverte.locator("[data-composer] :is(img, script, iframe)").count() == 0


def _lien(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('')")
    page.get_by_role("button", name="Copier le lien").click()
    page.wait_for_function("() => navigator.clipboard.readText()")  # the note may still be that of the last copy
    expect(page.locator("[data-note]")).to_contain_text("Lien copié")
    lien: str = page.evaluate("navigator.clipboard.readText()")
    return lien


def test_broken_links_say_so_and_lose_nothing(ouvrir: Ouvrir, base: str) -> None:
    page = _prete(ouvrir(POIX))
    _carte(page, "Déjeuner").locator("[data-champ=duree]").fill("75")
    page.wait_for_function("() => location.hash.startsWith('#c1.')")
    bon = page.url.partition("#")[2]
    _modules(page, base)
    bilan = page.evaluate(
        (Path(__file__).parent / "liens_casses.js").read_text(encoding="utf-8"),
        bon,
    )
    for nom, message in bilan["messages"].items():
        assert message and message.startswith("Ce lien"), (nom, message)
    assert bilan["pollue"] is False
    for fragment in (bon[: len(bon) // 2], "c9.abc"):
        page.evaluate("fragment => { location.hash = fragment; }", fragment)
        expect(page.locator("[data-note]")).to_contain_text("Ce lien")
        assert ("12:00", "13:15") in _creneaux(page)
    neuve = _prete(ouvrir(f"{PAGE}#{bon[:-9]}", avec=page))
    expect(neuve.get_by_role("alert")).to_contain_text("Vos brouillons sont intacts")
    neuve.get_by_role("button", name="Reprendre «").click()
    assert ("12:00", "13:15") in _creneaux(neuve)


def test_drafts_are_kept_listed_reopened_and_deleted(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(POIX))
    page.locator("#composer-titre").fill("Journée à Poix")
    page.locator("#composer-contact").fill("mairie")
    page.wait_for_function("() => location.hash.startsWith('#c1.')")
    page.reload()
    expect(page.locator("#composer-titre")).to_have_value("Journée à Poix")
    expect(page.locator("#composer-contact")).to_have_value("mairie")
    page.get_by_role("button", name="Mes brouillons").click()
    page.get_by_role("button", name="Commencer une composition vide").click()
    expect(page.locator(CARTES)).to_have_count(0)
    page.get_by_role("button", name="Pause, La journée").click()
    page.wait_for_function("() => location.hash.startsWith('#c1.')")
    page.get_by_role("button", name="Mes brouillons").click()
    lignes = page.locator("[data-liste-brouillons] li")
    expect(lignes).to_have_count(2)
    lignes.filter(has_text="Journée à Poix").get_by_role("button", name="Ouvrir").click()
    expect(page.locator(CARTES)).to_have_count(11)
    page.get_by_role("button", name="Mes brouillons").click()
    supprimer = lignes.filter(has_text="Mon atelier").locator("[data-supprimer]")
    supprimer.click()
    expect(lignes).to_have_count(2)
    supprimer.click()
    expect(lignes).to_have_count(1)


def test_coming_back_keeps_the_place_and_the_undo(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(POIX))
    titre = page.locator("#composer-titre")
    avant = titre.input_value()
    titre.fill("Journée à Poix")
    page.wait_for_function("() => history.state?.brouillon")
    page.evaluate("scrollTo({ top: 500, behavior: 'instant' })")
    page.goto(page.url.split("/composer/")[0] + "/kits/")
    page.go_back()
    expect(titre).to_have_value("Journée à Poix")
    page.wait_for_function("() => scrollY === 500")
    page.locator('[data-geste="annuler"]').click()
    expect(titre).to_have_value(avant)


def test_a_tampered_memory_breaks_nothing(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE)
    jours = '{"id":"b1","nom":"x","le":"2026-11-22","composition":{"v":1,"jours":7}}'
    for valeur in ("{", f"[1,null,{jours}]"):
        page.evaluate("v => localStorage.setItem('accompagner:/base/:composer:brouillons', v)", valeur)
        page.evaluate("v => sessionStorage.setItem('accompagner:composer:/base/composer/', v)", valeur)
        page.reload()
        _prete(page)
        page.get_by_role("button", name="Déjeuner, La journée").click()
        expect(page.locator(CARTES)).to_have_count(1)
        page.wait_for_function("() => location.hash.startsWith('#c1.')")
        page.goto(page.url.partition("#")[0])


def test_a_file_goes_out_and_comes_back(ouvrir: Ouvrir, tmp_path: Path) -> None:
    page = _prete(ouvrir(POIX))
    page.locator("#composer-contact").fill("mairie")
    with page.expect_download() as attente:
        page.locator("[data-telecharger=json]").click()
    assert attente.value.suggested_filename == "atelier-territorial-d-une-journee.json"
    fichier = tmp_path / "composition.json"
    attente.value.save_as(fichier)
    lue = json.loads(fichier.read_text(encoding="utf-8"))
    assert (lue["v"], lue["contact"], len(lue["jours"][0]["sequences"])) == (1, "mairie", 11)
    autre = _prete(ouvrir(PAGE))
    autre.locator("[data-ouvrir-fichier]").set_input_files(fichier)
    expect(autre.locator(CARTES)).to_have_count(11)
    expect(autre.locator("#composer-contact")).to_have_value("mairie")
    for mauvais in ("{", '{"v":1,"jours":"x"}', '{"v":3}', "[]", '{"__proto__":{"v":1},"constructor":1}', "\x00\xff"):
        fichier.write_text(mauvais, encoding="utf-8")
        autre.locator("[data-ouvrir-fichier]").set_input_files(fichier)
        expect(autre.locator("[data-note]")).to_contain_text("Ce fichier")
        expect(autre.locator(CARTES)).to_have_count(11)


# --- everyone


def test_without_script_the_page_leads_to_the_kits(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE, scripts=False)
    expect(page.get_by_text("Le composeur a besoin de JavaScript")).to_be_visible()
    assert page.locator("[data-sans-script] a[href*='kits/']").count() == 10
    expect(page.locator("[data-composer]")).to_be_hidden()


def test_when_the_data_do_not_come_the_page_leads_to_the_kits(ouvrir: Ouvrir, journal: Journal) -> None:
    journal.toleres = ("composer.json", "ERR_FAILED")
    page = ouvrir(PAGE, prepare=lambda p: p.route("**/api/composer.json", lambda r: r.abort()))
    expect(page.get_by_role("alert")).to_contain_text("n’a pas pu se charger")
    expect(page.get_by_text("chaque kit a sa page")).to_be_visible()


def test_on_paper_the_day_holds_on_one_page(ouvrir: Ouvrir) -> None:
    page = _prete(ouvrir(POIX))
    page.emulate_media(media="print")
    for cache in (".composer__barre", ".composer__contexte", ".composer-carte__gestes", ".composer-jour__ajouts"):
        assert not page.locator(cache).first.is_visible()
    hauteur = page.locator("[data-jour]").evaluate("j => j.getBoundingClientRect().height")
    page.set_viewport_size({"width": 673, "height": 1000})  # 178 mm, what A4 leaves
    hauteur = page.locator("[data-jour]").evaluate("j => j.getBoundingClientRect().height")
    assert hauteur / 96 * 25.4 < 250
