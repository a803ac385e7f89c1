"""Search: catalogue and hand-written pages -> minimal documents that Pagefind indexes. Pure but for ``construction``.

Documents carry the displayed words, folded only where Pagefind would miss them (see ``normalisation``). The browser
side is ``docs/assets/js/recherche/``; a test proves that both sides fold alike.
"""
