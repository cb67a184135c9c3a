"""No name, photo or text of a resident reaches anyone before consent: one whole life, watched message by message."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.sandbox import Upload
from flows.initiatives import verbs
from flows.initiatives.verbs import Plan, StartInitiative
from storage.agreements import Say
from storage.columns import now
from storage.initiatives import Hearing, Initiative, Part, Route, Side
from storage.people import Role
from tests.bot.sandbox.pictures import png
from tests.journeys.phone import Phone
from tests.journeys.running_initiative import does
from tests.journeys.town import Town
from tests.journeys.watching import EVERYBODY, watching

# Residents. Their names are in the table too.
ZILVERA, QUIRINUS, BASTIANA = "Zilvera", "Quirinus", "Bastiana"
"""Who leads: two of the first initiative, one by invitation; one of the other."""
ONDINE, WUBBE, YFKE, XANDRA, KUNERA = "Ondine", "Wubbe", "Yfke", "Xandra", "Kunera"
"""A helper, a follower, a supporter, somebody who only looks, somebody who reports."""
# Who is there for their work: the guide, a colleague of that team, one of another team, a partner, a coordinator.
JORRIT, TEUNTJE, GIJSBERT, PETRONELLA, MARIJTJE = "Jorrit", "Teuntje", "Gijsbert", "Petronella", "Marijtje"
TEAM = {JORRIT, TEUNTJE}
LEADING = {ZILVERA, QUIRINUS}
GUIDED = {*LEADING, JORRIT}
SUPPORTING = {*TEAM, MARIJTJE}
"""Who sees all of an initiative for their work, but for messages."""
TAKING_PART = {*LEADING, ONDINE, WUBBE}
STEPS_READ = {*TAKING_PART, *SUPPORTING}
HEARD = {*TAKING_PART, JORRIT, YFKE}
"""Who hears that a step was done, and how it went."""
CAME_ALONG = {BASTIANA, XANDRA}
"""Helpers too, once the two initiatives go on as one."""

BEGUN, DRAFTED = "Zilvera begins", "Zilvera began to tell, and stopped"
OFFERED, TAKEN_PART = "Ondine offers help without her name", "Wubbe follows, Yfke supports"
INVITED, ACCEPTED, CONFIRMED = "Quirinus opens the link", "Quirinus says yes", "Zilvera says it is Quirinus"
WRITTEN, SENT_TO_ALL = "messages go to one", "a message goes to all"
ONE_WANTS_NAMES, BOTH_WANT_NAMES = "Zilvera wants to exchange names", "Ondine wants that too"
LET_IN_PARTLY, LET_IN_FURTHER, KEPT_OUT = "the partner sees the needs", "the partner sees more", "not any more"
PARTNER_WROTE = "the partner is written to"
FRAMED, AGREED = "the frame is asked about", "an agreement is made"
PLANNED, DONE_PRIVATELY, DONE_OPENLY = "steps are planned", "done, the photo is not for all", "done, the photo is"
STUCK = "it is stuck"
PUBLIC, NOT_PUBLIC = "Zilvera makes all public", "and takes it back"
REPORTED, HIDDEN, APPEALED, SHOWN = "Kunera reports", "a coordinator hides it", "Zilvera appeals", "it is shown again"
HIDDEN_TOLD = "told while it is hidden"
OTHER_BEGUN, OTHER_HELPED, MERGE_ASKED = "Bastiana begins another", "Xandra helps Bastiana", "Bastiana asks to merge"
MERGED = "they go on as one"
STOPPED, LESSON_TOLD, LEFT = "Zilvera stops it", "Zilvera tells what she learned", "Quirinus leaves"

TABLE: Mapping[str, Mapping[str, Collection[str]]] = {
    # Names. Somebody's own name is always theirs.
    ZILVERA: {
        DRAFTED: {ZILVERA},
        BEGUN: {ZILVERA, *TEAM},
        CONFIRMED: {*LEADING, *TEAM},
        BOTH_WANT_NAMES: {*LEADING, ONDINE, *TEAM},
        LET_IN_FURTHER: {*LEADING, ONDINE, PETRONELLA, *TEAM},
        KEPT_OUT: {*LEADING, ONDINE, *TEAM},
        PUBLIC: EVERYBODY,
        NOT_PUBLIC: {*LEADING, ONDINE, *TEAM},
    },
    QUIRINUS: {
        DRAFTED: {QUIRINUS},
        ACCEPTED: {*LEADING},
        CONFIRMED: {*LEADING, *TEAM},
    },
    ONDINE: {DRAFTED: {ONDINE}, BOTH_WANT_NAMES: {ONDINE, ZILVERA}},
    BASTIANA: {DRAFTED: {BASTIANA}, OTHER_BEGUN: {BASTIANA, *TEAM}},
    WUBBE: {DRAFTED: {WUBBE}},
    YFKE: {DRAFTED: {YFKE}},
    XANDRA: {DRAFTED: {XANDRA}},
    KUNERA: {DRAFTED: {KUNERA}},
    # What was never sent.
    "kwintklad": {DRAFTED: {ZILVERA}},
    # The plan: its name and first step are everybody's, as the summary said.
    "kwinttitel": {BEGUN: EVERYBODY, HIDDEN: {*TAKING_PART, *SUPPORTING, KUNERA}, SHOWN: EVERYBODY},
    "kwinteerste": {BEGUN: EVERYBODY, HIDDEN: {*TAKING_PART, *SUPPORTING}, SHOWN: EVERYBODY},
    "kwintidee": {
        BEGUN: {ZILVERA, *TEAM},
        CONFIRMED: {*LEADING, *TEAM},
        LET_IN_FURTHER: {*LEADING, *TEAM, PETRONELLA},
        KEPT_OUT: {*LEADING, *TEAM},
        PUBLIC: EVERYBODY,
        NOT_PUBLIC: {*LEADING, *TEAM},
    },
    "kwintnodig": {
        BEGUN: {ZILVERA, *TEAM},
        CONFIRMED: {*LEADING, *TEAM},
        LET_IN_PARTLY: {*LEADING, *TEAM, PETRONELLA},
        KEPT_OUT: {*LEADING, *TEAM},
    },
    # People around it.
    "kwintaanbod": {OFFERED: {ONDINE, ZILVERA}, CONFIRMED: {ONDINE, *LEADING}},
    "kwintvanhelper": {WRITTEN: {ONDINE, *LEADING}},
    "kwintaanhelper": {WRITTEN: {ZILVERA, ONDINE}},
    "kwintaangids": {WRITTEN: GUIDED},
    "kwintaanallen": {SENT_TO_ALL: TAKING_PART},
    "kwintaanpartner": {PARTNER_WROTE: {ZILVERA, PETRONELLA}},
    # Both sides.
    "kwintkader": {FRAMED: GUIDED},
    "kwintafspraak": {AGREED: {*LEADING, *SUPPORTING}, PUBLIC: EVERYBODY, NOT_PUBLIC: {*LEADING, *SUPPORTING}},
    # Steps: who takes part reads them, and all of these hear how they went.
    "kwintstap": {
        PLANNED: STEPS_READ,
        DONE_PRIVATELY: STEPS_READ | HEARD,
        PUBLIC: EVERYBODY,
        NOT_PUBLIC: STEPS_READ | HEARD,
    },
    "kwintverhaal": {DONE_PRIVATELY: HEARD, PUBLIC: EVERYBODY, NOT_PUBLIC: HEARD},
    "kwintlater": {PLANNED: STEPS_READ, PUBLIC: EVERYBODY, NOT_PUBLIC: STEPS_READ, MERGED: STEPS_READ | CAME_ALONG},
    "kwintvast": {STUCK: {ZILVERA, *TEAM}},
    # Moderation: what is reported goes to the coordinators, and so does an appeal; never from whom.
    "kwintmelding": {REPORTED: {KUNERA, MARIJTJE}},
    "kwintbezwaar": {APPEALED: {ZILVERA, MARIJTJE}},
    "kwintverborgen": {HIDDEN_TOLD: {*LEADING, *SUPPORTING}, SHOWN: STEPS_READ, MERGED: STEPS_READ | CAME_ALONG},
    # The other initiative, and going together.
    "kwintandere": {OTHER_BEGUN: EVERYBODY},
    "kwintplan": {OTHER_BEGUN: {BASTIANA, *TEAM}},
    "kwintschep": {OTHER_HELPED: {XANDRA, BASTIANA}},
    "kwintsamen": {MERGE_ASKED: {BASTIANA, *LEADING, *TEAM}},
    # The end.
    "kwintreden": {STOPPED: {ZILVERA, JORRIT}},
    "kwintles": {LESSON_TOLD: EVERYBODY},
}
"""Words of one resident each, in one field each; and who may get them from which act on."""

DISTRICT, THEME = "WK999904", "veilig"


def plan(title: str, idea: str, *, needs: str | None, photo: str | None, first_step: str) -> Plan:
    """An initiative about safety in Molenwijk."""
    return Plan(
        title=title,
        idea=idea,
        helpers=("neighbours",),
        district=DISTRICT,
        theme=THEME,
        first_step=first_step,
        needs=needs,
        amount=None,
        photo=photo,
        route=Route.JUST_DO_IT,
    )


def photo_of(town: Town, phone: Phone, width: int) -> str:
    """The id of a picture they sent; each has its own width."""
    picture = Upload(png(width, 6), "foto.png", "image/png")
    return str(town.sandbox.client.send_file(phone.id, "photo", picture)["photo"][-1]["file_id"])


async def test_nothing_of_a_resident_reaches_anybody_before_they_said_so(town: Town) -> None:
    jorrit, teuntje = await town.worker(JORRIT, "toezicht"), await town.worker(TEUNTJE, "toezicht")
    gijsbert = await town.worker(GIJSBERT, "buitenruimte")
    petronella = await town.worker(PETRONELLA, "sociaal-werk", role=Role.PARTNER)
    marijtje = await town.coordinator(MARIJTJE)
    zilvera, quirinus, bastiana, ondine, wubbe, yfke, xandra, kunera = [
        await town.resident(name, district="Molenwijk")
        for name in (ZILVERA, QUIRINUS, BASTIANA, ONDINE, WUBBE, YFKE, XANDRA, KUNERA)
    ]
    outside = (gijsbert, petronella, yfke, xandra)
    everybody = (*outside, wubbe, ondine, kunera, quirinus, zilvera, marijtje, teuntje, jorrit)
    for method in ("editMessageText", "editMessageReplyMarkup", "deleteMessage"):
        town.provokes(method)
    photo, photo_inside, photo_open = [photo_of(town, zilvera, width) for width in (8, 9, 10)]
    await town.quiet()
    table = {
        **TABLE,
        photo: {
            BEGUN: {ZILVERA, *TEAM},
            LET_IN_FURTHER: {*LEADING, *TEAM, PETRONELLA},
            KEPT_OUT: {*LEADING, *TEAM},
            PUBLIC: EVERYBODY,
            NOT_PUBLIC: {*LEADING, *TEAM},
        },
        photo_inside: {DONE_PRIVATELY: GUIDED},
        photo_open: {DONE_OPENLY: HEARD, PUBLIC: EVERYBODY, NOT_PUBLIC: HEARD},
    }

    async with watching(town, table, (photo, photo_inside, photo_open)) as watch:
        # What isn't sent stays with who wrote it.
        await zilvera.says("/initiatief")
        await zilvera.says("Een kwintklad waar ik nog over denk")
        await watch.after(DRAFTED)
        await zilvera.says("/annuleer")
        await zilvera.presses("Ja, stop")

        # It begins. The names, what is needed, the idea and the picture are for the team.
        first_plan = plan(
            "Kwinttitel op straat",
            "Het kwintidee is schommelbankjes",
            needs="Een kwintnodig graag",
            photo=photo,
            first_step="Een kwinteerste doen",
        )
        one = (await does(town, zilvera, StartInitiative(plan=first_plan))).subject_id or 0
        await watch.after(BEGUN)
        await watch.looking(outside, one)

        # People come. Without a yes of both nobody hears a name.
        await does(
            town,
            ondine,
            verbs.OfferHelp(initiative_id=one, offers=("hands",), text="Mijn kwintaanbod", show_name=False),
        )
        await watch.after(OFFERED)
        await does(town, wubbe, verbs.FollowInitiative(initiative_id=one, follow=True))
        await does(town, yfke, verbs.SupportInitiative(initiative_id=one, support=True))
        await watch.after(TAKEN_PART)
        code = (await does(town, zilvera, verbs.InviteInitiator(initiative_id=one))).shown_once
        await quirinus.says(f"/start {code}")
        await quirinus.sees("Je bent uitgenodigd")
        await watch.after(INVITED)
        await quirinus.presses("Ja, ik doe mee")
        await watch.after(ACCEPTED)
        await zilvera.presses("Ja, dat klopt")
        await watch.after(CONFIRMED)
        helper = 2
        await does(town, ondine, verbs.WriteToInitiators(initiative_id=one, text="kwintvanhelper"))
        await does(town, zilvera, verbs.WriteToHelper(initiative_id=one, participant_id=helper, text="kwintaanhelper"))
        await does(town, zilvera, verbs.WriteToGuide(initiative_id=one, text="kwintaangids"))
        await watch.after(WRITTEN)
        await does(town, zilvera, verbs.WriteToMany(initiative_id=one, hearing=Hearing.FOLLOWERS, text="kwintaanallen"))
        await watch.after(SENT_TO_ALL)
        await does(town, zilvera, verbs.ShowNames(initiative_id=one, participant_id=helper))
        await watch.after(ONE_WANTS_NAMES)
        await does(town, ondine, verbs.ShowMyName(initiative_id=one))
        await watch.after(BOTH_WANT_NAMES)

        # Both sides, and steps.
        frame = verbs.WriteFrame(
            initiative_id=one, fixed="a", yours="b", together="c", say=Say.ADVISE, budget=1, deadline=None, reason=None
        )
        await does(town, jorrit, frame)
        await does(town, zilvera, verbs.AskAboutFrame(initiative_id=one, text="kwintkader"))
        await watch.after(FRAMED)
        by = town.app.house.around("nl", now()).today + timedelta(days=9)
        await does(
            town,
            zilvera,
            verbs.ProposeAgreement(initiative_id=one, text="kwintafspraak", side=Side.RESIDENTS, by=by),
        )
        await does(town, jorrit, verbs.ConfirmAgreement(initiative_id=one, agreement_id=1))
        await watch.after(AGREED)
        for text in ("Een kwintstap zetten", "Nog een kwintstap zetten", "En kwintlater nog een"):
            await does(town, zilvera, verbs.PlanStep(initiative_id=one, text=text, by=by, mine=False))
        await watch.after(PLANNED)
        await watch.looking(everybody, one)
        story = "Een kwintverhaal"
        await does(town, ondine, verbs.FinishStep(initiative_id=one, step_id=2, story=story, photo=photo_inside))
        await watch.after(DONE_PRIVATELY)
        await does(
            town,
            zilvera,
            verbs.FinishStep(initiative_id=one, step_id=3, story=story, photo=photo_open, photo_shown=True),
        )
        await watch.after(DONE_OPENLY)
        await does(town, zilvera, verbs.SayItIsStuck(initiative_id=one, text="kwintvast"))
        await watch.after(STUCK)

        # A partner: nothing, then a part, then more, then nothing.
        assert not watch.still_in(petronella) - {PETRONELLA, "kwinttitel", "kwinteerste"}
        await does(town, zilvera, verbs.LetPartnerIn(initiative_id=one, team="sociaal-werk", shared=("needs",)))
        await watch.after(LET_IN_PARTLY)
        await watch.looking([petronella], one, thoroughly=True)
        shared = ("needs", "idea", "first_name", "photo")
        await does(town, zilvera, verbs.LetPartnerIn(initiative_id=one, team="sociaal-werk", shared=shared))
        await watch.after(LET_IN_FURTHER)
        await does(town, zilvera, verbs.WriteToPartner(initiative_id=one, team="sociaal-werk", text="kwintaanpartner"))
        await watch.after(PARTNER_WROTE)
        assert {"kwintidee", "kwintnodig", ZILVERA, photo} <= watch.still_in(petronella)
        await does(town, zilvera, verbs.KeepPartnerOut(initiative_id=one, team="sociaal-werk"))
        await watch.after(KEPT_OUT)
        assert not watch.still_in(petronella) & {"kwintidee", "kwintnodig", photo}, "what stood there is gone"
        await watch.looking([petronella], one, thoroughly=True)

        # In the open, and not any more. Nobody finds it by the words of an idea that isn't public.
        assert not await finds(xandra, "schommelbankjes")
        await does(town, zilvera, verbs.ChoosePublic(initiative_id=one, parts=tuple(Part)))
        await watch.after(PUBLIC)
        assert await finds(xandra, "schommelbankjes")
        await watch.looking(outside, one)
        await does(town, zilvera, verbs.ChoosePublic(initiative_id=one, parts=()))
        await watch.after(NOT_PUBLIC)
        assert not await finds(xandra, "schommelbankjes")
        await watch.looking(outside, one)

        # Reported and hidden: outside nobody hears of it any more.
        await does(town, kunera, verbs.ReportInitiative(initiative_id=one, text="kwintmelding"))
        await watch.after(REPORTED)
        await does(town, marijtje, verbs.HideInitiative(initiative_id=one, report_id=1, reason="Nu even niet"))
        await watch.after(HIDDEN)
        await does(town, zilvera, verbs.AppealHiding(initiative_id=one, text="kwintbezwaar"))
        await watch.after(APPEALED)
        await does(town, zilvera, verbs.PlanStep(initiative_id=one, text="kwintverborgen", by=by, mine=False))
        await does(town, zilvera, verbs.ConfirmFrame(initiative_id=one, version=1))
        await watch.after(HIDDEN_TOLD)
        assert not await finds(xandra, "straat")
        await watch.looking((gijsbert, petronella, xandra, ondine), one, thoroughly=True)
        await does(
            town, marijtje, verbs.DecideAppeal(initiative_id=one, report_id=1, granted=True, reason="Het mag weer")
        )
        await watch.after(SHOWN)

        # Another one goes on in it: who comes along never said that these initiators may know them.
        other_plan = plan(
            "Kwintandere op straat",
            "Het kwintplan is iets anders",
            needs=None,
            photo=None,
            first_step="Kwintandere doen",
        )
        two = (await does(town, bastiana, StartInitiative(plan=other_plan))).subject_id or 0
        await watch.after(OTHER_BEGUN)
        await does(
            town, xandra, verbs.OfferHelp(initiative_id=two, offers=("tools",), text="Een kwintschep", show_name=True)
        )
        await watch.after(OTHER_HELPED)
        reference = next(row.reference for row in await town.rows(Initiative) if row.id == one)
        await does(town, bastiana, verbs.MergeInitiative(initiative_id=two, into=reference, reason="Het is kwintsamen"))
        await watch.after(MERGE_ASKED)
        await does(town, zilvera, verbs.AgreeToMerge(initiative_id=one, other_id=two, yes=True))
        await watch.after(MERGED)
        await watch.looking(everybody, one, two)

        # It ends. Why is for who leads and supports it; a lesson is everybody's, and says no name.
        await does(town, quirinus, verbs.LeaveInitiative(initiative_id=one))
        await watch.after(LEFT)
        await does(town, zilvera, verbs.StopInitiative(initiative_id=one, reason="Om kwintreden"))
        await watch.after(STOPPED)
        lesson = f"Een kwintles van {ZILVERA}, {QUIRINUS} en {ONDINE}"
        await does(town, zilvera, verbs.ShareLesson(initiative_id=one, worked=lesson, did_not="", tip=""))
        await watch.after(LESSON_TOLD)
        await watch.looking((*everybody, bastiana), one, two)

        reached = {marker for marker, _ in watch.found}
        assert reached >= set(table) - {WUBBE, YFKE, KUNERA, "kwintklad"}, "a word that reaches nobody proves nothing"


async def finds(phone: Phone, words: str) -> bool:
    """Whether somebody finds the first initiative by these words."""
    await phone.says(f"/initiatieven {words}")
    await phone._quiet()
    return "kwinttitel op straat" in phone.everything()[-1].casefold()
