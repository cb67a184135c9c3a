"""HTML becomes text with entities, as at Telegram."""

from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.formatting import SIMPLE, Formatted, find, from_html, tidy, utf16


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


READ = [
    ("Hoi", "Hoi", []),
    ("<b>Hoi</b>", "Hoi", [entity("bold", 0, 3)]),
    ("<STRONG>Hoi</strong>", "Hoi", [entity("bold", 0, 3)]),
    ("<i>a</i><em>b</em>", "ab", [entity("italic", 0, 1), entity("italic", 1, 1)]),
    ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
    (
        "<s>a</s><strike>b</strike><del>c</del>",
        "abc",
        [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1), entity("strikethrough", 2, 1)],
    ),
    (
        '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
        "ab",
        [entity("spoiler", 0, 1), entity("spoiler", 1, 1)],
    ),
    ("😀<b>é</b>", "😀é", [entity("bold", 2, 1)]),
    ("<b>👩‍👩‍👧</b>", "👩‍👩‍👧", [entity("bold", 0, 8)]),
    ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
    ("<b><i>a</i></b>", "a", [entity("italic", 0, 1), entity("bold", 0, 1)]),
    ("<a href='https://x.nl/?a=1&amp;b=2'>x</a>", "x", [entity("text_link", 0, 1, url="https://x.nl/?a=1&b=2")]),
    ("<a href=x.nl>x</a>", "x", [entity("text_link", 0, 1, url="http://x.nl")]),
    ("<a>https://x.nl</a>", "https://x.nl", [entity("text_link", 0, 12, url="https://x.nl")]),
    ("<a href='nergens'>x</a>", "x", []),
    ("<a href='tg://user?id=5'>x</a>", "x", []),
    ("<code>a</code>", "a", [entity("code", 0, 1)]),
    ("<pre>a</pre>", "a", [entity("pre", 0, 1)]),
    (
        '<pre><code class="language-python">a</code></pre>',
        "a",
        [entity("pre", 0, 1, language="python")],
    ),
    ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
    (
        '<tg-emoji emoji-id="5">👍</tg-emoji>',
        "👍",
        [entity("custom_emoji", 0, 2, custom_emoji_id="5")],
    ),
    ("<b>a</>", "a", [entity("bold", 0, 1)]),
    ("<b></b>a", "a", []),
    ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
    ("&#233;&#xe9;&#128512;", "éé😀", []),
    ("&eacute; &nbsp; & &#0; &#xd800; &#99999999999;", "&eacute; &nbsp; & &#0; &#xd800; &#99999999999;", []),
    ("  <b>a </b>\n", "a", [entity("bold", 0, 1)]),
    ("<b> a</b>", " a", [entity("bold", 0, 2)]),
    ("Zie https://x.nl.", "Zie https://x.nl.", [entity("url", 4, 12)]),
    ("é /help!", "é /help!", [entity("bot_command", 2, 5)]),
    ("<code>/help</code>", "/help", [entity("code", 0, 5)]),
    ("<b>/help</b>", "/help", [entity("bold", 0, 5), entity("bot_command", 0, 5)]),
    ("Mail a@b.nl of @fatma", "Mail a@b.nl of @fatma", [entity("email", 5, 6), entity("mention", 15, 6)]),
    ("en/of 1/2", "en/of 1/2", []),
    ("a\r\n<b>b</b>\r\n", "a\nb", [entity("bold", 2, 1)]),
]


@pytest.mark.parametrize(("html", "text", "entities"), READ)
def test_html_becomes_text_and_entities(html: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert tidy(from_html(html)) == Formatted(text, entities)


REFUSED = [
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("é<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("a<br/>", 'Unsupported start tag "br/" at byte offset 1'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("1 <", "Unclosed start tag at byte offset 2"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href=x?y>a</a>", "Unexpected end of name token at byte offset 8"),
    ("<a ='x'>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("html", "why"), REFUSED)
def test_html_telegram_cannot_read_is_refused(html: str, why: str) -> None:
    with pytest.raises(ApiError) as refusal:
        from_html(html)

    assert refusal.value.status == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))


@given(texts)
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    assert from_html(escape(text).replace("&#x27;", "'")) == Formatted(text, [])


@given(st.lists(st.tuples(texts, st.sampled_from([*SIMPLE, None]))))
def test_entities_mark_the_words_that_stood_in_the_tags(pieces: list[tuple[str, str | None]]) -> None:
    html, marked = "", []
    for words, tag in pieces:
        if tag is None:
            html += escape(words)
            continue
        html += f"<{tag}{' class=tg-spoiler' if tag == 'span' else ''}>{escape(words)}</{tag}>"
        if words:
            marked.append((SIMPLE[tag], words))

    text, entities = from_html(html)

    units = text.encode("utf-16-le")
    found = [
        (one["type"], units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"))
        for one in entities
    ]
    assert found == marked


@given(st.text(st.sampled_from("<>/&;#= \n'\"abxp1é😀")))
def test_whatever_comes_is_read_or_refused(html: str) -> None:
    try:
        text, entities = tidy(from_html(html))
    except ApiError:
        return
    assert text == text.strip() or entities
    for one in entities:
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= utf16(text)


@given(texts)
def test_what_is_found_in_plain_text_lies_within_it(text: str) -> None:
    for one in find(text):
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= utf16(text)
