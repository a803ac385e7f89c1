"""Search: catalogue and hand-written pages -> a few files that the browser loads when a question is asked, and no
sooner.

The browser side is ``docs/assets/js/recherche/``, which does all the ranking; a test proves that both sides fold words
alike.
"""
