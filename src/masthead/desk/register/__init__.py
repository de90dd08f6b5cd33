"""The register of AI systems, with pause one click away."""
