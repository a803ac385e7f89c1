"""MkDocs and its like: what they are given, the preview, the built site checked, the publisher's duties. Knows
everything."""
