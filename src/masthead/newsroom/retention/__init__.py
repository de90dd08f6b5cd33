"""Erasure, retention and legal hold: what personal data there is, how long it stays, and how it goes."""
