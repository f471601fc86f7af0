"""Parameters of the goods markets."""

from __future__ import annotations

from ftz_sim.model.params import Params, constant, param


class Markets(Params):
    """Keys a scenario may set under ``markets:``."""

    trade_elasticity: float = param(
        4.0,
        "elasticity of what is bought from a place to its cost, at home and of imports",
        unit="1",
        low=3.0,
        high=7.0,
        grade="L",
        source="simonovska2014, headmayer2014, tombe2019",
        positive=True,
    )
    export_elasticity: float = param(
        4.0,
        "elasticity of exports to their price abroad",
        unit="1",
        low=4.0,
        high=10.0,
        grade="L",
        source="simonovska2014, headmayer2014",
        positive=True,
    )
    field_elasticity: float = param(
        2.0, "elasticity of final demand between fields", unit="1", low=1.0, high=4.0, positive=True
    )
    distance_elasticity: float = param(
        1.0, "elasticity of trade to distance", unit="1", low=0.7, high=1.5, grade="L", source="headmayer2014"
    )
    border_effect: tuple[float, float, float] = param(
        (2.20, 2.88, 3.24),
        "log of trade that a provincial border costs in 2013, taste included: goods, producer, local services",
        unit="log",
        low=(1.6, 2.2, 2.4),
        high=(2.8, 3.7, 4.1),
        grade="C",
        source="calibrated",
    )
    border: tuple[float, float, float] = param(
        (0.08, 0.12, 0.03),
        "part of its cost that coordination can remove: goods, producer services, local services",
        unit="log",
        low=(0.03, 0.05, 0.0),
        high=(0.15, 0.30, 0.06),
    )
    surplus_over_exports: float = param(
        0.105, "net exports per exports in 2013", unit="share", low=0.08, high=0.13, grade="D", source="data"
    )
    import_tariff: float = param(
        0.0474,
        "applied tariff on goods in 2013, by weight",
        unit="share",
        low=0.02,
        high=0.05,
        grade="D",
        source="data",
    )
    new_varieties: float = param(
        0.3, "growth of a cell's varieties with its output, relative to its field", unit="1", low=0.0, high=0.6
    )
    export_spread: float = param(
        0.1, "part of a field's exports of 2013 that stands where its output stands", unit="share", low=0.0, high=0.2
    )
    services_opening: float = param(
        0.25, "fall of the cost of foreign producer services at full openness", unit="log", low=0.0, high=0.5
    )
    distance_scale: float = constant(100.0, "distance inside a province", unit="km", positive=True)
    import_cap: float = constant(0.75, "highest share of imports in a use of 2013", unit="share", spread=0.3)
    import_floor: float = constant(0.002, "least share of imports in a use of 2013", unit="share")
    export_cap: float = constant(0.80, "highest share of exports in a cell's output of 2013", unit="share", spread=0.2)
    net_cap: float = constant(0.9, "highest net exports or net imports per exports", unit="share", spread=0.1)
