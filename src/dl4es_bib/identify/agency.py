"""Which registration agency a DOI belongs to, as far as its prefix tells."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from dl4es_bib.model.identifier import Identifier

#: Prefixes that DataCite's members own, with who uses them. A prefix belongs to one agency for good unless
#: it is transferred, so Crossref knows none of these DOIs.
DATACITE_PREFIXES: Final = MappingProxyType(
    {
        "10.1594": "PANGAEA and the World Data Center for Climate",
        "10.3929": "ETH Zürich",
        "10.4121": "4TU.ResearchData",
        "10.5061": "Dryad",
        "10.5065": "NCAR",
        "10.5066": "U.S. Geological Survey",
        "10.5067": "NASA Earth science data",
        "10.5270": "European Space Agency",
        "10.5281": "Zenodo",
        "10.5285": "NERC data centres",
        "10.5438": "DataCite",
        "10.5880": "GFZ Potsdam",
        "10.5883": "Barcode of Life",
        "10.6073": "Environmental Data Initiative",
        "10.6084": "figshare",
        "10.7265": "National Snow and Ice Data Center",
        "10.7289": "NOAA",
        "10.7910": "Harvard Dataverse",
        "10.11583": "Technical University of Denmark",
        "10.13012": "Illinois Data Bank",
        "10.14454": "DataCite",
        "10.14459": "Technical University of Munich",
        "10.15129": "University of Strathclyde",
        "10.15468": "GBIF",
        "10.15785": "SBGrid",
        "10.17026": "DANS",
        "10.17605": "Open Science Framework",
        "10.17632": "Mendeley Data",
        "10.17863": "University of Cambridge",
        "10.18419": "University of Stuttgart",
        "10.18739": "Arctic Data Center",
        "10.21227": "IEEE DataPort",
        "10.22033": "Earth System Grid Federation",
        "10.23728": "EUDAT B2SHARE",
        "10.24381": "Copernicus Climate Data Store",
        "10.25532": "Technische Universität Dresden",
        "10.26050": "World Data Center for Climate",
        "10.26180": "Monash University",
        "10.34740": "Kaggle",
        "10.34894": "DataverseNL",
        "10.34911": "Radiant MLHub",
        "10.48436": "TU Wien",
        "10.48550": "arXiv",
        "10.57967": "Hugging Face",
    }
)


def belongs_to_datacite(identifier: Identifier) -> bool:
    """Whether the prefix of a DOI is known to be DataCite's; ``False`` when that is not known."""
    return identifier.kind == "doi" and identifier.value.partition("/")[0] in DATACITE_PREFIXES
