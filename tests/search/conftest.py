"""The shipped pack, searched in one place."""

import pytest

from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.search.rank import Search


@pytest.fixture(scope="session")
def pack() -> Pack:
    return Pack(CONTENT)


@pytest.fixture(scope="session")
def search(pack) -> Search:
    return Search(pack)


@pytest.fixture(scope="session")
def found(search):
    """Names of the pages a search finds, best first."""

    def found(typed: str, **more: object) -> list[str]:
        return [hit.target for hit in search.find(typed, **more).hits]

    return found
