"""The kinds of answers: what they take, what they keep, what they give the conversation, how a person reads it."""

from __future__ import annotations

from typing import Any

import pytest

from flows.initiatives.beginning.advice import Wish
from flows.initiatives.beginning.start import Helper
from flows.talk import incoming
from flows.talk.answers import Accepted, AnswerType, Change, Given, Photo, Skippable, Text, Unfit
from flows.talk.choices import Choice, Choices, OneOf, YesNo
from flows.talk.own_words import MAX_LENGTH, OwnWords
from flows.talk.places import TeamAnswer, ThemeAnswer
from flows.talk.review import Review
from tests.flows.talk.accepting import UNUSABLE, accept, drafted, kept, labels, pressed, refused, shown

ASKS = "initiative.start.asks"
PHOTO, VOICE = UNUSABLE["photo"], UNUSABLE["voice"]
LABELS = {"1": "Jan · Balie", "2": "Piet · Wijkteam"}

ROUND_TRIPS: list[tuple[AnswerType[Any], Given | str, Any, Any, str]] = [
    # answer type, what came, what is kept, what the conversation gets, what a person reads
    (Text(), "  Een bankje  ", "Een bankje", "Een bankje", "Een bankje"),
    (Text(), "<b>&amp;", "<b>&amp;", "<b>&amp;", "<b>&amp;"),
    (Text(max_length=3), "🌱🌱🌱", "🌱🌱🌱", "🌱🌱🌱", "🌱🌱🌱"),
    (Text(), PHOTO, "kijk", "kijk", "kijk"),
    (Skippable(Text()), incoming.Voice(voice="voice-1", caption=" luister "), "luister", "luister", "luister"),
    (Choice(Helper), pressed("school"), "school", Helper.SCHOOL, "School"),
    (Choice(Helper), "vrienden OF familie", "friends", Helper.FRIENDS, "Vrienden of familie"),
    (OneOf(LABELS), pressed("2"), "2", "2", "Piet · Wijkteam"),
    (OneOf(LABELS), "jan balie", "1", "1", "Jan · Balie"),
    (YesNo(), pressed("yes"), True, True, "Ja"),
    (YesNo(), "NEE!", False, False, "Nee"),
    (Photo(), PHOTO, "photo-1", "photo-1", "📷 foto"),
    (ThemeAnswer(), pressed("groen"), "groen", "groen", "Groen en water"),
    (ThemeAnswer(), "groen en water", "groen", "groen", "Groen en water"),
    (ThemeAnswer(), "🌳 Groen en water", "groen", "groen", "Groen en water"),
    (TeamAnswer(), pressed("jeugdteam"), "jeugdteam", "jeugdteam", "Jeugdteam Het Baken"),
    (Choice(Helper), "sch", "school", Helper.SCHOOL, "School"),
    (ThemeAnswer(), "groen", "groen", "groen", "Groen en water"),
    (TeamAnswer(empty=["jeugdteam"]), "jeugdteam het baken", "jeugdteam", "jeugdteam", "Jeugdteam Het Baken"),
]


@pytest.mark.parametrize(("answer", "what", "value", "loaded", "read"), ROUND_TRIPS)
async def test_is_kept_and_read_back(
    answer: AnswerType[Any], what: Given | str, value: Any, loaded: Any, read: str
) -> None:
    assert await kept(answer, what) == value
    assert answer.load(value) == loaded
    assert shown(answer, value) == read


REFUSED: list[tuple[AnswerType[Any], Given | str, str]] = [
    (Text(), "a", "short"),
    (Text(), "  \n ", "short"),
    (Text(min_length=5), "abcd", "short"),
    (Text(max_length=5), "abcdef", "long"),
    (Text(), incoming.Photo(photo="photo-1", caption="  "), "text"),
    (Text(min_length=5), PHOTO, "short"),
    (Text(), pressed(Text.KEEP), "text"),
    (Choice(Helper, but=[Helper.SCHOOL]), pressed("school"), "choice"),
    (Choice(Helper), "iemand anders", "choice"),
    (Choice(Helper), "", "choice"),
    (Choice(Helper), "🌱", "choice"),
    (Choice(Helper), pressed("nobody"), "choice"),
    (Choice(Helper), "s", "choice"),
    (OneOf({"1": "Jan", "2": "Jannie"}), "ja", "choice"),
    (ThemeAnswer(), "en", "choice"),
    (Choices(Helper), "iemand anders", "choices"),
    (Choices(Helper), pressed("done"), "none_ticked"),
    (OneOf(LABELS), pressed("3"), "choice"),
    (YesNo(), "misschien", "choice"),
    (Photo(), "een foto", "photo"),
    (Photo(), VOICE, "photo"),
    (ThemeAnswer(), "ruimtevaart", "choice"),
    (TeamAnswer(but="jeugdteam"), pressed("jeugdteam"), "choice"),
    (TeamAnswer(of_partners=False), pressed("jeugdteam"), "choice"),
    (TeamAnswer(of_partners=True), pressed("klantcontact"), "choice"),
    (OwnWords(), "?", "short"),
    (OwnWords(), "a" * (MAX_LENGTH + 1), "long"),
    (OwnWords(), incoming.Unsupported(), "own_words"),
    (OwnWords(), pressed("done"), "own_words"),
    (Skippable(Photo()), "geen zin", "photo"),
]


@pytest.mark.parametrize(("answer", "what", "why"), REFUSED)
async def test_says_what_is_expected(answer: AnswerType[Any], what: Given | str, why: str) -> None:
    assert await refused(answer, what) == f"talk.refused.{why}"


@pytest.mark.parametrize("what", UNUSABLE.values(), ids=UNUSABLE)
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Text(), "text"),
        (Choice(Helper), "choice"),
        (Choices(Helper), "choices"),
        (OneOf(LABELS), "choice"),
        (YesNo(), "choice"),
        (ThemeAnswer(), "choice"),
        (TeamAnswer(), "choice"),
        (Skippable(Text()), "text"),
        (Review([]), "review"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
async def test_takes_no_other_kind_for_words(answer: AnswerType[Any], why: str, what: incoming.Content) -> None:
    without = incoming.Photo(photo="photo-1") if why == "text" and what == PHOTO else what  # its words are text

    assert await refused(answer, without) == f"talk.refused.{why}"


@pytest.mark.parametrize(
    ("answer", "what", "left_out"),
    [
        (Text(), "kijk", None),
        (Text(), PHOTO, "talk.left_out.photo"),
        (Text(), incoming.Voice(voice="voice-1", caption="luister"), "talk.left_out.voice"),
        (Photo(), PHOTO, "talk.left_out.caption"),
        (Photo(), incoming.Photo(photo="photo-1"), None),
        (Skippable(Photo()), PHOTO, "talk.left_out.caption"),
    ],
)
async def test_says_what_of_it_is_not_kept(answer: AnswerType[Any], what: Given | str, left_out: str | None) -> None:
    taken = await accept(answer, what)

    assert isinstance(taken, Accepted)
    assert taken.left_out == left_out


@pytest.mark.parametrize("how", [pressed(Text.KEEP), "laat het zo"])
async def test_what_was_written_before_can_be_kept(how: Given | str) -> None:
    for answer in (Text(), Skippable(Text())):
        draft = answer.draft_of("Een bankje")

        assert answer.was(draft) == "Een bankje"
        assert labels(answer, draft=draft)[0] == "✅ Laat het zo"
        assert await kept(answer, how, draft=draft) == "Een bankje"
        assert await kept(answer, "Een tafel", draft=draft) == "Een tafel"


MANY = {str(number): f"Collega {number}" for number in range(1, 46)}


async def test_many_options_are_shown_in_pages() -> None:
    answer = OneOf(MANY)
    pages = [labels(answer, draft=page) for page in (None, 1, 2)]

    assert [(page[0], len(page)) for page in pages] == [("Collega 1", 21), ("Collega 21", 22), ("Collega 41", 6)]
    assert [page[-2:] for page in pages] == [
        ["Collega 20", "Volgende ▶️"],
        ["◀️ Vorige", "Volgende ▶️"],
        ["Collega 45", "◀️ Vorige"],
    ]
    assert [await drafted(answer, "volgende", draft=page) for page in (None, 1)] == [1, 2]
    assert await drafted(answer, pressed("page:1"), draft=2) == 1
    assert await drafted(answer, pressed("page:1"), draft=1) == 1, "tapped twice"
    assert labels(answer, draft=9) == pages[2], "some have gone since"


async def test_an_option_of_another_page_may_be_typed() -> None:
    assert await kept(OneOf(MANY), "collega 45") == "45"
    assert await refused(OneOf(MANY), pressed("page:7")) == "talk.refused.choice"


async def test_what_fits_needs_no_pages() -> None:
    assert len(labels(OneOf(dict(list(MANY.items())[:20])))) == 20


@pytest.mark.parametrize(
    "answer",
    [
        Text(max_length=3),
        Choice(Helper),
        Choices(Helper),
        OneOf(LABELS),
        YesNo(),
        Photo(),
        Skippable(Text(max_length=3)),
        ThemeAnswer(),
        TeamAnswer(but="jeugdteam"),
        OwnWords(),
    ],
    ids=lambda answer: type(answer).__name__,
)
@pytest.mark.parametrize("value", [5, 1.5, ["zz"], {"zz": 1}, [[]], [{}]])
def test_a_value_of_another_kind_no_longer_fits(answer: AnswerType[Any], value: Any) -> None:
    with pytest.raises(Unfit):
        answer.load(value)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (Text(max_length=3), "abcd"),
        (Choice(Helper), "club"),
        (Choices(Helper), []),
        (Choices(Helper), ["neighbours", "club"]),
        (Choices(Helper), "neighbours"),
        (OneOf(LABELS), "3"),
        (YesNo(), None),
        (TeamAnswer(but="jeugdteam"), "jeugdteam"),
        (OwnWords(), []),
        (OwnWords(), {"text": "Waarom?"}),
        (OwnWords(), [{"text": ""}]),
        (OwnWords(), [{"text": 5}]),
        (OwnWords(), [{"text": "Waarom?", "video": "video-1"}]),
    ],
)
def test_a_value_that_today_s_code_lacks_no_longer_fits(answer: AnswerType[Any], value: Any) -> None:
    with pytest.raises(Unfit) as unfit:
        answer.load(value)
    assert unfit.value.key in ("talk.unfit", "talk.unfit_long")


# Several choices


async def test_ticks_are_put_on_and_taken_off() -> None:
    answer = Choices(Helper)

    one = await drafted(answer, pressed("school"))
    two = await drafted(answer, pressed("neighbours"), draft=one)
    again = await drafted(answer, pressed("school"), draft=two)  # a second tap on the same button
    three = await drafted(answer, pressed("-school"), draft=two)

    assert (one, sorted(two), sorted(again), three) == (
        ["school"],
        sorted(again),
        ["neighbours", "school"],
        ["neighbours"],
    )
    assert labels(answer, draft=three)[:2] == ["⬜ Nog alleen", "☑️ Buren"]


async def test_ticks_are_kept_in_the_order_of_the_question() -> None:
    answer = Choices(Helper)

    value = await kept(answer, pressed("done"), draft=["school", "alone"])

    assert value == ["alone", "school"]
    assert answer.load(value) == (Helper.ALONE, Helper.SCHOOL)
    assert shown(answer, value) == "Nog alleen, School"


async def test_ticks_can_be_typed_too() -> None:
    assert await drafted(Choices(Helper), "buren") == ["neighbours"]
    assert await kept(Choices(Helper), "klaar", draft=["school"]) == ["school"]


async def test_a_tick_of_an_option_that_has_left_is_dropped() -> None:
    assert await kept(Choices(Helper), pressed("done"), draft=["club", "school"]) == ["school"]


# Or nothing


@pytest.mark.parametrize("what", [pressed("skip"), "sla over", "Sla over"])
async def test_skipping_keeps_nothing(what: Given | str) -> None:
    answer = Skippable(Text())

    value = await kept(answer, what)

    assert (value, answer.load(value), shown(answer, value)) == (None, None, "overgeslagen")


async def test_what_can_be_skipped_can_be_answered() -> None:
    answer = Skippable(Choice(Wish))

    value = await kept(answer, pressed("nothing"), question=ASKS)

    assert (value, answer.load(value)) == ("nothing", Wish.NOTHING)
    assert shown(answer, value, question=ASKS) == "Niets, wij kunnen beginnen"
    assert labels(answer, question=ASKS)[-1] == "Sla over"


async def test_a_question_has_its_own_words_for_skipping() -> None:
    photo = "initiative.start.photo"

    assert labels(Skippable(Photo()), question=photo) == ["Geen foto"]
    assert await kept(Skippable(Photo()), "geen foto", question=photo) is None
    assert shown(Skippable(Photo()), None, question=photo) == "geen foto"


async def test_own_words_that_begin_as_the_button_for_skipping_are_words() -> None:
    assert await kept(Skippable(Text()), "sla") == "sla"
    assert await kept(Skippable(ThemeAnswer()), "sla") is None


async def test_yes_and_no_may_be_typed_where_a_question_has_its_own_words_for_them() -> None:
    sure = "role.end.sure"

    assert labels(YesNo(), question=sure) != ["Ja", "Nee"]
    assert await kept(YesNo(), "ja", question=sure) is True
    assert await kept(YesNo(), "nee", question=sure) is False
    assert await kept(YesNo(), labels(YesNo(), question=sure)[0], question=sure) is True


# The municipality's own


async def test_a_theme_reads_in_the_person_s_language() -> None:
    assert shown(ThemeAnswer(), "groen", language="en") == "Green and water"
    assert await kept(ThemeAnswer(), "green and water", language="en") == "groen"


@pytest.mark.parametrize("answer", [ThemeAnswer(), TeamAnswer()])
def test_what_has_left_the_municipality_is_still_read(answer: AnswerType[str]) -> None:
    assert shown(answer, answer.load("vroeger")) == "vroeger"


def test_an_empty_team_says_so_on_its_button_only() -> None:
    answer = TeamAnswer(empty=["jeugdteam"])

    assert "Jeugdteam Het Baken (nog niemand)" in labels(answer)
    assert "(nog niemand)" not in shown(answer, "jeugdteam")


def test_a_team_is_not_passed_on_to_itself() -> None:
    assert len(labels(TeamAnswer())) - len(labels(TeamAnswer(but="jeugdteam"))) == 1


# The summary


async def test_the_review_is_confirmed_or_changes_an_answer() -> None:
    review = Review([("idea", Text(), "Een bankje"), ("photo[2]", Photo(), "photo-1")])
    question = "initiative.start.review"

    assert labels(review, question=question) == ["🌱 Ja, begin!", "✏️ Idee", "✏️ Foto"]
    assert await kept(review, pressed("confirm"), question=question) == "confirm"
    assert await accept(review, pressed("change:photo[2]"), question=question) == Change(name="photo[2]")
    assert await accept(review, "idee", question=question) == Change(name="idea")
    assert await kept(review, "ja", question=question) == "confirm"
    assert await kept(review, "YES!", question=question, language="en") == "confirm"
    assert await refused(review, "nee", question=question) == "talk.refused.review"
    assert await refused(review, pressed("change:title"), question=question) == "talk.refused.review"
