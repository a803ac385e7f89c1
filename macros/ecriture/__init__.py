"""French as it is read: typography, texts made safe, sigles, and the templates' own environment. Knows no catalogue."""
