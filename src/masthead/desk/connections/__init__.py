"""Other software: its tokens, and the addresses that are told what happens."""
