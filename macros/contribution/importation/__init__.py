"""An existing document (.docx, .odt, .pdf, .txt) -> drafts of fiches: nothing dropped, what is doubtful marked.

``ouverture`` opens a file within limits (``archive`` and ``arbre``, ``pdf``, ``txt``); the browser's own modules, in
``docs/assets/js/importation/``, then read it (``importer``), and ``redaction`` writes the YAML. ``correspondances.yml``
holds what is known of documents; ``regles`` reads and publishes it. ``vierge`` makes the fiche to fill in.
"""
