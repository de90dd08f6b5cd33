"""People, their roles and invitations; one's own login."""
