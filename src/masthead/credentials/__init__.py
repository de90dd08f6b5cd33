"""The seal: Content Credentials (C2PA) signed, read and judged."""
