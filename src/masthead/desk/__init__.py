"""The desk: the door for a browser. Pages and forms; no rule lives here."""
