"""The post: whatever goes out to the network goes out here, and to no private address."""
