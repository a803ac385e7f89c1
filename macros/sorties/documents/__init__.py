"""Documents of the kits: one source each, written as ODT, DOCX, PDF/UA, ODS or XLSX, and kept by content.

``modele`` says what a document is, ``trames`` writes them from the catalogue, ``bureautique``, ``pdf``, ``tableurs``
and ``planches`` give their bytes, ``fiches_vierges`` adds the fiche to fill in of each kind, ``fabrication`` rebuilds
only what changed.
"""
