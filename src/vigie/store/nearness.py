"""One typing error: a letter changed, left out, put in, or two neighbours swapped."""


def within_one(one: str, other: str) -> int | None:
    """How many typing errors lie between two texts: 0, 1, or None for more.

    >>> within_one("MSCU1234567", "MSCU1243567")
    1

    Source: the optimal string alignment distance (Damerau 1964, "A technique for computer detection and correction of
    spelling errors"), cut off after 1.
    """
    if one == other:
        return 0
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(longer) - len(shorter) > 1:
        return None
    start = next((place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return 1 if shorter[start:] == longer[start + 1 :] else None
    if shorter[start + 1 :] == longer[start + 1 :]:
        return 1
    swapped = shorter[start : start + 2][::-1] == longer[start : start + 2]
    return 1 if swapped and shorter[start + 2 :] == longer[start + 2 :] else None


def ends(asked: str) -> tuple[str, str]:
    """A beginning and an ending of a text, one of which survives any one typing error unharmed.

    They leave one letter between them, so that even two swapped neighbours touch only one of both. The beginning is the
    longer one: the first letters of a number (owner, carrier, country) tell little.
    """
    head = (len(asked) * 6) // 11  # container numbers: 4 letters of the owner and 2 digits, against 4 digits
    return asked[:head], asked[head + 1 :]


def less_one(word: str) -> set[str]:
    """A word and what is left of it after leaving out any one letter.

    Two words within one typing error share one of these (never the other way round: sharing one proves nothing).
    Source: Mor and Fraenkel 1982, "A hash code method for detecting and correcting spelling errors".
    """
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))} if len(word) > 1 else {word}
