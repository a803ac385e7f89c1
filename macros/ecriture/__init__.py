"""French as it is read: typography, texts made safe, sigles, tables."""
