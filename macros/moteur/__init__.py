"""What MkDocs is given, and how it is spared: files, pages, assets, headings, a second process."""
