import math
from copy import deepcopy

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.columns import FOREIGN, N_FIELDS, NEVER, NO_ZONE, PRIVATE, STATE_OWNED, TIER_OF_FIELD, Firms
from ftz_sim.model.group import Group
from ftz_sim.model.levers import N_REGIONS
from ftz_sim.model.mechanisms import firm_turnover, production
from ftz_sim.model.turnover import closing, entering
from ftz_sim.model.turnover.entering import Entrants
from ftz_sim.model.turnover.parameters import FirmTurnover

P = FirmTurnover()
DT = 0.25
EVEN = np.ones(N_REGIONS)


def some_firms(seed=1, per_region=4):
    draw = np.random.default_rng(seed)
    n = N_REGIONS * per_region
    names = Firms.__dataclass_fields__
    columns = {name: draw.uniform(1, 2, n) for name in names}
    single = "digital digital_change emission_intensity base_productivity productivity_shock"
    for name in (*single.split(), "abatement", "abatement_cost", "green_worth", "credit_tilt"):
        columns[name] = columns[name].astype(np.float32)
    whole = {"zone": NO_ZONE, "tier": 0, "field": 2, "owner": PRIVATE, "birth_quarter": -40}
    for name, value in {**whole, "upgrade_quarter": NEVER}.items():
        columns[name] = np.full(n, value, np.int16)
    columns["region"] = np.repeat(np.arange(N_REGIONS), per_region)
    columns["starts"] = np.arange(0, n, per_region)
    columns["slots"] = np.full(N_REGIONS, per_region)
    columns["in_open_zone"] = np.zeros(n, bool)
    columns["cell"], columns["region_field"] = np.zeros((2, n), int)
    del columns["members"], columns["zone_rows"]
    firms = Firms(**columns)
    firms.index()
    return firms


def entrants_of(n, capital=0.5):
    def same(value):
        return np.full(n, value)

    return Entrants(
        zone=same(3),
        in_open_zone=same(True),
        tier=same(2),
        field=same(14),
        owner=same(FOREIGN),
        capital=same(capital),
        workers=same(0.7),
        talents=same(9.0),
        knowledge=same(0.1),
        digital=same(0.2),
        emission_intensity=same(0.3),
        base_productivity=same(-1.0),
        abatement=same(0.02),
        birth_quarter=17,
    )


def test_strength_is_that_within_the_cell():
    firms = some_firms(per_region=4)
    firms.field[:] = np.tile([2, 2, 3, 3], N_REGIONS)
    firms.index()
    level = (firms.base_productivity + firms.productivity_shock).reshape(-1, 2)
    expected = level - level.mean(1, keepdims=True)
    assert closing.strength(firms) == approx(expected.ravel(), abs=1e-6)
    firms.base_productivity[:2] += 5  # a rich province is no reason to stay
    assert closing.strength(firms) == approx(expected.ravel(), abs=1e-5)


def test_more_are_founded_where_founding_is_easier(played):
    old, _, p = played("firm_turnover")
    old.regions.business_environment[3] += 0.3
    born = {}
    for share in (0.0, 1.0):
        founders = entering.appeal(
            old.regions.business_environment - old.base.business_environment,
            old.regions.talent_gap,
            old.regions.density,
            old.firms.slots,
            p,
        )
        some = p.model_copy(update={"number_share": share})
        pressure = old.firms.spread((share * founders).astype(np.float32))
        weight = closing.weights(closing.strength(old.firms), pressure, some)
        hazard = closing.hazard_per_weight(weight, some) * weight
        rate = old.firms.sum_by_region(hazard) / old.firms.slots
        born[share] = rate[3] / rate.mean()
        assert hazard.mean(dtype=float) == approx(p.exit_rate, rel=1e-5)
    assert born[0.0] == approx(1, abs=0.15)
    assert born[1.0] > 1.2 * born[0.0]


def test_every_firm_adds_to_its_cell_after_entry(played):
    new = played("firm_turnover").new
    made = production.log_output(
        new.firms,
        np.zeros(N_REGIONS),
        np.zeros((N_REGIONS, N_FIELDS)),
        new.regions.spillover,
        new.base,
        new.params.production,
    )
    variety = production.varieties(made, new.params.production)
    assert (new.firms.birth_quarter == new.clock.index).sum() > 10
    assert variety.min() > 0
    cells = new.firms.sum_by_region_field(variety)
    whole = production.capacity(cells, new.base.capacity_scale, new.params.production)
    for row in np.flatnonzero(new.firms.birth_quarter == new.clock.index):
        r, f = new.firms.region[row], new.firms.field[row]
        without = cells[r, f] - variety[row]
        scale = new.base.capacity_scale[r, f]
        assert production.capacity(max(without, 0.0), scale, new.params.production) < whole[r, f]


def test_averages_by_hand():
    # all firms make field 2 but those of province 1, who make field 3
    firms = some_firms(per_region=2)
    firms.field[2:4] = 3
    firms.index()
    firms.capital[:2], firms.workers[:2], firms.digital[:2] = (1.0, 16.0), (1.0, 3.0), (0.2, 0.4)
    firms.base_productivity[:2], firms.emission_intensity[:2] = (2, 4), (1, 4)
    region, field = np.array([0, 0, 1]), np.array([2, 3, 2])
    got = entering.averages(firms, Group(np.arange(3)), region, field)
    assert got.capital[0] == approx(4)
    assert got.workers[0] == approx(math.sqrt(3))
    assert got.digital[0] == approx(0.3)
    assert got.productivity[0] == approx(3)  # a newcomer is like the cell, not like its largest firms
    assert got.log_intensity[0] == approx(math.log(2))
    assert got.knowledge[1] == approx(math.sqrt(firms.knowledge[2:4].prod()))  # an empty cell: as in its field
    assert got.talents[2] == approx(np.exp(np.log(np.delete(firms.talents, [2, 3])).mean()))
    assert all(len(column) == 3 for column in got)


def test_an_empty_field_is_as_the_nation():
    firms = some_firms(per_region=2)
    got = entering.averages(firms, Group(np.arange(1)), np.array([4]), np.array([15]))
    assert got.capital[0] == approx(np.exp(np.log(firms.capital).mean()))


def test_scaling_by_hand():
    starts, slots = np.array([0, 2]), np.array([2, 1])
    got = entering.restored(np.array([1.0, 3.0, 5.0]), np.array([8.0, 4.0]), starts, slots)
    assert got.tolist() == [2, 6, 4]


@given(st.integers(0, 1000), st.sets(st.integers(0, N_REGIONS * 4 - 1)))
def test_people_and_capital_are_conserved_and_rows_stay_in_place(seed, closing):
    firms = some_firms(seed)
    rows = np.array(sorted(closing), int)
    before = [firms.sum_by_region(firms.workers), firms.sum_by_region(firms.talents)]
    capital, region = firms.capital.sum(), firms.region.copy()
    released = entering.replace(firms, Group(rows), entrants_of(len(rows)))
    after = [firms.sum_by_region(firms.workers), firms.sum_by_region(firms.talents)]
    assert np.allclose(after, before, rtol=1e-12, atol=0)
    assert firms.capital.sum() + released == approx(capital, rel=1e-12)
    assert (firms.region == region).all()


def test_an_entrant_starts_afresh():
    firms = some_firms()
    entering.replace(firms, Group(np.array([9])), entrants_of(1))
    fresh = "productivity_shock research value_added variety fdi_received digital_change abatement_cost green_worth"
    assert all(getattr(firms, name)[9] == 0 for name in (*fresh.split(), "credit_tilt"))
    assert (firms.birth_quarter[9], firms.upgrade_quarter[9]) == (17, NEVER)
    assert firms.cell[9] == (2 * 2 + 1) * 3 + 2  # province 2, zone area, tier 2
    assert firms.region_field[9] == 2 * N_FIELDS + 14
    assert firms.cell[8] == 2 * 2 * 3
    assert firms.zone_rows.tolist() == [9]
    assert (firms.members[2, 2], firms.members[2, 14], firms.members.sum()) == (3, 1, len(firms))


def test_a_quarter_without_exits_releases_nothing():
    firms = some_firms()
    workers = firms.workers.copy()
    assert entering.replace(firms, Group(np.array([], int)), entrants_of(0)) == 0
    assert (firms.workers == workers).all()


def usual(column, firms):
    """The mean of a column by province and field [R, F], read a second time: an empty cell takes that of its field."""
    means = np.empty((N_REGIONS, N_FIELDS))
    for f in range(N_FIELDS):
        field = firms.field == f
        for r in range(N_REGIONS):
            cell = field & (firms.region == r)
            means[r, f] = column[cell if cell.any() else field].mean(dtype=float)
    return means


def test_the_step_closes_weak_firms_and_puts_entrants_in_their_rows(played):
    old, _, p = played("firm_turnover")
    new = deepcopy(old)
    p = p.model_copy(update={"exit_rate": 0.6, "tier_odds": (0.5, 0.4), "zone_entry_share": 0.2})  # all choices are met
    firm_turnover.step(new, p)
    firms, regions, zones, levers, base = old.firms, old.regions, old.zones, old.levers, old.base
    n, of = len(firms), firms.region
    draws = old.stream("firm_turnover/exit").uniform(n)
    appeal = p.entry_environment * (regions.business_environment - base.business_environment)
    appeal += p.entry_talent * regions.talent_gap - p.entry_density * np.log(regions.density).clip(0)
    appeal -= np.average(appeal, weights=firms.slots)
    level = firms.base_productivity.astype(float) + firms.productivity_shock
    strength = level - usual(level, firms)[of, firms.field]
    weight = np.exp(-p.selection * strength + p.number_share * appeal[of]).clip(p.exit_low, p.exit_high)
    hazard = p.exit_rate * weight / weight.mean()
    chance = 1 - np.exp(-hazard / 4)
    rows = np.flatnonzero(draws < chance)
    assert 200 < len(rows) < n / 2
    assert (np.flatnonzero(new.firms.birth_quarter == old.clock.index) == rows).all()
    kept = np.setdiff1d(np.arange(n), rows)
    for name in ("capital", "knowledge", "tier", "field", "zone", "owner", "base_productivity", "emission_intensity"):
        assert (getattr(new.firms, name)[kept] == getattr(firms, name)[kept]).all()

    typical = {x: np.exp(usual(np.log(getattr(firms, x)), firms)) for x in "capital workers talents knowledge".split()}
    learned = np.log(regions.spillover / base.spillover)
    learned -= learned[of, firms.field].mean()
    productivity = usual(firms.base_productivity, firms) + p.learning * learned
    log_intensity = usual(np.log(firms.emission_intensity.astype(float)), firms)
    abatement = usual(firms.abatement, firms)

    entry = old.stream("firm_turnover/entry").uniform_of(Group(rows))
    noise = old.stream("firm_turnover/productivity").normal_of(Group(rows))
    met = set()
    for j, i in enumerate(rows):
        r = of[i]
        z = regions.zone[r]
        pull = p.advantage * (regions.openness_by_area[r, 1] - regions.openness_by_area[r, 0])
        pull += p.entry_effect * (levers.fair_competition[r] + levers.research_support[r])
        place = min(p.zone_cap, p.zone_entry_share * math.exp(pull)) if z >= 0 else 0.0
        second = entry[j] * 4096 % 1
        inside = second < place
        assert new.firms.zone[i] == (z if inside else NO_ZONE)
        acts = inside and regions.zone_open[r] > 0
        assert new.firms.in_open_zone[i] == acts
        odds = [1.0, *(
            o * regions.factor_index[r] ** p.tier_factor
            * math.exp(p.tier_openness * regions.openness_by_area[r, int(inside)])
            for o in p.tier_odds
        )]  # fmt: skip
        high, middle = odds[2] / sum(odds), (odds[1] + odds[2]) / sum(odds)
        k = 2 if entry[j] < high else 1 if entry[j] < middle else 0
        assert new.firms.tier[i] == k
        in_tier = k == TIER_OF_FIELD
        shares = base.field_share * np.maximum(regions.location_quotient[r], p.lq_floor) ** p.field_exponent
        shares *= np.exp(p.price_response * regions.net_price[r]) * in_tier
        gap = regions.chain_gap[r]
        dear = [f for f in np.argsort(gap)[-3:] if gap[f] > 0]
        if acts:
            shares[dear] *= 1 + p.chain_effect * levers.chain_policy[r]
        u, follow = draws[i] / chance[i], zones.target_pull[z] if acts else 0.0
        planned = acts and u < follow
        u = u / follow if planned else (u - follow) / (1 - follow)
        if planned and (zones.target[z] * in_tier).any():
            shares = zones.target[z] * in_tier
        f = int(np.searchsorted(shares.cumsum() / shares.sum(), u, side="right"))
        assert new.firms.field[i] == f
        rest = second / place if inside else (second - place) / (1 - place)
        owner = STATE_OWNED if rest < p.state_share else FOREIGN if rest < p.state_share + p.foreign_share else PRIVATE
        assert new.firms.owner[i] == owner
        fitting = p.entry_fit * math.log(min(max(regions.location_quotient[r, f], p.fit_low), p.fit_high))
        level = productivity[r, f] + p.entrant_spread * noise[j] + fitting
        assert new.firms.base_productivity[i] == approx(level, rel=1e-4, abs=1e-4)
        assert new.firms.knowledge[i] == approx(p.knowledge_share * typical["knowledge"][r, f], rel=1e-4)
        clean = p.entrant_clean * math.exp(log_intensity[r, f])
        assert new.firms.emission_intensity[i] == approx(clean, rel=1e-4)
        assert new.firms.digital[i] == approx(firms.digital[of == r].mean(), rel=1e-4)
        assert new.firms.abatement[i] == approx(abatement[r, f], rel=1e-4)
        met.add((bool(inside), bool(planned), k > 0))
    assert met == {(False, False, False), (False, False, True), (True, False, False), (True, False, True),
                   (True, True, False), (True, True, True)}  # fmt: skip
    at = of[rows], new.firms.field[rows]
    uneven = typical["capital"][at] * np.exp((1 - p.number_share) * appeal)[of[rows]]
    capital = p.start_share * uneven * typical["capital"][at].sum() / uneven.sum()
    assert new.firms.capital[rows] == approx(capital, rel=1e-4)
    assert new.nation.released_capital == approx(firms.capital[rows].sum() - capital.sum(), rel=1e-4)
    for name in ("workers", "talents"):
        draft = getattr(firms, name).astype(float).copy()
        draft[rows] = p.start_share * typical[name][at]
        sums = [getattr(firms, name)[of == r].sum() / draft[of == r].sum() for r in range(31)]
        assert getattr(new.firms, name) == approx(draft * np.array(sums)[of], rel=1e-4)
    for name in ("productivity_shock", "research", "value_added", "fdi_received", "abatement_cost", "credit_tilt"):
        assert not getattr(new.firms, name)[rows].any()
    assert (new.firms.upgrade_quarter[rows] == NEVER).all()
    assert (new.firms.zone_rows == np.flatnonzero(new.firms.zone >= 0)).all()
