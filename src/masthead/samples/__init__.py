"""Invented stories, sources and a picture for trying out: see `masthead demo`."""
