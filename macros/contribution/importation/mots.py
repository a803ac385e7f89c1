"""Texts compared: words, spaces, accents. The browser's ``mots.js`` says the same."""

from __future__ import annotations

import re
import unicodedata

_CONTROLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_INVISIBLES = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MOT = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ0-9]+")


def nettoyer(texte: str) -> str:
    """Drop what cannot be seen, give each line break and each run of spaces its plain form, trim the lines."""
    texte = _INVISIBLES.sub("", texte.replace("\r\n", "\n").replace("\r", "\n"))
    texte = _CONTROLES.sub(" ", texte)
    return "\n".join(re.sub(r" {2,}", " ", ligne).strip(" \t\u00a0\u202f") for ligne in texte.split("\n")).strip("\n")


def uni(texte: str) -> str:
    """On one line, every white space a plain space: what patterns are tried on."""
    return re.sub(r"[ \t\n\u00a0\u202f\u2009]+", " ", texte).strip(" ")


def normaliser(texte: str) -> str:
    """Lower case, without accents nor final punctuation: two headings that readers hold for the same are equal."""
    texte = unicodedata.normalize("NFD", uni(texte).lower())
    texte = re.sub(r"[\u0300-\u036f]", "", texte).replace("œ", "oe").replace("’", "'").replace("(s)", "s")
    texte = re.sub(r"[–—]", "-", texte)
    return re.sub(r"[ .:;,«»\"]+$", "", re.sub(r"^[ «\"]+", "", texte))


def mots(texte: str) -> list[str]:
    """The words of a text, as written."""
    return _MOT.findall(texte)


def identifiant(texte: str) -> str:
    """An id made from a title: its first words, 60 characters at most; « fiche » when nothing is left."""
    trait = re.sub(r"[^a-z0-9]+", "-", normaliser(texte)).strip("-")
    court = trait if len(trait) <= 60 else re.sub(r"-[^-]*$", "", trait[:61])[:60]
    return court or "fiche"
