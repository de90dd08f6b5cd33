"""The proof: a Merkle tree over the log's entries, its signed checkpoints and its proofs; pure.

Formats: C2SP tlog-tiles, tlog-checkpoint and signed-note; tree and proofs of RFC 9162.
"""
