#!/bin/sh
# Envoie un site construit vers un stockage objet compatible S3, chaque fichier avec la durée de cache qui lui revient.
#
#   sh deploiement/envoyer.sh site s3://mon-seau [options d’aws]
#   sh deploiement/envoyer.sh site s3://mon-seau/accompagner --endpoint-url https://s3.exemple.fr
#
# Demande la commande « aws » ; les droits sont ceux de la machine, rien n’est écrit ici. Options utiles : --dryrun, --profile.
set -eu

if [ "$#" -lt 2 ]; then
  echo "Emploi : sh deploiement/envoyer.sh <dossier du site> s3://<seau>[/chemin] [options d’aws]" >&2
  exit 2
fi
site=${1%/}
seau=${2%/}
shift 2
case $seau in
  s3://?*) ;;
  *) echo "« $seau » n’est pas l’adresse d’un seau : elle commence par s3://." >&2; exit 2 ;;
esac
if [ ! -f "$site/index.html" ]; then
  echo "Pas de site construit dans $site. Lancez d’abord : make site" >&2
  exit 1
fi

# D’abord ce que les pages demandent, sous une adresse qui change avec son contenu : gardé un an. Les anciennes empreintes
# restent, modules et morceaux de l’index : une page ouverte avant l’envoi peut encore demander les siens.
aws s3 sync "$site" "$seau" --exclude '*' --include 'assets/e-*' --include 'recherche/*' --exclude 'recherche/index.bin' \
  --cache-control 'public, max-age=31536000, immutable' "$@"
# Puis le reste, revérifié à chaque visite ; ce qui n’est plus publié s’en va.
aws s3 sync "$site" "$seau" --exclude 'assets/e-*' --exclude 'recherche/*' --include 'recherche/index.bin' \
  --delete --cache-control no-cache "$@"
