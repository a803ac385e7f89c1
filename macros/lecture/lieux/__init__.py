"""The official places: communes, EPCI and départements. Knows nothing of the fiches."""
