"""How public answers are kept and sent: no session, no cookie, nothing of a person."""
