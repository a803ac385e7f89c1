"""What the site publishes beside its pages: search, documents, open data, reading offline. Knows the pages."""
