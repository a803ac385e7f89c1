"""How a fiche comes in: asked for, imported, written, tried, compared with those that exist. Knows what the site
publishes."""
