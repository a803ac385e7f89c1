# Chaque cible est une commande Python, qui s’emploie aussi sans make : python3 scripts/faire.py <cible>
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help serve test verif-longue site zip publication deploiement html sbom valider verifier-fiches fiche schemas liens mesurer verrou preparer

help: ## affiche cette aide
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

serve: ## prépare, construit et sert le site sur http://127.0.0.1:8000, avec rechargement
	@$(PYTHON) scripts/faire.py serve

test: ## prépare, puis lance tous les contrôles et tous les tests, navigateur compris
	@$(PYTHON) scripts/faire.py test

verif-longue: ## tout ce qui est trop long pour chaque changement, avec ses chiffres (axe complet, corpus hostile, pannes…)
	@$(PYTHON) scripts/faire.py verif-longue

site: ## construit le site vérifié dans site/
	@$(PYTHON) scripts/faire.py site

publication: ## construit le site à mettre en ligne ; refuse, avec le remède, tant qu’un devoir n’est pas rempli
	@$(PYTHON) scripts/faire.py publication

deploiement: ## refait les configurations de serveur (deploiement/)
	@$(PYTHON) scripts/faire.py deploiement

html: ## juge la validité du HTML du site construit, par le vérificateur Nu (demande Java)
	@$(PYTHON) scripts/faire.py html

sbom: ## écrit l’inventaire des composants (CycloneDX) dans sbom.cdx.json
	@$(PYTHON) scripts/faire.py sbom

zip: ## range le site construit en un dossier à ouvrir sans réseau ni serveur (ARGS=--publier : le propose sur le site)
	@$(PYTHON) scripts/faire.py zip $(ARGS)

valider: ## dit tout ce qui ne va pas dans les fiches
	@$(PYTHON) scripts/faire.py valider

schemas: ## refait les schémas JSON des fiches depuis les modèles
	@$(PYTHON) scripts/faire.py schemas

verifier-fiches: ## contrôle rapide d’un changement de fiches seules : toutes les règles, et le site construit
	@$(PYTHON) scripts/faire.py verifier-fiches

fiche: ## commence une fiche : questions, identifiant, fichier commenté (options : make fiche ARGS="--type methode")
	@$(PYTHON) scripts/faire.py fiche $(ARGS)

liens: ## demande à chaque adresse externe si elle répond (rapport-liens.md)
	@$(PYTHON) scripts/faire.py liens

mesurer: ## mesure la construction de 1 000 fiches à côté d’un site Material nu
	@$(PYTHON) scripts/faire.py mesurer

verrou: ## refait requirements.txt depuis pyproject.toml
	@$(PYTHON) scripts/faire.py verrou

preparer: ## prépare seulement l’environnement .venv
	@$(PYTHON) scripts/faire.py preparer
