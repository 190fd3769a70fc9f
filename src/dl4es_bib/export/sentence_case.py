"""Titles in sentence case: only words that are surely no names are lowered.

"Deep Learning for Sea Ice in the Arctic" becomes "Deep learning for sea ice in the Arctic". A word is lowered
when it is on the list of common words, has an ending that only common words have, or stands in lower case in
another title of the same document. Everything else (names, acronyms, species, software) keeps its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD = re.compile(r"[^\s\-–—/]+")
_EDGES: Final = "“”‘’\"'([{<>}]).,;:!?…"
_ENDINGS = re.compile(
    r"[a-z]{2,}(?:tions?|sions?|ments?|ness|ology|ological|ically|ability|ivity|ational|metric|based|driven|"
    r"informed|aware|assisted|guided|ized|ised|izing|ising|wise|ously|fully)"
)
#: Parts of names of places; beside a word that keeps its capital they keep theirs.
_OF_NAMES: Final = frozenset(
    "basin bay coast current delta desert forest glacier gulf island islands lake mountain mountains north south "
    "east west northern southern eastern western ocean peninsula plateau region river sea shelf strait stream "
    "university valley institute great new united states model system project experiment program".split()
)
_COMMON: Final = frozenset(
    """a about above across adaptive advanced advances after against aerosol aerosols agriculture air algorithm
    algorithms all along among an analyses analysis and application applications applied approach approaches
    architecture architectures are around article artificial as aspects assessing assessment at atlas atmosphere
    atmospheric attention attribution automated automatic autoencoders based basic basis bayesian be benchmark
    benchmarks better between beyond bias big biomass biosphere boundary but by calibration can carbon case causal
    challenges change changes characterizing chemistry circulation classification climate climates cloud clouds
    clustering coastal coding collection combined combining common comparative comparing comparison complex
    computational computer computing concept concepts conditions constraint constraints continental continuous
    control convection convective convolutional cost coupled coupling cover critical crop cycle cyclone cyclones
    daily data database dataset datasets deep deforestation denoising dependent design detecting detection diffusion
    digital dimensional discovery distributed distribution diurnal domain downscaling drought droughts during
    dynamic dynamical dynamics early earth's earthquake earthquakes ecosystem ecosystems effect effects efficient
    emission emissions end energy ensemble ensembles environment environmental equation equations error errors
    estimates estimating estimation evaluating evaluation event events evidence evolution explainable exploring
    extreme extremes fast feature features field fields fine fire fires first flood flooding floods flow flows flux
    fluxes for forced forecast forecasting forecasts forest forests framework from function functions fusion future
    gap gaps general generalized generating generation generative geophysical geoscience geosciences geospatial
    global gradient graph gravity grid ground groundwater guide hazard hazards heat heavy hierarchical high higher
    human hurricane hurricanes hybrid hydrologic hydrological hydrology ice identification identifying image
    imagery images imaging impact impacts implications implicit improve improved improving in independent inference
    influence information informed insights integrated integrating intelligence interaction interactions interannual
    interpretable into introduction inverse inversion is it its joint kernel knowledge land landslide landslides
    language large latent layer layers learned learning level lightning local long low machine mapping maps marine
    mass measurement measurements measuring mechanism mechanisms mesoscale method methods metrics mixed mixing mode
    modeling modelling models modes moisture monitoring monsoon multi multimodal multiple multiscale natural near
    network networks neural new next noise nonlinear not novel nowcasting nucleation numerical object observation
    observational observations observed observing ocean oceanic oceans of oil on open operational operator operators
    optical optimal optimization optimizing or orographic outlook overview parameter parameterization
    parameterizations parameters parametrization past pattern patterns perception perspective perspectives physical
    physics planetary plant policy pollution polar potential practical practice precipitation predicting prediction
    predictions predictability predictive present principles prior priors probabilistic problem problems process
    processes processing product products progress prospects quality quantification quantifying quantum radar
    radiation radiative rain rainfall random range rate rates reanalysis recent recognition reconstruction recurrent
    reduced reduction regional regression reinforcement remote representation representations research residual
    resolution resource response results retrieval review rise risk risks river rivers robust role runoff salinity
    sampling satellite satellites scalable scale scales scheme schemes science sciences scientific sea seasonal
    segmentation seismic self semantic sensing sensitivity sensor sensors series severe shallow short simple
    simulated simulating simulation simulations single skill small snow snowfall social software soil soils solar
    solution solutions solving some source sources space sparse spatial spatially spatiotemporal spectral speed stable
    state statistical statistics stochastic storm storms strategies stratospheric streamflow structure structures
    studies study super supervised surface surrogate survey surveys system systems task tasks techniques temperature
    temperatures temporal terrestrial that the their theory thermal thickness three through time to toward towards
    tracking training transfer transform transformer transformers transport trends tropical tropics tropospheric
    turbulence turbulent two uncertainties uncertainty under understanding unified unsupervised urban use used using
    validation vapor vapour variability variables variational vegetation velocity very via video vision visual
    volcanic vulnerability warming water wave waves weather wetland wetlands what when where which wide wildfire
    wildfires wind winds with without world year years yield yields zonal""".split()
) - {"bayesian"}  # from a name


def sentence_case(title: str, lowered: frozenset[str] = frozenset()) -> str:
    """A title in sentence case.

    Arguments:
        title: as it is; one that is not in title case comes back unchanged.
        lowered: words known to be written small, see :func:`words_written_small`.
    """
    found = list(_WORD.finditer(title))
    bare = [match.group().strip(_EDGES) for match in found]
    if not _is_title_case(bare):
        return title
    firsts = _firsts(title, found)
    sure = [
        first or not _is_capitalized(word) or _is_sure(word, lowered) for word, first in zip(bare, firsts, strict=True)
    ]
    out = list(title)
    for index, (match, word) in enumerate(zip(found, bare, strict=True)):
        if firsts[index] or not _is_capitalized(word) or not sure[index]:
            continue
        beside = [place for place in (index - 1, index + 1) if 0 <= place < len(found)]
        if word.lower() in _OF_NAMES and not all(sure[place] for place in beside):
            continue
        start = match.start() + match.group().index(word)
        out[start] = word[0].lower()
    return "".join(out)


def words_written_small(titles: Iterable[str]) -> frozenset[str]:
    """The words that titles in sentence case write small; they are no names."""
    small: set[str] = set()
    large: set[str] = set()
    for title in titles:
        found = list(_WORD.finditer(title))
        bare = [match.group().strip(_EDGES) for match in found]
        if _is_title_case(bare):
            continue
        for word, first in zip(bare, _firsts(title, found), strict=True):
            if word.isalpha() and word.islower() and len(word) > 3:
                small.add(word)
            elif not first and _is_capitalized(word):
                large.add(word.lower())
    return frozenset(small - large)


def _is_title_case(words: list[str]) -> bool:
    long = [word for word in words[1:] if len(word) > 3 and word.isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) > 1 and capitals >= 0.6 * len(long)


def _firsts(title: str, found: list[re.Match[str]]) -> list[bool]:
    """For each word whether it begins the title or a subtitle."""
    firsts, before = [], ":"
    for match in found:
        gap = title[match.start() - 1 : match.start()]
        firsts.append(before.rstrip("”’\"')")[-1:] in (":", "?", "!", ".") and gap not in ("-", "–"))
        before = match.group()
    return firsts


def _is_capitalized(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower() and word.replace("’", "").isalpha()


def _is_sure(word: str, lowered: frozenset[str]) -> bool:
    small = word.lower()
    return small in _COMMON or small in lowered or _ENDINGS.fullmatch(small) is not None
