"""What people see of a need's ranking."""

from services.talent.api.ranking import NeedRankingView
from services.talent.commands import RankNeed
from services.talent.handlers.demand import weigh_need
from services.talent.handlers.ranking import rank_need
from tests.unit.talent.town import Town, region
from tests.unit.talent.world import NEED, posted, programme, teacher


async def test_a_ranking_shows_who_was_proposed_and_why_others_were_not() -> None:
    town = Town()
    town.know(*region())
    await town.hear(weigh_need, posted([("order_class", 12), ("teacher_practice_posts", 4)]))

    view = NeedRankingView.of(await rank_need(RankNeed(need_id=NEED), town.work()))

    programmes, teachers = view.lines
    assert [(shown.rank, shown.match) for shown in programmes.ranking] == [
        (1, "pending"),
        (2, "pending"),
        (3, "pending"),
    ]
    assert programmes.rejected_by == {"skills": 1}
    assert {shown.candidate.id: shown.reasons for shown in teachers.rejected} == {
        teacher(8).id: ["teacher_kind"],
        teacher(9).id: ["place_unknown"],
    }


async def test_looking_at_a_ranking_changes_nothing() -> None:
    town = Town()
    town.know(programme(1))
    await town.hear(weigh_need, posted())
    town.know(programme(2))

    facts = await town.hear(rank_need, RankNeed(need_id=NEED))

    assert facts == []
    assert set(await town.proposals()) == {programme(1).id}


async def test_a_long_line_shows_so_many_and_counts_all() -> None:
    town = Town()
    town.know(*(programme(number) for number in range(250)))
    await town.hear(weigh_need, posted())

    view = NeedRankingView.of(await rank_need(RankNeed(need_id=NEED), town.work()))

    assert (len(view.lines[0].ranking), view.lines[0].could) == (200, 250)
