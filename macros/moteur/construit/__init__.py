"""The built site: checked, then put in place whole."""
