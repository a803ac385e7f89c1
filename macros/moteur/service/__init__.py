"""The site while it is served: what changes, what is made again, what is shown meanwhile."""
