"""How a fiche comes in: written, tried, compared with those that exist, asked for, shown as an example."""
