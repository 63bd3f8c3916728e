"""Which bytes are YAML to us, and what plain scalars would become elsewhere."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.files.strict_yaml import MAX_DEPTH, MAX_NODES, Mapping, Scalar, Sequence, parse, surprise


def messages(data: bytes | str) -> list[str]:
    """List the problems of a document as text."""
    document = parse(data.encode() if isinstance(data, str) else data, "f.yaml")
    return [str(problem) for problem in document.problems]


def test_nodes_know_their_lines() -> None:
    assert parse(b"a:\n  - one\n  - 'two'\n", "f.yaml").root == Mapping(
        1,
        {"a": (Scalar(1, "a", plain=True), Sequence(2, [Scalar(2, "one", plain=True), Scalar(3, "two", plain=False)]))},
    )


def test_folded_text_is_not_plain() -> None:
    root = parse(b">-\n  yes\n", "f.yaml").root

    assert root == Scalar(1, "yes", plain=False)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "f.yaml: is empty; fill it or delete it"),
        ("# only a comment\n", "f.yaml: is empty; fill it or delete it"),
        ("a: 1\n---\nb: 2\n", 'f.yaml:2: holds a second document; delete the "---" and what does not belong here'),
        (
            "a: &x y\n",
            "f.yaml:1: holds the anchor &x; delete it, or quote the text if it begins with &",
        ),
        (
            "a: *x\n",
            "f.yaml:1: holds the alias *x; write the value out, or quote the text if it begins with *",
        ),
        (
            "a: !!python/object/apply:os.system [true]\n",
            (
                'f.yaml:1: holds the tag "tag:yaml.org,2002:python/object/apply:os.system"; '
                "delete it, or quote the text if it begins with !"
            ),
        ),
        ("a: ! b\n", 'f.yaml:1: holds the tag "!"; delete it, or quote the text if it begins with !'),
        ("%YAML 1.2\n---\na: b\n", "f.yaml:1: holds a directive; delete the line that begins with %"),
        ("? [a]\n: b\n", "f.yaml:1: holds a list or mapping as a key; quote text that begins with ?, [ or {"),
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3: a: is already given in line 1; delete one of the two"),
        (
            "a: b: c\n",
            'f.yaml:1: is not YAML (mapping values are not allowed in this context); quote text that contains ": "',
        ),
        (
            "a: @b\n",
            (
                "f.yaml:1: is not YAML (found character that cannot start any token); "
                "quote text that begins with %, @ or `"
            ),
        ),
        (
            "x: 1\na: 'b\nc: d\n",
            (
                "f.yaml:4: is not YAML (found unexpected end of stream, in a quoted scalar that began in line 2);"
                " close the quote or bracket"
            ),
        ),
        (
            'a: "b" c\n',
            (
                "f.yaml:1: is not YAML (did not find expected key); "
                "check the indentation of this line, and quote text that begins with a quotation mark"
            ),
        ),
        (
            'a: "\\q"\n',
            "f.yaml:1: is not YAML (found unknown escape character); use single quotes, or write \\\\ for a backslash",
        ),
        (
            "a: [b\n",
            (
                "f.yaml:2: is not YAML (did not find expected ',' or ']', in a flow sequence that began in line 1);"
                " close the bracket, and quote texts that hold a comma or bracket"
            ),
        ),
        (b"\xef\xbb\xbfa: b\n", "f.yaml:1: begins with a byte order mark; save it as UTF-8 without BOM"),
        ("a: b\n".encode("utf-16"), "f.yaml:1: begins with the byte order mark of UTF-16; save it as UTF-8"),
        (
            "a: b\n".encode("utf-16-be"),
            "f.yaml:1: holds a NUL byte, so it is binary or UTF-16; save it as text in UTF-8",
        ),
        ("a: b\nc: é\n".encode("latin-1"), "f.yaml:2: is not UTF-8 (byte 0xE9; Latin-1?); save it as UTF-8"),
        (b"\x7fELF\x02\x01\x01\x00", "f.yaml:1: holds a NUL byte, so it is binary or UTF-16; save it as text in UTF-8"),
        ("a:\n\t- b\n", "f.yaml:2: holds a tab; use spaces"),
        ("a: b\rc: d\n", "f.yaml:1: holds the invisible or broken character U+000D; delete it"),
        ("a: b\u2028\n", "f.yaml:1: holds the invisible or broken character U+2028; delete it"),
        ("a: caf\ufffd\n", "f.yaml:1: holds the invisible or broken character U+FFFD; delete it"),
        ('a: "\\x07"\n', "f.yaml:1: holds the invisible or broken character U+0007; delete it"),
    ],
)
def test_what_is_not_strict_yaml_is_refused_in_a_sentence(data: str | bytes, expected: str) -> None:
    assert messages(data) == [expected]


def test_every_anchor_and_alias_is_told() -> None:
    assert [message[:30] for message in messages("- &a x\n- *a\n- &b y\n")] == [
        "f.yaml:1: holds the anchor &a;",
        "f.yaml:2: holds the alias *a; ",
        "f.yaml:3: holds the anchor &b;",
    ]


def test_a_document_with_aliases_yields_nothing() -> None:
    assert parse(b"- &a x\n- *a\n", "f.yaml").root is None


def test_the_first_of_two_equal_keys_is_kept_for_further_checks() -> None:
    root = parse(b"a: 1\na: 2\n", "f.yaml").root

    assert isinstance(root, Mapping)
    assert root.pairs["a"][1] == Scalar(1, "1", plain=True)


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(9))

    assert messages(bomb)[0] == "f.yaml:1: holds the anchor &a; delete it, or quote the text if it begins with &"


@pytest.mark.parametrize("nest", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "[" * 30 + "]" * 30])
def test_deep_nesting_is_refused(nest: str) -> None:
    assert messages(nest) == [
        f"f.yaml:1: is nested deeper than {MAX_DEPTH} levels; check the brackets and the indentation"
    ]


def test_too_many_values_are_refused() -> None:
    assert messages("[" + "a," * MAX_NODES + "]") == [
        "f.yaml:1: holds more than 250,000 values; split the brief into two packs"
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("no", "a truth value"),
        ("Yes", "a truth value"),
        ("y", "a truth value"),
        ("on", "a truth value"),
        ("12:30", "a number of base 60"),
        ("1:30:05.5", "a number of base 60"),
        ("1.10", "a number"),
        ("1_000", "a number"),
        ("1e3", "a number"),
        (".5", "a number"),
        ("0o17", "a number"),
        ("0b11", "a number"),
        (".inf", "a number"),
        ("2016-11-09", "a date"),
        ("2016-11-09 12:30:00", "a date"),
        ("~", "nothing at all"),
        ("", "nothing at all"),
        ("<<", "a merge key"),
        ("=", "a merge key"),
    ],
)
def test_what_yaml_takes_for_something_else_is_a_surprise(text: str, what: str) -> None:
    assert surprise(text) == what


@pytest.mark.parametrize("text", ["nope", "on time", "2016-11", "12 monkeys", "1.2.3", "NATO", "x=1", "null and void"])
def test_ordinary_text_is_no_surprise(text: str) -> None:
    assert surprise(text) == ""


@given(st.text("0123456789+-.:_eExXoObBaAfFtTzZ ~=<nulNULtrueTRUfalsyYoO", min_size=1, max_size=12))
def test_whatever_pyyaml_would_convert_is_a_surprise(text: str) -> None:
    tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]

    assert surprise(text) or tag == "tag:yaml.org,2002:str"


@given(st.binary(max_size=200))
def test_no_bytes_make_the_parser_raise(data: bytes) -> None:
    parse(data, "f.yaml")


@given(st.text("ab:-[]{}&*!%@`#|>'\"\\\n ,?", max_size=60))
def test_no_text_makes_the_parser_raise(text: str) -> None:
    document = parse(text.encode(), "f.yaml")

    assert document.root is not None or document.problems
