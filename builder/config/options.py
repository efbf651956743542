"""The tables of ``book.toml``: every key with its type, what it stands for, and its default."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

OutputName = Literal["pdf", "epub", "checklists", "booklet"]
ShapeName = Literal["pages", "cards", "fold", "poster", "planner", "booklet"]
Paper = Literal["a4", "a5", "letter", "a3"]
Edge = Literal["long", "short"]
# What can be numbered chapter by chapter, and of which a list can be made.
Countable = Literal["figures", "tables", "listings", "equations"]
Listable = Literal["figures", "tables", "listings"]
Edition = Literal["reader", "leader"]
# Whose guidelines the e-book follows, where they differ: docs/epub-profiles.md.
Profile = Literal["generic", "kindle", "kobo", "apple"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person who made the book, where a bare name is not enough."""

    name: Annotated[str, Meta(description="The name as printed.")]
    role: Annotated[
        str, Meta(description="MARC relator code: aut, edt, ill, trl ...", pattern="^[a-z]{3}$")
    ] = "aut"
    file_as: Annotated[str, Meta(description="The name as sorted: Woolf, Virginia.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """A chapter of the list, where its role is not that of its folder."""

    file: Annotated[str, Meta(description="Path of the Markdown file within the book's folder.")]
    role: Annotated[
        Literal["front", "part", "chapter", "appendix", "back"] | None,
        Meta(description="What the file is in the book."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOptions:
    """The table ``[pdf]``: the paginated book."""

    trim: Annotated[
        str,
        Meta(
            description="Trim size: A4, A5, Letter, 5x8, 5.5x8.5, 6x9 (inches), or a size "
            "such as 148mm x 210mm.",
        ),
    ] = "6x9"
    bleed: Annotated[
        str,
        Meta(
            description="How far pictures reach over the edge of the page, to be cut off: 3mm.",
            pattern=r"^\d+(\.\d+)?(mm|cm|in|pt)$",
        ),
    ] = "0mm"
    marks: Annotated[
        bool, Meta(description="Marks around each page, by which it is cut and aligned.")
    ] = False
    wide_margin: Annotated[
        bool, Meta(description="Room for notes in the margin at the outer edge of each page.")
    ] = False
    open_on: Annotated[
        Literal["recto", "any"], Meta(description="The side on which chapters open.")
    ] = "recto"
    hyphenate: Annotated[bool, Meta(description="Break words at line ends.")] = True
    justify: Annotated[bool, Meta(description="Set lines flush on both sides.")] = True
    half_title: Annotated[bool, Meta(description="A half title before the title page.")] = True
    checklists: Annotated[
        bool, Meta(description="Each chapter's checklist on a page behind the chapter.")
    ] = True
    reference_pages: Annotated[
        bool, Meta(description="Follow references by the page they point to.")
    ] = True
    contents_depth: Annotated[
        int,
        Meta(description="Levels in the contents: 1 chapters, 2 also their headings.", ge=1, le=3),
    ] = 1
    notes: Annotated[
        Literal["foot", "chapter", "book"],
        Meta(description="Where notes stand: at the foot, behind the chapter, behind the book."),
    ] = "foot"
    link_notes: Annotated[
        bool, Meta(description="The address of each link into the world in a note.")
    ] = False
    short_contents: Annotated[
        bool, Meta(description="Parts and chapters on one page, before the full contents.")
    ] = False
    lists: Annotated[
        tuple[Listable, ...], Meta(description="Lists behind the contents, with pages.")
    ] = ()
    isbn: Annotated[
        str, Meta(description="ISBN of the printed book, where it is not the identifier.")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The table ``series``: the series that the book belongs to."""

    name: Annotated[str, Meta(description="The name of the series.", min_length=1)]
    number: Annotated[
        int, Meta(description="The book's number in the series; 0 for none.", ge=0)
    ] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubOptions:
    """The table ``[epub]``: the e-book."""

    profile: Annotated[
        Profile, Meta(description="For whose readers it is made: generic, kindle, kobo, apple.")
    ] = "generic"
    cover: Annotated[str, Meta(description="Cover image; made from the title if not given.")] = ""
    cover_alt: Annotated[str, Meta(description="What the cover shows, in a sentence.")] = ""
    contents_depth: Annotated[
        int,
        Meta(description="Levels in the contents: 1 chapters, 2 also their headings.", ge=1, le=3),
    ] = 2
    lists: Annotated[tuple[Listable, ...], Meta(description="Lists behind the contents.")] = ()
    checklists: Annotated[
        bool, Meta(description="All checklists together at the end, besides each in its chapter.")
    ] = True
    certifier: Annotated[
        str, Meta(description="Who certifies that the book meets EPUB Accessibility 1.1 AA.")
    ] = ""
    fonts: Annotated[
        bool, Meta(description="Bring the theme's fonts; readers can still choose others.")
    ] = False
    accessibility_page: Annotated[
        bool, Meta(description="A page at the end that says how the book can be read.")
    ] = False
    print_pages: Annotated[
        bool, Meta(description="Mark and list where the pages of the printed book begin.")
    ] = False
    reference_pages: Annotated[
        bool, Meta(description="Follow references by the page of the printed book.")
    ] = False

    @property
    def names_pages(self) -> bool:
        """Whether the e-book cannot be made before the printed book is laid out."""
        return self.print_pages or self.reference_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyOptions:
    """The table ``[bibliography]``: the sources of the book, and how they are cited."""

    file: Annotated[
        str, Meta(description="The file of sources: BibTeX (.bib) or CSL-JSON (.json).")
    ]
    style: Annotated[
        str, Meta(description="The style: a name such as apa, or a CSL file of the book.")
    ] = "chicago-author-date"
    all: Annotated[bool, Meta(description="List sources that are not cited as well.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistOptions:
    """The table ``[checklists]``: the printable set."""

    shapes: Annotated[
        tuple[ShapeName, ...], Meta(description="The shapes to make, each a file.", min_length=1)
    ] = ("pages",)
    paper: Annotated[Paper, Meta(description="The paper the set is printed on.")] = "a4"
    per_sheet: Annotated[
        Literal[1, 2], Meta(description="Pages on a sheet: 2 are half as large, side by side.")
    ] = 1
    duplex: Annotated[
        Edge, Meta(description="The edge over which the printer turns a sheet for its back.")
    ] = "long"
    large_print: Annotated[
        bool, Meta(description="All type of 18 pt and more, in black on white.")
    ] = False
    ink_saver: Annotated[bool, Meta(description="Outlines alone, and nothing filled.")] = False
    weeks: Annotated[
        int,
        Meta(
            description="The weeks over which the planner spreads tasks; 0 for those they name.",
            ge=0,
            le=104,
        ),
    ] = 0
    exercises: Annotated[
        bool, Meta(description="The exercises of each chapter on pages behind its list.")
    ] = False
    fillable: Annotated[
        bool, Meta(description="Form fields to tick and to write in on a screen.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryOptions:
    """The table ``[glossary]``: what leads to the chapter that explains terms."""

    link: Annotated[
        Literal["first", "marked", "none"],
        Meta(
            description="What is linked to the glossary: the first use of each term in each "
            "chapter and what is marked, what is marked alone, or nothing."
        ),
    ] = "first"
    sort: Annotated[bool, Meta(description="Sort the terms of the glossary.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletOptions:
    """The table ``[booklet]``: the paginated book on sheets to be folded in the middle."""

    paper: Annotated[
        Paper | None, Meta(description="The sheets; the smallest that hold two pages if not given.")
    ] = None
    signature: Annotated[
        int, Meta(description="Sheets put into each other; 0 for all of them.", ge=0)
    ] = 0
    creep: Annotated[
        str,
        Meta(
            description="How far each sheet moves its pages inwards, beyond the one around it: "
            "0.1mm.",
            pattern=r"^\d+(\.\d+)?(mm|cm|in|pt)$",
        ),
    ] = "0mm"
    duplex: Annotated[
        Edge, Meta(description="The edge over which the printer turns a sheet for its back.")
    ] = "long"
    fit: Annotated[
        bool, Meta(description="Make pages smaller that are too large for half a sheet.")
    ] = False
