"""Small books made up from a seed, and changes to them: always sound, never twice alike."""

from collections.abc import Mapping
from random import Random

_WORDS = (
    "water stone morning paper window always between nobody quarrel lamp Zoë naïve œuvre Übung "
    "winter small letter carries against running house typography hyphenation the a of and"
).split()
_TITLES = (
    "The pump",
    "Œuvres & Übung",
    "Why (not)",
    "A long title, with a comma",
    "&lt;Angles&gt;",
)


def random_book(seed: int) -> dict[str, str]:
    """The files of a book; it has up to eight chapters of every role."""
    chance = Random(seed)
    names = ["front/preface.md"] * chance.randint(0, 1)
    count = chance.randint(1, 5)
    if chance.random() < 0.5:
        names.append("part-1/00-part.md")
    names += [f"part-1/{number:02}-chapter.md" for number in range(1, count + 1)]
    names += ["appendix/tables.md"] * chance.randint(0, 1)
    names += ["back/afterword.md"] * chance.randint(0, 1)
    trim, opening = chance.choice(("6x9", "a5", "5x8")), chance.choice(("recto", "any"))
    files = {name: _chapter(chance, name, names) for name in names}
    files["book.toml"] = (
        f'title = "Book {seed}"\nlanguage = "{chance.choice(("en", "de", "fr"))}"\n'
        f'date = 2026-01-01\n[pdf]\ntrim = "{trim}"\nopen_on = "{opening}"\n'
    )
    return files


def changed(files: Mapping[str, str], seed: int) -> dict[str, str]:
    """The same book after an author's next hour."""
    chance = Random(seed)
    made = dict(files)
    chapters = [name for name in made if name.endswith("-chapter.md")]
    name = chance.choice(chapters)
    change = chance.randrange(5)
    if change == 0:
        made[name] += f"\n{_paragraph(chance)}\n"
    elif change == 1:
        made[name] += "\n\n".join(["", *(_paragraph(chance) for _ in range(25)), ""])
    elif change == 2:
        made[name] = made[name].replace("water", "wine").replace("stone", "bread")
    elif change == 3:
        made["part-1/99-chapter.md"] = _chapter(chance, "part-1/99-chapter.md", list(files))
    else:
        made[name] = made[name].replace("# ", "# Still ", 1)
    return made


def _chapter(chance: Random, name: str, names: list[str]) -> str:
    blocks = [f"# {chance.choice(_TITLES)} {name[-7:-3]}"]
    if name.endswith("part.md"):
        return "\n\n".join(blocks)
    makers = (_heading, _list, _table, _note, _checklist, _reference, _quotation)
    for _ in range(chance.randint(2, 6)):
        blocks.append(_paragraph(chance))
        blocks.append(chance.choice(makers)(chance, len(blocks), names))
    if chance.random() < 0.5:
        blocks += ["## Checklist", _checklist(chance, 99, names)]
    return "\n\n".join(blocks) + "\n"


def _sentence(chance: Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(3, 14))) + "."


def _paragraph(chance: Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 8)))


def _heading(chance: Random, number: int, _names: list[str]) -> str:
    return f"## {chance.choice(_TITLES)}, {number}"


def _list(chance: Random, _number: int, _names: list[str]) -> str:
    mark = chance.choice(("-", "1."))
    return "\n".join(f"{mark} {_sentence(chance)}" for _ in range(chance.randint(1, 6)))


def _table(chance: Random, _number: int, _names: list[str]) -> str:
    rows = [f"| {chance.choice(_WORDS)} | {_sentence(chance)} |" for _ in range(6)]
    return "\n".join(["| One | Two |", "|:--|--:|", *rows])


def _note(chance: Random, number: int, _names: list[str]) -> str:
    return f"A note.[^{number}]\n\n[^{number}]: {_sentence(chance)}"


def _checklist(chance: Random, number: int, _names: list[str]) -> str:
    return "\n".join(f"- [ ] {number} {_sentence(chance)}" for _ in range(chance.randint(1, 4)))


def _reference(chance: Random, _number: int, names: list[str]) -> str:
    target = chance.choice(names)
    return f"See [](../{target}), [there](../{target}) or <https://example.org/a?b=(c)>."


def _quotation(chance: Random, _number: int, _names: list[str]) -> str:
    return f"> {_sentence(chance)}\n>\n> {_sentence(chance)}"
