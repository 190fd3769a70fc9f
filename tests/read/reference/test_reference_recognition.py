"""What is a formatted reference, and what only looks like one."""

from __future__ import annotations

import pytest

from dl4es_bib.read.reference import looks_like_reference

NOT_REFERENCES = [
    "",
    "https://example.org/data/set_1",
    "Cloud zoo: https://example.org/cloud-zoo",
    "FOGNET-2: http://example.org/software/fognet_2.zip",
    "ABCD - Soil Moisture Profiles",
    "National Tide and Ice Office (https://tides.example.org)",
    "Swamp segmentation with small networks \\citep{okoro2020}",
    "Code and data: https://doi.org/10.5555/zenodo.1234",
    "Training data: https://example.org/10.5555/data.908909",
    "Some review papers of interest:",
    "We thank Ann Ode and Peter Marsh, who read the draft in 2019.",
    "This chapter was written in 2021, see pp. 3-9 of the book.",
    "In 2019, Ode et al. showed that fog can be counted.",
    "For more, run `make demo` (version 2.1, 2020).",
    "-- Ann Ode <ann@example.org>, Mon, 4 May 2015 10:00:00",
]
REFERENCES = [
    "Ode, A. (2019). Fog.  Sky Letters, 3, 5-9.",
    'X. X. Vance et al., "Rivers," in Basin Science, vol. 5, no. 4, pp. 8-36, Dec. 2017.',
    "Vance I. Rivers that think. Basin Sci. 2019;12(4):1-9.",
    "[3] I. Vance, Basin Sci. 12, 113 (2006).",
    '"Seeing snow through clouds", Ann Ode, Peter Q. Marsh, 2020. https://example.org/snow',
    "Ann Ode and Peter Marsh. Seeing snow through clouds. ECXX, 2020.",
    "Northern Survey Institute. (2005). Atlas of drifting soils. Havn Forlag.",
]


@pytest.mark.parametrize("text", NOT_REFERENCES)
def test_prose_labels_and_links_are_no_references(text: str) -> None:
    assert not looks_like_reference(text)


@pytest.mark.parametrize("text", REFERENCES)
def test_formatted_references_are_recognised(text: str) -> None:
    assert looks_like_reference(text)
