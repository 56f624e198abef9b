"""Words of a landlord's file where Streamlit reads Markdown (labels, messages): their signs are taken literally."""

_SIGNS = frozenset("\\`*_[]()<>#+-.!|$:~{}^&")


def literal(text: str) -> str:
    """The text with every sign that Markdown would read taken as itself, on one line."""
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in " ".join(text.split()))
