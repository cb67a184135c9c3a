"""How a mail server is written."""

import pytest

from bot.mail.server import MailServer
from bot.settings import Settings, SettingsError, read


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", MailServer(host="mail.example", port=25, tls=False, starttls=False)),
        ("smtp+starttls://mail.example", MailServer(host="mail.example", port=587, tls=False, starttls=True)),
        ("smtp://mail.example:26?starttls=1", MailServer(host="mail.example", port=26, tls=False, starttls=True)),
        (
            "smtps://a%40b.nl:p%3Aw@mail.example",
            MailServer(host="mail.example", port=465, tls=True, starttls=False, user="a@b.nl", password="p:w"),
        ),
    ],
)
def test_an_address_says_all(url: str, expected: MailServer) -> None:
    assert MailServer.parse(url) == expected


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mail.example", "smtps://"),
        ("https://mail.example", "smtps://"),
        ("smtp://mail.example:post", "port"),
        ("smtp://user:secret@mail.example", "in the clear"),
        ("smtps://mail.example?starttls=1", "leave out"),
    ],
)
def test_what_cannot_be_used_is_said_without_the_password(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as raised:
        MailServer.parse(url)

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"SMTP_URL": "smtp://localhost"}, "STUUR_PUBLIC_URL"),
        ({"SMTP_URL": "smtp://localhost", "PUBLIC_URL": "https://a.example"}, "STUUR_SMTP_FROM"),
        ({"SMTP_FROM": "Stuur <stuur@a.example>"}, "without a name"),
        ({"SMTP_URL": "post", "PUBLIC_URL": "https://a.example", "SMTP_FROM": "s@a.example"}, "smtps://"),
    ],
)
def test_a_wrong_setting_is_one_line(
    given: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"STUUR_{name}", value)

    with pytest.raises(SettingsError, match=words) as raised:
        read()

    assert "\n" not in str(raised.value)


def test_without_a_from_the_user_of_the_server_is_the_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUUR_PUBLIC_URL", "https://a.example")
    monkeypatch.setenv("STUUR_SMTP_URL", "smtps://stuur%40a.example:pw@mail.example")

    mail = Settings().mail

    assert mail is not None
    assert mail[1] == "stuur@a.example"
