"""An existing document (.docx, .odt, .pdf, .txt) -> drafts of fiches: nothing dropped, what is doubtful marked.

``correspondances.yml`` holds what is known of documents; ``regles`` reads and publishes it. ``archive``, ``arbre``,
then ``docx``, ``odt``, ``pdf``, ``txt`` read a file into neutral blocks (``blocs``), ``ouverture`` choosing the reader.
``reparation`` mends scanning slips, ``lignes`` joins what a margin cut, ``decoupe`` finds headings, slots and sites,
``placement`` fills the fields, ``remplie`` reads the fiche to fill in, ``controle`` proves that no word was lost,
``importer`` runs them in that order and ``redaction`` writes the YAML. The browser does the same with the same data
(``docs/assets/js/importation/``); a test compares the two.
"""
