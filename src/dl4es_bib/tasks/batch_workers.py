"""Who makes the parts of a batch: several processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import importlib
import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, Final

from dl4es_bib.model.errors import SaveError, UsageError
from dl4es_bib.tasks.batch import Batch, PartDone, make_part

__all__ = ["DaskWorkers", "Processes"]

Part = tuple[int, int, tuple[str, ...]]
#: Parts that wait for each worker, so that none is idle and few are in memory.
_WAITING: Final = 2
#: Times that a part is given out again when its worker died.
_RETRIES: Final = 3


class Processes:
    """Several processes of this machine.

    Arguments:
        number: how many.
    """

    def __init__(self, number: int) -> None:
        self.number = number

    def make(self, batch: Batch, parts: Iterable[Part]) -> Iterator[PartDone]:
        """Make parts, as many at once as there are processes.

        Raises:
            SaveError: processes died again and again, such as for want of memory.
        """
        rest = iter(parts)
        again: list[Part] = []
        for _ in range(_RETRIES + 1):
            given: dict[Future[PartDone], Part] = {}
            try:
                with ProcessPoolExecutor(self.number, multiprocessing.get_context("spawn")) as pool:
                    source = chain(again, rest)
                    while True:
                        for part in islice(source, self.number * _WAITING - len(given)):
                            given[pool.submit(make_part, batch, *part)] = part
                        if not given:
                            return
                        done, _ = wait(given, return_when=FIRST_COMPLETED)
                        for future in done:
                            made = future.result()
                            del given[future]
                            yield made
            except BrokenProcessPool:
                again = list(given.values())
        raise SaveError(
            "A process was ended again and again, perhaps for want of memory. What is done is kept: run the same "
            "command again, with fewer --jobs."
        )


class DaskWorkers:
    """The workers of a Dask cluster, which see the same files. It needs the extra ``dask``.

    Arguments:
        address: the scheduler's, ``tcp://host:8786``; ``local`` for a cluster of this machine.
    """

    def __init__(self, address: str) -> None:
        try:
            self._distributed: Any = importlib.import_module("distributed")
        except ImportError:
            raise UsageError(
                "--dask needs the package distributed. Install it with: pip install 'dl4es-bib[dask]'"
            ) from None
        self.address = address

    def make(self, batch: Batch, parts: Iterable[Part]) -> Iterator[PartDone]:
        """Make parts; one whose worker is lost is given to another.

        Raises:
            UsageError: the scheduler does not answer.
            SaveError: a part was lost with its worker again and again.
        """
        distributed = self._distributed
        try:
            cluster = distributed.LocalCluster(dashboard_address=None) if self.address == "local" else None
            client = distributed.Client(cluster or self.address, timeout=30)
        except (OSError, ValueError) as error:
            raise UsageError(f"--dask {self.address}: no scheduler answers there ({error}).") from None
        rest = iter(parts)
        with client:
            most = _WAITING * max(1, sum(client.nthreads().values()))
            futures = distributed.as_completed([self._submit(client, batch, part) for part in islice(rest, most)])
            for future in futures:
                try:
                    made: PartDone = future.result()
                except Exception as error:
                    raise SaveError(
                        f"A part was not made ({type(error).__name__}: {error}). What is done is kept: run it again."
                    ) from None
                for part in islice(rest, 1):
                    futures.add(self._submit(client, batch, part))
                yield made
        if cluster is not None:
            cluster.close()

    @staticmethod
    def _submit(client: Any, batch: Batch, part: Part) -> Any:
        return client.submit(make_part, batch, *part, pure=False, retries=_RETRIES)
