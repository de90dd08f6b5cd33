"""The backend of Django's for the one SQLite file of a home folder."""
