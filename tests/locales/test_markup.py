"""The HTML that Telegram takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from locales.markup import problems


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Hoi <b>Sanne</b> &amp; <i>Ali <u>x</u></i>",
        "<strong>a</strong><em>b</em><ins>c</ins><s>d</s><strike>e</strike><del>f</del>",
        '<a href="https://example.nl/?a=1&amp;b=2">hier</a>',
        "<a href='tg://user?id=1'>hier</a>",
        "<code>x</code> <pre>y</pre>",
        '<pre><code class="language-python">x</code></pre>',
        "<blockquote>x</blockquote><blockquote expandable><b>y</b></blockquote>",
        '<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>',
        "<B>x</b>",
        "1 &lt; 2 &gt; 0 &quot;x&quot; &#39;y&#x27;",
    ],
)
def test_what_telegram_takes_is_fine(html: str) -> None:
    assert problems(html) == []


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<b>x", "<b> is never closed"),
        ("x</b>", "</b> stands where no closing tag is expected"),
        ("<b><i>x</b></i>", "</b> stands where </i> is expected"),
        ("<b>x</b y>", "</b y> stands where </b> is expected"),
        ("<br>", "<br> isn't a tag that Telegram knows"),
        ("<br/>", "a bare <"),
        ("<p>x</p>", "<p> isn't a tag that Telegram knows"),
        ("<h1>x</h1>", "<h1> isn't a tag that Telegram knows"),
        ("1 < 2", "a bare < at “1 < 2”"),
        ("a -> b", "a bare > at “a -> b”"),
        ("koffie & thee", "a bare & at “koffie & thee”"),
        ("a&nbsp;b", "a bare & at"),
        ("&euro; 5", "a bare & at"),
        ("<a>x</a>", "<a> has other attributes"),
        ('<a href="">x</a>', "has other attributes"),
        ('<a href="x" target="_blank">x</a>', "has other attributes"),
        ("<a href=x>y</a>", "a bare <"),
        ('<b class="x">y</b>', "has other attributes"),
        ('<span class="red">y</span>', "has other attributes"),
        ("<span>y</span>", "has other attributes"),
        ("<blockquote open>y</blockquote>", "has other attributes"),
        ('<code class="x">y</code>', "has other attributes"),
        ("<code><b>x</b></code>", "<b> stands inside <code>"),
        ("<pre><i>x</i></pre>", "<i> stands inside <pre>"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "a <blockquote> stands inside another"),
        ('<a href="x">a<b><a href="y">b</a></b></a>', "a link stands inside another"),
    ],
)
def test_what_telegram_refuses_is_found(html: str, says: str) -> None:
    assert any(problem.startswith(says) or says in problem for problem in problems(html)), problems(html)


@given(value=st.text())
def test_an_escaped_value_is_always_fine(value: str) -> None:
    assert problems(f'<b>{escape(value)}</b><a href="x{escape(value)}">x</a>') == []
