"""The site without a network: what a device keeps and in which order, the service worker, and the folder to open from a
disk.

Everything here reads a site already built: names of files come from it, never from here.
"""
