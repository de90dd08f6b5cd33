"""Witnesses: logs of others that we watch and cosign, and others that we ask to watch ours."""
