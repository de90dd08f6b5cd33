"""The findings: a version in, what should be looked at out.

A check is pure: it reads a `Subject` and yields findings; it decides nothing and changes nothing. The
consequence of a finding comes from the controls in force (see `masthead.gate`).
"""
