"""Release of a version: checks, notes, tag, and the files to publish in ``out/release``.

``python .ci/release.py VERSION`` (`make release`) commits the version, runs the checks, tags, and builds the files.
docs/how-to/release.md describes them. The files depend on nothing but the commit.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FINAL = re.compile(r"\d+\.\d+\.\d+")
DATA = ("graphs", "ontology")
"""Folders of the archive of the shipped data."""


class ReleaseError(Exception):
    """A reason not to release, with its remedy."""


def notes(changelog: str, heading: str) -> str:
    """Return the text of the section `heading` of a changelog.

    Raises:
        ReleaseError: the section is missing or empty.
    """
    section = re.search(rf"^## \[{re.escape(heading)}\].*?\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    text = section[1].strip() if section else ""
    if not text:
        raise ReleaseError(f"CHANGELOG.md: the section [{heading}] is missing or empty; describe the changes there")
    return text + "\n"


def dated(changelog: str, version: str, day: str) -> str:
    """Return the changelog with the unreleased changes under `version`, and an empty section above it."""
    return changelog.replace("## [Unreleased]\n", f"## [Unreleased]\n\n## [{version}] - {day}\n", 1)


def cited(citation: str, version: str, day: str) -> str:
    """Return CITATION.cff with `version` and its day."""
    text = re.sub(r"^date-released:.*\n", "", citation, flags=re.MULTILINE)
    return re.sub(r"^version:.*$", f"version: {version}\ndate-released: {day}", text, count=1, flags=re.MULTILINE)


def bill_of_materials(lock: str, version: str) -> str:
    """Return the locked run-time dependencies as CycloneDX 1.6."""
    reference = f"pkg:pypi/helix-kg@{version}"
    components = [
        {"type": "library", "bom-ref": purl, "name": name, "version": locked, "purl": purl}
        for name, locked in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE)
        for purl in (f"pkg:pypi/{name}@{locked}",)
    ]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, reference + lock)}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": reference, "name": "helix-kg", "version": version},
        },
        "components": components,
        "dependencies": [{"ref": reference, "dependsOn": [str(one["bom-ref"]) for one in components]}],
    }
    return json.dumps(bill, indent=2) + "\n"


def checksums(files: dict[str, bytes]) -> str:
    """Return the SHA-256 of each file as ``sha256sum --check`` reads it."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))


def archive(target: Path, root: Path, version: str, moment: datetime) -> None:
    """Write the shipped data with version, citation, licence and checksums as a zip file of equal bytes each time."""
    paths = [path for folder in DATA for path in (root / folder).rglob("*") if path.is_file()]
    paths += [root / "CITATION.cff", *(root / "LICENSES").glob("CC-BY*")]
    files = {str(path.relative_to(root)): path.read_bytes() for path in paths} | {"VERSION": f"{version}\n".encode()}
    files["SHA256SUMS"] = checksums(files).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{target.stem}/{name}", moment.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)


def accept(version: str) -> None:
    """Accept a new version.

    Raises:
        ReleaseError: the version is not of the form 1.2.3, or it is tagged.
    """
    if not FINAL.fullmatch(version):
        raise ReleaseError(f"the version {version!r} is not of the form 1.2.3; pass VERSION=1.2.3")
    if _git("tag", "--list", f"v{version}"):
        raise ReleaseError(f"the tag v{version} exists; choose a later version")


def prepare(version: str, day: str) -> None:
    """Write `version` into the package, the citation and the changelog, and commit it.

    Raises:
        ReleaseError: the checkout has uncommitted files, or the changelog has no changes.
    """
    if _git("status", "--porcelain"):
        raise ReleaseError("the checkout has uncommitted files; commit or remove them")
    changelog, citation, package = (ROOT / name for name in ("CHANGELOG.md", "CITATION.cff", "kg/__init__.py"))
    notes(changelog.read_text(encoding="utf-8"), "Unreleased")
    for path, text in (
        (changelog, dated(changelog.read_text(encoding="utf-8"), version, day)),
        (citation, cited(citation.read_text(encoding="utf-8"), version, day)),
        (package, re.sub(r'__version__ = ".*"', f'__version__ = "{version}"', package.read_text(encoding="utf-8"))),
    ):
        path.write_text(text, encoding="utf-8")
    _git("commit", "--all", "--message", f"Release {version}")


def publish(version: str) -> Path:
    """Check the commit, tag it, and return the folder with the files of the release.

    Raises:
        CalledProcessError: a check or a build fails; nothing is tagged then.
    """
    folder = ROOT / "out" / "release" / version
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.fromtimestamp(int(_git("log", "-1", "--format=%ct")), UTC)
    subprocess.run(["make", os.environ.get("RELEASE_CHECK", "test")], cwd=ROOT, check=True)
    build: list[str | Path] = [sys.executable, "-m", "hatchling", "build", "-d", folder]
    epoch = {"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
    subprocess.run(build, cwd=ROOT, check=True, env=os.environ | epoch)
    text = notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    (folder / "NOTES.md").write_text(text, encoding="utf-8")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (folder / f"helix-kg-{version}.cdx.json").write_text(bill_of_materials(lock, version), encoding="utf-8")
    archive(folder / f"helix-kg-data-{version}.zip", ROOT, version, moment)
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "SHA256SUMS"}
    (folder / "SHA256SUMS").write_text(checksums(files), encoding="utf-8")
    _git("tag", "--annotate", f"v{version}", "--cleanup=verbatim", "--message", f"Helix KG {version}\n\n{text}")
    return folder


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main(arguments: list[str]) -> None:
    """Release the version that the only argument names."""
    if len(arguments) != 1:
        sys.exit("release: one version is required; pass VERSION=1.2.3")
    try:
        accept(arguments[0])
        if _git("log", "-1", "--format=%s") != f"Release {arguments[0]}":  # a run after a failed check goes on
            prepare(arguments[0], datetime.now(UTC).date().isoformat())
        folder = publish(arguments[0])
    except ReleaseError as error:
        sys.exit(f"release: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"release: {error}; mend it, amend the commit, and run the command again")
    sys.stdout.write(f"tagged v{arguments[0]}; the files are in {folder.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
