"""The AI register: systems, use cases, who answers for them, and whether they may be used."""
