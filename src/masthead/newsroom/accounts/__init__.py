"""Who acts, who may log in, and what a role allows."""
