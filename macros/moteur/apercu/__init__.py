"""The site while it is served: each page is made when it is asked for, from the fiches as they are at that moment."""
