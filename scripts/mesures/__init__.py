"""What « mesurer » is made of: fiches made up, timed builds beside a plain Material site, pages and search in a
browser."""


class EchecDeMesure(Exception):
    """A measured command failed, or what measures is missing; the message says which, and what to do."""
