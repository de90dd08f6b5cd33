"""Other software is told what happened: signed, retried, with a log of deliveries."""
