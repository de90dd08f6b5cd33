"""Work that waits for nobody at the door: enqueued with the change that asks for it, done by a worker."""
