"""The adopted checklist as the gate reads it."""
