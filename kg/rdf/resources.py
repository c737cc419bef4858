"""The location of the shipped ontology and graphs: inside an installed package, or beside ``kg/`` in a checkout."""

from pathlib import Path

from kg.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[1]


def ontology() -> Path:
    """Return the folder of the shipped ontology.

    Raises:
        InputError: this installation does not contain it.
    """
    return _shipped("ontology")


def graphs() -> Path:
    """Return the folder of the shipped graphs.

    Raises:
        InputError: this installation does not contain them.
    """
    return _shipped("graphs")


def package() -> Path:
    """Return the folder of this package."""
    return _PACKAGE


def _shipped(name: str, package: Path = _PACKAGE) -> Path:
    """Return the folder `name` that belongs to `package`.

    A wheel contains it as ``kg/data/<name>``. An editable install imports ``kg`` from the checkout, where the folder is
    beside the package. A ``pyproject.toml`` must be there too, so that a foreign folder in ``site-packages`` is never
    used.
    """
    installed = package / "data" / name
    if installed.is_dir():
        return installed
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise InputError(
        "this installation of helix-kg has no {name}/ folder; install it again, or name a path yourself", name=name
    )
