"""What a deployment may choose, with the effect of each choice; tokens and webhooks."""
