import re

import pytest

from cs_planning.notebook.blocks.markdown import as_html, as_plain, sanitised

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=javascript:alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](<javascript:alert(1)>)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "> [r]: data:text/html,x\n\n[r]",
    "<javascript:alert(1)>",
    "![x](http://evil.example/beacon.gif)",
    "![x][r]\n\n[r]: http://evil.example/beacon.gif",
    "[![x](http://evil.example/b.png)](javascript:alert(1))",
    "<svg/onload=alert(1)>",
    "<!--<img src=x onerror=alert(1)>-->",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "`<img src=x onerror=alert(1)>`",
    "[x](//evil.example)",
    "<a href='javascript:alert(1)'>x</a>",
    "\u200bjavascript:alert(1) <scr\x00ipt>alert(1)</scr\x00ipt>",
    "$$\\href{javascript:alert(1)}{x}$$",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_drawn_markdown_holds_no_tag_link_or_picture_of_an_attacker(source: str) -> None:
    drawn = as_html(source)
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", drawn))
    assert tags <= {"p", "a", "code", "pre", "blockquote", "em", "strong"}
    for target in re.findall(r'href="([^"]*)"', drawn):
        assert target == "#" or target.startswith(("http://", "https://", "mailto:"))
    assert not re.search(r"<[^>]*\son\w+\s*=", drawn)


@pytest.mark.parametrize("source", HOSTILE)
def test_the_source_itself_holds_no_tag_and_no_picture(source: str) -> None:
    safe = sanitised(source)
    assert not re.search(r"<[a-zA-Z/!?]", safe)
    assert "![" not in safe


@pytest.mark.parametrize("source", [*HOSTILE, "a < b & c", "**x**", "[x](https://example.org/a_(b)) <b>", "&lt;b>"])
def test_making_safe_twice_changes_nothing_more(source: str) -> None:
    assert sanitised(sanitised(source)) == sanitised(source)


@pytest.mark.parametrize(
    "source",
    [
        "plain",
        "a < b, 3 > 2",
        "**bold** and *slanted*",
        "[x](https://example.org)",
        "[y](?goal=1#c2)",
        "- a\n- b",
        "1 | 2",
        "`a`",
    ],
)
def test_harmless_markdown_stays_as_it_is(source: str) -> None:
    assert sanitised(source) == source


def test_links_tell_nothing_of_where_they_came_from() -> None:
    assert 'rel="noopener noreferrer nofollow"' in as_html("[x](https://example.org)")


def test_tables_and_lists_are_drawn() -> None:
    drawn = as_html("| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n")
    assert "<table>" in drawn
    assert "<li>one</li>" in drawn


def test_plain_lines_hold_the_words_without_signs() -> None:
    assert as_plain("## Head\n\nSome **bold** words\n\n- one\n- two") == "Head\nSome bold words\none\ntwo"
