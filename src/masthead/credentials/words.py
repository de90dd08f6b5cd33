"""C2PA validation codes in plain words. A code that is not here is shown as it is, never passed over.

Codes: C2PA Technical Specification 2.4, section "Validation", tables of failure codes; ours start with
`masthead.`.
"""

from masthead.language import Message

_TAMPERED = Message("The content was changed after it was sealed.")
_STATEMENTS = Message("A statement in the credential was changed, removed or added after it was sealed.")
_HISTORY = Message("The credential of an earlier version does not fit: its history is broken.")
_ALGORITHM = Message("The credential uses a method of sealing that is unknown or no longer safe.")
_FORM = Message("The credential does not have the form that the standard asks for.")
_TIME = Message("The time stamp of the credential cannot be believed.")

SAID: dict[str, Message] = {
    "assertion.dataHash.mismatch": _TAMPERED,
    "assertion.bmffHash.mismatch": _TAMPERED,
    "assertion.boxesHash.mismatch": _TAMPERED,
    "assertion.collectionHash.mismatch": _TAMPERED,
    "assertion.dataHash.malformed": _FORM,
    "assertion.dataHash.additionalExclusionsPresent": Message(
        "The seal leaves out parts of the file besides the credential itself."
    ),
    "assertion.hashedURI.mismatch": _STATEMENTS,
    "assertion.missing": _STATEMENTS,
    "assertion.undeclared": _STATEMENTS,
    "assertion.inaccessible": _STATEMENTS,
    "assertion.outsideManifest": _FORM,
    "assertion.selfRedacted": _FORM,
    "assertion.notRedacted": _STATEMENTS,
    "assertion.required.missing": _FORM,
    "assertion.json.invalid": _FORM,
    "assertion.cbor.invalid": _FORM,
    "assertion.multipleHardBindings": _FORM,
    "assertion.action.malformed": Message(
        "The history is not told as the standard asks: it must start with how the content was made or opened."
    ),
    "assertion.action.ingredientMismatch": Message(
        "The history says the content was opened or put together from something that is not named."
    ),
    "assertion.action.redacted": _STATEMENTS,
    "assertion.ingredient.malformed": _HISTORY,
    "claim.missing": Message("The file holds the shell of a credential, and nothing in it."),
    "claim.multiple": _FORM,
    "claim.malformed": _FORM,
    "claim.cbor.invalid": _FORM,
    "claim.hardBindings.missing": Message("The credential is not bound to any content."),
    "claimSignature.missing": Message("The credential is not signed."),
    "claimSignature.mismatch": Message("The signature does not fit: the credential was changed."),
    "claimSignature.outsideValidity": Message(
        "The credential was signed when its certificate was not in force."
    ),
    "manifest.inaccessible": Message("The credential is kept elsewhere; it was not fetched."),
    "manifest.missing": _HISTORY,
    "manifest.multipleParents": _HISTORY,
    "manifest.update.invalid": _FORM,
    "manifest.update.wrongParents": _HISTORY,
    "manifest.unreferenced": Message("The file carries a credential that its history does not mention."),
    "ingredient.manifest.missing": _HISTORY,
    "ingredient.manifest.mismatch": _HISTORY,
    "ingredient.claimSignature.missing": _HISTORY,
    "ingredient.claimSignature.mismatch": _HISTORY,
    "ingredient.unknownProvenance": Message("Nothing is known of where an ingredient comes from."),
    "ingredient.hashedURI.mismatch": _HISTORY,
    "algorithm.unsupported": _ALGORITHM,
    "algorithm.deprecated": _ALGORITHM,
    "signingCredential.untrusted": Message("The signer is not among those you trust."),
    "signingCredential.invalid": Message("The signer's certificate does not meet the standard."),
    "signingCredential.expired": Message("The signer's certificate had expired or was not yet in force."),
    "signingCredential.ocsp.revoked": Message("The signer's certificate was revoked."),
    "signingCredential.revoked": Message("The signer's certificate was revoked."),
    "timeStamp.mismatch": _TIME,
    "timeStamp.malformed": _TIME,
    "timeStamp.untrusted": _TIME,
    "timeStamp.outsideValidity": _TIME,
    "general.error": Message("The credential cannot be judged."),
    "masthead.manifest.unreadable": Message(
        "The file carries a credential that cannot be read: it is broken."
    ),
    "masthead.manifest.tooLarge": Message("The credential is too large to be read."),
    "masthead.manifest.inText": Message(
        "The text carries a credential hidden between its characters, in a form that is not read here."
    ),
    "masthead.firstAction.missing": Message(
        "The history does not start with how the content was made or opened."
    ),
    "masthead.parent.missing": Message(
        "The content was made from something earlier, and the credential does not keep that history."
    ),
    "masthead.parent.invalid": Message(
        "The credential of an earlier version was already broken when this was sealed."
    ),
    "masthead.sourceType.unknown": Message("“%(detail)s” is given as source type, which nobody has defined."),
    "masthead.sourceType.retired": Message("“%(detail)s” is given as source type, which IPTC has retired."),
    "masthead.metadata.unreadable": Message("The file's descriptive data (XMP) cannot be read."),
}
"""What each failure code means to a person."""

NOT_FAULTS = frozenset({"ingredient.unknownProvenance"})
"""Codes that a validator may list although nothing is wrong: content without a credential of its own."""


def say(code: str, detail: str = "") -> Message:
    """The plain words for a code; for an unknown one, words that show it as it is."""
    if code not in SAID:
        return Message("The credential has a fault that has no name here: %(code)s.", {"code": code})
    template = SAID[code].template
    return Message(template, {"detail": detail}) if "%(detail)s" in template else SAID[code]
