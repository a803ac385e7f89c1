"""Everything read once, checked, linked both ways and frozen; what is computed from it: freshness, trust, supplies.

Knows the models, the reading, the rules and the writing of text.
"""
