"""Leads of strategy areas and the step; what governments weigh and agree is tested in tests/bargain."""

import math
from types import SimpleNamespace

import numpy as np
from pytest import approx

from ftz_sim.model.bargain.leads import Leads, leads
from ftz_sim.model.columns import N_FIELDS
from ftz_sim.model.mechanisms.coordination import Coordination, feasibility, instruments, knowledge_gain
from ftz_sim.model.mechanisms.knowledge_spillovers import KnowledgeSpillovers

P = Coordination(distance_scale=600.0)


def test_feasibility_is_full_inside_a_strategy_area_and_falls_with_distance():
    distance = np.array([[0.0, 600.0], [600.0, 0.0]])
    apart = feasibility(distance, np.array([[True, False], [False, True]]), P)
    together = feasibility(distance, np.ones((2, 2), bool), P)
    assert apart.tolist() == [[0, approx(math.exp(-1))], [approx(math.exp(-1)), 0]]
    assert together.tolist() == [[0, 1], [1, 0]]


def test_an_instrument_reaches_a_pair_by_the_smaller_level_and_a_hinterland_in_part():
    names = "coordination_platform mutual_recognition title_recognition rotating_lead division_of_labour".split()
    one = np.array([1.0, 0.6, 0.0])
    chosen = dict.fromkeys((*names, "benefit_sharing", "joint_appraisal"), one)
    levers = SimpleNamespace(**chosen, hinterland_inclusion=np.array([0.5, 0.0, 0.0]))
    tools = instruments(levers, np.array([1.0, 1.0, 0.0]), P)
    assert tools.platform[0, 1] == tools.recognition[1, 0] == 0.6
    assert tools.sharing[0, 2] == tools.appraisal[2, 0] == approx(P.hinterland_limit * 0.5)
    assert tools.titles[1, 2] == 0


def test_a_border_takes_less_of_knowledge_between_digital_provinces_and_far_ones():
    distance = np.array([[0.0, 300.0], [300.0, 0.0]])
    k = KnowledgeSpillovers()
    analogue, digital = (knowledge_gain(distance, np.full(2, level), k)[0, 1] for level in (0.0, 1.0))
    assert analogue == approx(math.exp(-300 / k.decay_distance) * k.border_loss)
    assert digital == approx(analogue * (1 - k.digital_relief))


def named(year_end=True, lead=(0, 0, 0), rotation=0.0, income=(1.0, 3.0, 2.0), is_open=(1, 1, 1)):
    """Two zones in area 0 and one in area 1; field 7 booms, the first zone has most of it."""
    before = np.ones(N_FIELDS)
    after = before.copy()
    after[[0, 7, 9]] = 9.0, 2.0, 1.5
    values = np.zeros((3, N_FIELDS))
    values[:, 7] = 5.0, 1.0, 1.0
    return leads(
        year_end,
        Leads(np.array(lead, bool), before),
        np.array(is_open, bool),
        np.array([0, 0, 1]),
        np.full(3, rotation),
        np.array(income),
        np.ones(3),
        values,
        after,
        P.rotation_threshold,
    )


def test_the_richest_zone_of_an_area_is_named_and_stays():
    assert named().lead.tolist() == [False, True, True]
    assert named(lead=(1, 0, 1)).lead.tolist() == [True, False, True]


def test_a_rotating_lead_follows_the_fastest_growing_new_field():
    assert named(lead=(0, 1, 1), rotation=0.5).lead.tolist() == [True, False, True]


def test_leads_change_only_at_the_years_end():
    kept = named(year_end=False, lead=(0, 0, 1), rotation=1.0)
    assert kept.lead.tolist() == [False, False, True]
    assert kept.field_value[7] == 1
    assert named(year_end=True).field_value[7] == 2


def test_areas_without_an_open_zone_have_no_lead():
    assert named(is_open=(0, 0, 1), lead=(0, 1, 0)).lead.tolist() == [False, False, True]
    assert not named(is_open=(0, 0, 0)).lead.any()


def test_the_step_moves_pairs_to_what_they_agreed_and_books_what_follows(played):
    old, new, p = played("coordination")
    regions, pairs = new.regions, new.pairs
    works = old.regions.at_work > 0
    rises = 0
    reached, possible = np.zeros(31), np.zeros(31)
    for r in range(31):
        for s in range(31):
            now, agreed = old.pairs.coordination[r, s], pairs.agreed[r, s]
            speed = p.speed if agreed > now else p.decay
            later = now + (1 - math.exp(-speed / 4)) * (agreed - now)
            assert pairs.coordination[r, s] == approx(later, rel=1e-12, abs=1e-15)
            rises += agreed > now
            due = pairs.owed[s, r] * later / pairs.feasibility[r, s] if r != s else 0.0
            assert pairs.transfer[r, s] == approx(due, rel=1e-10, abs=1e-15)
            if works[r] and works[s]:
                reached[r], possible[r] = reached[r] + later, possible[r] + pairs.feasibility[r, s]
    assert rises > 0
    assert regions.bargain_cost == approx(pairs.bargain_cost.sum(1) * old.regions.gdp, rel=1e-10)
    degree = np.where(possible > 0, reached / np.maximum(possible, 1e-300), 0.0)
    assert 0 < works.sum() < 31
    assert regions.coordination_degree == approx(degree, rel=1e-10)


def test_the_step_names_leads_when_the_year_ends(played):
    old, new, p = played("coordination")
    regions, zones, nation = old.regions, old.zones, old.nation
    grown = nation.field_value_added[5:] / nation.field_value_q4[5:]
    hot = 5 + int(grown.argmax())
    rotating = set()
    for area in np.unique(regions.strategy_area):
        members = [z for z, r in enumerate(zones.region) if regions.strategy_area[r] == area and regions.zone_open[r]]
        if not members:
            continue
        if np.mean([old.levers.rotating_lead[zones.region[z]] for z in members]) >= p.rotation_threshold:
            rotating.add(True)
            named = max(members, key=lambda z: zones.value_added_by_field[z, hot])
        else:
            rotating.add(False)
            named = next(z for z in members if zones.lead[z])  # for good
        assert [z for z in members if new.zones.lead[z]] == [named]
    assert rotating == {True, False}
    assert new.nation.field_value_q4 == approx(nation.field_value_added)
    assert new.zones.lead.sum() < 22
