"""Parameters of bargains between governments."""

from __future__ import annotations

from ftz_sim.model.params import Params, constant, param


class Coordination(Params):
    """Keys a scenario may set under ``coordination:``."""

    assumed_border: float = param(
        1.0,
        "size of every border that coordination can remove (goods, services, knowledge, talents), 1 as set there",
        unit="1",
        low=0.0,
        high=1.6,
    )
    plain: float = param(
        0.4, "part of a border that coordination removes without mutual recognition", unit="share", low=0.2, high=0.7
    )
    administration: float = param(
        0.0006,
        "mean cost of what a pair may agree on, share of the GDP of each government",
        unit="share",
        low=0.0002,
        high=0.002,
        positive=True,
    )
    platform_cut: float = param(0.4, "part of that cost saved by a platform", unit="share", low=0.0, high=0.7)
    lead_cut: float = param(0.2, "part of that cost saved by a rotating lead", unit="share", low=0.0, high=0.4)
    rivalry: float = param(
        0.5,
        "weight of a like rival's gain that counts as a loss, without joint appraisal",
        unit="1",
        low=0.0,
        high=1.0,
        source="zhou2004, xu2011",
    )
    zone_rivalry: float = param(
        0.5,
        "what is added to it between two working zones",
        unit="1",
        low=0.0,
        high=1.0,
        source="zhou2004, xu2011",
    )
    tournament: float = param(
        0.3,
        "part of rivalry that is for rank and not between like industry",
        unit="share",
        low=0.0,
        high=1.0,
        source="zhou2004",
    )
    appraisal: float = param(
        0.5, "weight of the partner's gain if officials were appraised by the pair alone", unit="1", low=0.0, high=1.0
    )
    consumer: float = param(
        0.5, "weight of cheaper final goods beside output, for officials", unit="1", low=0.0, high=1.0
    )
    horizon: float = param(
        4.0, "years over which officials count talents that move: a term of office", unit="yr", low=2.0, high=8.0
    )
    division_cut: float = param(
        0.6, "part of likeness that division of labour takes out of rivalry", unit="share", low=0.0, high=1.0
    )
    speed: float = param(0.25, "approach to what is agreed", unit="1/yr", low=0.1, high=0.5)
    decay: float = param(0.15, "drift apart when less is agreed", unit="1/yr", low=0.0, high=0.3)
    hinterland_limit: float = param(
        0.45, "part of a zone's instruments that reaches its pair with a hinterland", unit="share", low=0.0, high=0.8
    )
    distance_scale: float = param(
        600.0, "distance at which feasibility falls to 1/e", unit="km", low=300.0, high=1000.0, positive=True
    )
    appraisal_reach: float = constant(
        0.5, "what full joint appraisal comes to: officials keep a job at home", unit="share"
    )
    rotation_threshold: float = constant(
        0.5, "mean of the lever from which a lead rotates", unit="share", positive=True
    )
