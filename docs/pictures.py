"""Takes the pictures of the documentation again: the page that ``publish`` writes, and a Word file.

python docs/pictures.py

It needs Chromium, LibreOffice and Poppler (``pdftoppm``). The example is built without a network, so that the pictures
show what its files give.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
_LARGEST = 150_000  # bytes


def main() -> None:
    """Build the example in a folder of its own, and take the pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        shutil.copy(ROOT / "dl4es-bib.yaml", folder)
        for verb in (["build"], ["publish", "-o", "site"], ["export", "-f", "docx", "-s", "ieee", "-o", "word"]):
            offline = ["--offline"] if verb == ["build"] else []
            _run([sys.executable, "-m", "dl4es_bib", *verb, *offline, "-q"], folder)
        PICTURES.mkdir(exist_ok=True)
        page = (folder / "site/index.html").as_uri()
        for look, options in (("light", []), ("dark", ["--force-dark-mode"])):
            _browse(folder, page, PICTURES / f"page-{look}.png", options)
        _word(folder, folder / "word/01-introduction/references.ieee.docx", PICTURES / "word.png")
    for picture in sorted(PICTURES.glob("*.png")):
        size = picture.stat().st_size
        print(f"{picture.relative_to(ROOT)}: {size:,} bytes")
        if size > _LARGEST:
            sys.exit(f"{picture.name} is larger than {_LARGEST:,} bytes.")


def _browse(folder: Path, address: str, picture: Path, options: list[str]) -> None:
    browser = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               f"--user-data-dir={folder}/browser", "--window-size=860,700", f"--screenshot={picture}"]  # fmt: skip
    _run([*browser, *options, address], folder)


def _word(folder: Path, document: Path, picture: Path) -> None:
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf"]
    _run([*office, "--outdir", str(folder), str(document)], folder)
    pages = ["pdftoppm", "-r", "80", "-singlefile", "-png", "-H", "460"]
    _run([*pages, str(folder / document.with_suffix(".pdf").name), str(picture.with_suffix(""))], folder)


def _run(command: list[str], folder: Path) -> None:
    if shutil.which(command[0]) is None:
        sys.exit(f"{command[0]} is not installed.")
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
