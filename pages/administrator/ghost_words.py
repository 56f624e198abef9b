"""Words of hidden stages: what a landlord adds to the lexicons; only the administrator changes what counts."""

from ui.administration import word_parts
from ui.own_words_parts import own_words

landlord = word_parts.choose()
if landlord:
    own_words(landlord.code)
    word_parts.change(landlord)
