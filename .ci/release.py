"""Release of a version: checks, notes, tag, and the files to publish in ``out/release``.

``python .ci/release.py VERSION`` (`make release`) commits the version, runs the checks, tags, and builds the files.
docs/how-to/release.md describes them. The files depend on nothing but the commit.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FINAL = re.compile(r"\d+\.\d+\.\d+")
VERSION = re.compile(r'__version__ = "(.*)"')
DATA = ("graphs", "ontology", "CITATION.cff", "LICENSES/CC-BY*")
"""What the archive of the shipped data contains."""


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
    names = _git("ls-files", "-z", "--", *DATA, root=root).split("\0")  # the folders may contain ignored files
    files = {name: (root / name).read_bytes() for name in names if name} | {"VERSION": f"{version}\n".encode()}
    files["SHA256SUMS"] = checksums(files).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{target.stem}/{name}", moment.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)


def accept(version: str) -> None:
    """Accept a new version of a checkout without changes.

    Raises:
        ReleaseError: the version is not of the form 1.2.3, it is tagged or precedes the current one, or files are not
            committed.
    """
    if not FINAL.fullmatch(version):
        raise ReleaseError(f"the version {version!r} is not of the form 1.2.3; pass VERSION=1.2.3")
    if _git("tag", "--list", f"v{version}"):
        raise ReleaseError(f"the tag v{version} exists; choose a later version")
    current = VERSION.findall((ROOT / "kg" / "__init__.py").read_text(encoding="utf-8"))[0]
    if _numbers(version) < _numbers(current):
        raise ReleaseError(f"the version {version} precedes the current one, {current}; choose a later version")
    refuse_changes()


def refuse_changes() -> None:
    """Refuse a checkout that differs from its commit.

    Raises:
        ReleaseError: files are not committed.
    """
    if changed := _git("status", "--porcelain"):
        names = ", ".join(line.split(maxsplit=1)[1] for line in changed.splitlines())
        raise ReleaseError(f"the checkout has uncommitted files ({names}); commit or remove them")


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


def prepare(version: str, day: str) -> None:
    """Write `version` into the package, the citation and the changelog, and commit it.

    Raises:
        ReleaseError: the changelog has no changes.
    """
    changelog, citation, package = (ROOT / name for name in ("CHANGELOG.md", "CITATION.cff", "kg/__init__.py"))
    notes(changelog.read_text(encoding="utf-8"), "Unreleased")
    for path, text in (
        (changelog, dated(changelog.read_text(encoding="utf-8"), version, day)),
        (citation, cited(citation.read_text(encoding="utf-8"), version, day)),
        (package, VERSION.sub(f'__version__ = "{version}"', package.read_text(encoding="utf-8"))),
    ):
        path.write_text(text, encoding="utf-8")
    _git("commit", "--all", "--message", f"Release {version}")


def publish(version: str) -> Path:
    """Check the commit, tag it, and return the folder with the files of the release.

    Raises:
        CalledProcessError: a check or a build fails; nothing is tagged then.
        ReleaseError: the checks changed files.
    """
    folder = ROOT / "out" / "release" / version
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    moment = datetime.fromtimestamp(int(_git("log", "-1", "--format=%ct")), UTC)
    subprocess.run(["make", os.environ.get("RELEASE_CHECK", "test")], cwd=ROOT, check=True)
    refuse_changes()
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


def _git(*words: str, root: Path | None = None) -> str:
    done = subprocess.run(["git", *words], cwd=root or ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise ReleaseError(f"git {words[0]} failed: {done.stderr.strip()}")
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
        command = " ".join(map(str, error.cmd))
        sys.exit(f"release: {command} failed; correct the fault, amend the commit, and run the command again")
    sys.stdout.write(f"tagged v{arguments[0]}; the files are in {folder.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
