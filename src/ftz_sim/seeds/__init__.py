"""The source documents: their claims in our own words, the three figures, and every other reference."""

from ftz_sim.seeds.cards import CarriedBy, Claim, Document, Place, Words, claims, documents, seeds_folder
from ftz_sim.seeds.figures import Figures, figures
from ftz_sim.seeds.sources import Source, sources

__all__ = [
    "CarriedBy",
    "Claim",
    "Document",
    "Figures",
    "Place",
    "Source",
    "Words",
    "claims",
    "documents",
    "figures",
    "seeds_folder",
    "sources",
]
