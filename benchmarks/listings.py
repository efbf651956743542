"""Code in several languages, made up from names: what a book on programming shows."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

# Given names and a chance, the lines of a listing.
_Lines = Iterator[str]
_Write = Callable[[Sequence[str], Random], _Lines]


def listing(names: Sequence[str], chance: Random) -> list[str]:
    """A fenced block of some ten to thirty lines in one of the languages."""
    language, write = chance.choice(_LANGUAGES)
    return [f"```{language}", *write(names, chance), "```"]


def _python(names: Sequence[str], chance: Random) -> _Lines:
    yield f"from dataclasses import dataclass  # {names[0]} and {names[1]}"
    yield from ("", "", "@dataclass(frozen=True)", f"class {names[0].title()}:")
    yield f'    """One {names[1]} with its {names[2]}."""'
    yield ""
    for name in names[: chance.randint(2, 5)]:
        yield f"    {name}: int = {chance.randrange(1000)}"
    for name in names[5 : 5 + chance.randint(1, 2)]:
        yield from ("", f"    def {name}(self, {names[3]}: str) -> list[str]:")
        yield f"        found = [each for each in {names[3]}.split() if each != '{names[4]}']"
        yield f"        return sorted(found)[:{chance.randrange(9)}]"


def _javascript(names: Sequence[str], chance: Random) -> _Lines:
    yield f"import {{ {names[0]}, {names[1]} }} from './{names[2]}.js';"
    yield ""
    yield f"export async function {names[3]}({names[4]}, limit = {chance.randrange(500)}) {{"
    yield f"  const response = await fetch(`/{names[5]}/${{{names[4]}}}`);"
    yield f"  if (!response.ok) throw new Error('{names[6]}');"
    for name in names[: chance.randint(2, 7)]:
        yield f"  const {name} = response.headers.get('x-{name}') ?? {chance.randrange(90)};"
    yield f"  return {names[0]}.filter((each) => each.{names[1]} < limit); // {names[6]}"
    yield "}"


def _rust(names: Sequence[str], chance: Random) -> _Lines:
    yield f"/// A {names[0]} of the {names[1]}."
    yield "#[derive(Debug, Clone)]"
    yield f"pub struct {names[2].title()} {{"
    for name in names[: chance.randint(2, 5)]:
        yield f"    pub {name}: Option<Vec<u{chance.choice((8, 16, 32, 64))}>>,"
    yield from ("}", "", f"impl {names[2].title()} {{")
    yield f"    pub fn {names[5]}(&self, {names[6]}: &str) -> Result<usize, String> {{"
    yield f"        match {names[6]}.len() {{"
    yield f'            0 => Err(format!("no {names[3]}")),'
    yield f"            n if n > {chance.randrange(99)} => Ok(n * 2),"
    yield from ("            n => Ok(n),", "        }", "    }", "}")


def _sql(names: Sequence[str], chance: Random) -> _Lines:
    yield f"-- Every {names[0]} with its {names[1]}."
    yield "SELECT"
    for name in names[: chance.randint(2, 6)]:
        yield f"    t.{name} AS {name}_{chance.randrange(10)},"
    yield f"    COUNT(*) AS total FROM {names[2]} AS t"
    yield f"    LEFT JOIN {names[3]} AS u ON u.id = t.{names[4]}_id"
    yield f"WHERE t.{names[5]} > {chance.randrange(400)} AND u.{names[6]} IS NOT NULL"
    yield f"GROUP BY t.{names[0]} ORDER BY total DESC LIMIT {chance.randrange(50)};"


def _shell(names: Sequence[str], chance: Random) -> _Lines:
    yield "#!/bin/sh"
    yield f"# Copies every {names[0]} to {names[1]}."
    yield "set -eu"
    yield f'for file in "$1"/*.{names[2][:3]}; do'
    for name in names[3 : 3 + chance.randint(1, 4)]:
        yield f'  {name}=$(cut -d: -f{chance.randrange(1, 9)} "$file" | sort | uniq -c)'
    yield f'  echo "${{{names[3]}:-none}}" >> {names[1]}.log'
    yield "done"


def _json(names: Sequence[str], chance: Random) -> _Lines:
    yield "{"
    for name in names[: chance.randint(3, 7)]:
        value = chance.choice((f'"{name[::-1]}"', "true", "null", str(chance.random())))
        yield f'  "{name}": {value},'
    yield f'  "{names[0]}s": [{", ".join(str(chance.randrange(99)) for _ in range(9))}]'
    yield "}"


_LANGUAGES: Sequence[tuple[str, _Write]] = (
    ("python", _python),
    ("javascript", _javascript),
    ("rust", _rust),
    ("sql", _sql),
    ("sh", _shell),
    ("json", _json),
)
