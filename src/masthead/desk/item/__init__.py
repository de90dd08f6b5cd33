"""An item under hand: bring it in, look at its findings, add sources and AI uses."""
