"""Where the shipped ontology and graphs are: inside an installed package, or beside ``kg/`` in a checkout."""

from pathlib import Path

from kg.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[1]


def ontology() -> Path:
    """The folder of the shipped ontology.

    Raises:
        InputError: this installation does not carry it.
    """
    return _shipped("ontology")


def graphs() -> Path:
    """The folder of the shipped graphs.

    Raises:
        InputError: this installation does not carry them.
    """
    return _shipped("graphs")


def _shipped(name: str, package: Path = _PACKAGE) -> Path:
    """The folder `name` that belongs to `package`.

    A wheel carries it as ``kg/data/<name>``. An editable install imports ``kg`` from the checkout, where the folder is
    the package's neighbour; there must be a ``pyproject.toml`` beside it, so that a stranger's folder that happens to
    lie in ``site-packages`` is never taken for ours.
    """
    installed = package / "data" / name
    if installed.is_dir():
        return installed
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise InputError(f"this installation of helix-kg has no {name}/ folder; install it again, or name a path yourself")
