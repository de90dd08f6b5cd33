"""The pictures of README and docs, taken while the tutorial is gone through in a browser."""
