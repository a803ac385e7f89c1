"""What files say: YAML and reference data as text with positions, errors in French. Knows only the models."""
