"""Language tags (BCP 47): which are sound, and what is wrong with the others."""

import re

_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(-(?P<script>[A-Za-z]{4}))?(-(?P<region>[A-Za-z]{2}|\d{3}))?"
    r"(-[A-Za-z0-9]{5,8}|-\d[A-Za-z0-9]{3})*(-[a-wy-zA-WY-Z](-[A-Za-z0-9]{2,8})+)*"
    r"(-x(-[A-Za-z0-9]{1,8})+)?"
)
# ISO 639-1; of the codes of three letters only the form is checked.
_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv "
    "cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr "
    "ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw "
    "ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq "
    "sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh "
    "yi yo za zh zu".split()
)
# What is often written instead.
_INSTEAD = {
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "english": "en",
    "french": "fr",
    "german": "de",
    "gr": "el",
    "iw": "he",
    "jp": "ja",
    "spanish": "es",
    "ua": "uk",
}
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))


def direction_of(language: str) -> str:
    """Which way a language is written."""
    return "rtl" if language.lower().partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def language_problem(tag: str) -> tuple[str, str] | None:
    """What is wrong with a language tag and what to do about it; None where it is sound."""
    hint = "write a tag such as en, en-GB, de or pt-BR"
    found = _TAG.fullmatch(tag)
    if not found:
        instead = _INSTEAD.get(tag.lower())
        return "it is not of the form of a language tag", _suggestion(instead) or hint
    language, region = found["language"].lower(), (found["region"] or "").upper()
    if len(language) == 2 and language not in _CODES:
        return f'there is no language "{language}"', _suggestion(_INSTEAD.get(language)) or hint
    if region == "UK":
        return 'there is no region "UK"', _suggestion(f"{language}-GB")
    return None


def _suggestion(tag: str | None) -> str:
    return f'did you mean "{tag}"?' if tag else ""
