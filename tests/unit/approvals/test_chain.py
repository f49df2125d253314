"""A chain is an organisation's for one act, found by its id."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from services.partnership.handlers.approving import APPROVED
from shared.approvals.chain import ApprovalChain, chain_id
from shared.approvals.refusals import ChainEnded
from shared.approvals.step import STEP_ROLES
from shared.contracts.ids import new_id, pattern
from shared.identity.principal import ROLES
from shared.web.approvals import views
from shared.web.service import installed_services
from tests.unit.approvals.cases import STEPS, UNIVERSITY, asked, chain


def test_its_id_follows_from_organisation_and_act() -> None:
    other = new_id("organization")
    ids = {chain_id(owner, act) for owner in (UNIVERSITY, other) for act in ("one", "another")}

    assert len(ids) == 4
    assert chain().id == chain_id(UNIVERSITY, "agreement_submission")
    assert all(re.fullmatch(pattern("approval_chain"), id) for id in ids)


def test_what_was_asked_for_keeps_the_steps_of_then() -> None:
    running = asked()

    changed = chain().change(STEPS[:1], several_steps=True)

    assert (len(changed.steps), len(running.steps), running.several_steps) == (1, 3, False)


def test_it_is_ended_once_and_in_force_again_once_it_is_changed() -> None:
    ended: ApprovalChain = chain().end()

    with pytest.raises(ChainEnded):
        ended.end()
    assert ended.change(STEPS, several_steps=False).in_force


def test_a_step_has_its_chinese_name_where_it_has_no_english_one() -> None:
    assert replace(STEPS[0], name_en=None).in_english == "二级学院"


def test_steps_are_in_roles_that_there_are() -> None:
    assert set(STEP_ROLES) <= ROLES
    assert get_args(views._Role) == STEP_ROLES


def test_each_act_has_one_name() -> None:
    names = [approvable.act for service in installed_services().values() for approvable in service.approved]

    assert len(names) == len(set(names))
    assert {approvable.act for approvable in APPROVED} <= set(names)
