"""What is kept of people, for how long, what is held, and erasing."""
