"""The rule: may this version be published, and if not, why not and what would clear it.

`decide(facts, controls)` is pure and total: the same facts and controls give the same clearance, every
obstacle is in it, and nothing is cleared another way.
"""

from masthead.gate.decide import decide

__all__ = ["decide"]
