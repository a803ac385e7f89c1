# Chaque cible est une commande Python, qui s’emploie aussi sans make : python3 scripts/faire.py <cible>
# Ce qui suit la commande se donne par ARGS : make fiche ARGS="--type methode", make site ARGS=--trace
PYTHON ?= python3
CIBLES := serve test vite verif-longue site publication deploiement html sbom zip valider schemas verifier-fiches fiche liens mesurer verrou preparer
.DEFAULT_GOAL := help
.PHONY: help $(CIBLES)

$(CIBLES):
	@$(PYTHON) scripts/faire.py $@ $(ARGS)

help: ## affiche cette aide
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

serve: ## prépare et sert le site sur http://127.0.0.1:8000, avec rechargement
test: ## prépare, puis lance tous les contrôles et tous les tests, navigateur compris
vite: ## ce qui répond en une minute environ : forme, types, règles, fiches et tests unitaires
verif-longue: ## tout ce qui est trop long pour chaque changement, avec ses chiffres (axe complet, corpus hostile, pannes…)
site: ## construit le site vérifié dans site/
publication: ## construit le site à mettre en ligne ; refuse, avec le remède, tant qu’un devoir n’est pas rempli
deploiement: ## refait les configurations de serveur (deploiement/)
html: ## juge la validité du HTML du site construit, par le vérificateur Nu (demande Java)
sbom: ## écrit l’inventaire des composants (CycloneDX) dans sbom.cdx.json
zip: ## range le site construit en un dossier à ouvrir sans réseau ni serveur (ARGS=--publier : le propose sur le site)
valider: ## dit tout ce qui ne va pas dans les fiches
schemas: ## refait les schémas JSON des fiches depuis les modèles
verifier-fiches: ## contrôle rapide d’un changement de fiches seules : toutes les règles, et le site construit
fiche: ## commence une fiche : questions, identifiant, fichier commenté (options : make fiche ARGS="--type methode")
liens: ## demande à chaque adresse externe si elle répond (rapport-liens.md)
mesurer: ## mesure la construction de 1 000 fiches à côté d’un site Material nu
verrou: ## refait requirements.txt depuis pyproject.toml
preparer: ## prépare seulement l’environnement .venv
