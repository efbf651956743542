"""Made-up English from a seed: words used as often as in a real text, sentences of any length."""

from itertools import accumulate
from random import Random

_FUNCTION_WORDS = (
    "the of and to a in is that it for as with was on be by at not this are from or have an which"
    " but they you were there been one all we their has would when if so no will more can what"
    " about into than its only other time some could these two may then do any such over also"
)
_ONSETS = (
    "b c d f g h l m n p r s t w b c d f l m n p r s t br cl dr fr gr pl sh st th tr wh".split()
)
_VOWELS = "a e i o u a e i o e ea oo ai".split()
_CODAS = "d k l m n r s t n r s t l nd ng nt ck rd ss st".split()
_ENDINGS = "al ance ed ed er er es ing ing ion ity less ly ly ment ness ous tion ty ure".split()
_VOCABULARY = 9000
# Function words make up so much of a text.
_FUNCTION_SHARE = 0.45


class Language:
    """A vocabulary that is the same for a seed, and sentences drawn from it by chance."""

    def __init__(self, seed: int) -> None:
        chance = Random(f"vocabulary {seed}")
        self._common = _FUNCTION_WORDS.split()
        self._common_weights = _zipf(len(self._common))
        found = dict.fromkeys(_word(chance) for _ in range(_VOCABULARY))
        # What is said often is short.
        self._rare = sorted(found, key=lambda word: len(word) + chance.randrange(12))
        self._rare_weights = _zipf(len(self._rare))

    def words(self, chance: Random, count: int) -> list[str]:
        """So many words, without any mark of punctuation."""
        common = chance.choices(self._common, cum_weights=self._common_weights, k=count)
        rare = chance.choices(self._rare, cum_weights=self._rare_weights, k=count)
        return [pair[chance.random() > _FUNCTION_SHARE] for pair in zip(common, rare, strict=True)]

    def names(self, chance: Random, count: int) -> list[str]:
        """Words fit for names of variables and columns."""
        return chance.choices(self._rare, cum_weights=self._rare_weights, k=count)

    def title(self, chance: Random) -> str:
        """A heading of two to six words."""
        words = self.words(chance, chance.randint(1, 4))
        return " ".join((*words, self.names(chance, 1)[0])).capitalize()

    def sentence(self, chance: Random) -> str:
        """One sentence of 3 to 45 words, with commas, and now and then other marks."""
        length = min(max(round(chance.lognormvariate(2.75, 0.5)), 3), 45)
        words = self.words(chance, length)
        for index in range(4, length - 2):
            if chance.random() < 0.07:
                words[index] += chance.choice((",", ",", ",", ";", " --", ":"))
        if chance.random() < 0.12:
            _mark(words, chance)
        text = " ".join(words)
        if chance.random() < 0.05:
            text = f'"{text[0].upper()}{text[1:]}," said {self.names(chance, 1)[0].capitalize()}'
        return f"{text[0].upper()}{text[1:]}{chance.choice('......?!')}"

    def paragraph(self, chance: Random) -> str:
        """One to eight sentences."""
        return " ".join(
            self.sentence(chance) for _ in range(chance.choice((1, 2, 3, 4, 4, 5, 6, 8)))
        )


def _mark(words: list[str], chance: Random) -> None:
    """Emphasis or code around one or two words."""
    at = chance.randrange(len(words) - 1)
    words[at] = words[at].rstrip(",;:- ")
    sign = chance.choice(("*", "*", "**", "`"))
    end = at if sign == "`" else at + chance.randint(0, 1)
    words[end] = words[end].rstrip(",;:- ")
    words[at] = sign + words[at]
    words[end] += sign


def _word(chance: Random) -> str:
    syllables = chance.choices((1, 2, 3, 4), (30, 48, 18, 4))[0]
    word = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
    word += chance.choice(_CODAS)
    return word + chance.choice(_ENDINGS) if chance.random() < 0.35 else word


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 2) for rank in range(count)))
