"""Given names that are frequent and hardly ever family names, as a plain list.

They tell the order of a list where no initial does: "Lozano Ardila, Martha Cecilia" is one person, "Martha Lozano,
Cecilia Ardila" are two; in "Nowak Anna" the family name stands first. Names that are family names as often (Thomas,
Martin, Simon) are left out, but for those of Spanish and Portuguese that stand before another given name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

GIVEN_NAMES: Final = frozenset(
    """ana maria maría martha marta juana juan josé jose luisa carlos carla carmen cecilia teresa rosa elena isabel
    pilar pedro pablo miguel rafael antonio antonia javier alejandro alejandra fernando fernanda eduardo
    ricardo sergio andrés andrea diego gabriela claudia patricia mónica monica silvia beatriz lucía lucia
    sofía sofia raúl ignacio jesús guillermo gustavo gonzalo álvaro alvaro enrique manuel manuela victoria
    verónica veronica adriana paula natalia alicia inés ines joão joao paulo helena luiz luíza tiago rui nuno
    catarina joana mariana renata giulia giulio giovanni giuseppe marco francesca francesco alessandro
    alessandra stefano stefania paolo paola luca chiara federica federico matteo davide elisa silvana massimo
    mario maurizio roberto roberta michèle claire jacques philippe françois françoise jean-pierre jean-claude
    jean-paul anne-marie marie nathalie sophie isabelle catherine élise camille hélène thierry christophe
    sébastien stéphane étienne dominique véronique julie aurélie céline benoît hans klaus karl-heinz jürgen
    juergen wolfgang helmut ulrike sabine ingrid heike katrin susanne birgit monika petra renate matthias
    andreas christina johannes anke jörg uwe torsten thorsten markus tobias johanna wilhelm anna piotr
    krzysztof andrzej tomasz paweł michał marcin jakub katarzyna małgorzata agnieszka barbara ewa krystyna
    zofia elżbieta joanna magdalena aleksandra karolina jerzy stanisław zbigniew wojciech grzegorz lars erik
    anders björn astrid sigrid karin kristina henrik fredrik mikael magnus john mary susan linda jennifer
    elizabeth jessica sarah karen nancy margaret lisa emily michelle laura amanda rebecca kathleen deborah
    stephanie william christopher steven stephen andrew kenneth joshua timothy ronald jeffrey nicholas
    jonathan patrick anne bob alice emma olivia hannah amy angela kathryn julia katherine charlotte philip
    susanna kate helen sergei sergey dmitry dmitri nikolai nikolay olga tatiana svetlana irina yuri mikhail
    alexey alexei andrey pavel""".split()
)

#: Given names that are family names, too.
EITHER: Final = frozenset(
    """robert richard michel claude bernard david daniel joseph mark peter ulrich jacob anthony alexander heinrich
    friedrich sebastian benjamin olivier pierre jean jo kai jan eric henry michael matthew stefan mona ola
    kari ann jane bruno dieter simon florian francisco francisca boris igor justin brian kevin edward jorge
    raul raúl ivan luis marcos holger christian joan vladimir thomas martin paul james george lewis max walter
    andrew""".split()
)


def is_given_name(word: str) -> bool:
    """Whether a word is a frequent given name."""
    return word.lower().strip(".") in GIVEN_NAMES


def are_given_names(words: Sequence[str]) -> bool:
    """Whether words are given names of one person: "Martha Cecilia"."""
    folded = [word.lower().strip(".") for word in words]
    return any(word in GIVEN_NAMES for word in folded) and all(word in GIVEN_NAMES or word in EITHER for word in folded)
