"""What « mesurer » is made of: fiches made up, the reference site, timed runs, and the report."""
