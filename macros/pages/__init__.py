"""From the catalogue to the pages: views, sections, lists and tools. Pure: knows neither MkDocs nor what is published
beside."""
