"""The order of the packages, and that no file grows beyond one idea."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "osler"
FILES = sorted(PACKAGE.rglob("*.py"))

ORDER = (
    "domain",
    "dosage",
    "reading",
    "statements",
    "plausibility",
    "library",
    "checking",
    "answering",
    "threads",
    "readers",
    "pathways",
    "privacy",
    "writing",
    "render",
    "fhir",
    "evaluation",
    "mcp",
    "cli",
)
WEB = {"django", "wagtail", "ninja", "fastapi", "flask", "starlette", "uvicorn", "aiohttp"}
SERVES = {"mcp/serving.py": {"uvicorn"}}  # loaded by its own command alone
LONGEST = 400  # lines


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def name(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_package_imports_only_what_stands_before_it(file: Path) -> None:
    package = file.relative_to(PACKAGE).parts[0]
    used = {m.split(".")[1] for m in imports(file) if m.startswith("osler.")} - {package}
    if package not in ORDER:
        assert not used & set(ORDER), f"{package} is imported by others and imports none"
        return
    later = set(ORDER[ORDER.index(package) :])
    assert not used & later


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_engine_imports_no_web_framework(file: Path) -> None:
    used = {m.split(".")[0] for m in imports(file)} & WEB
    assert used == SERVES.get(name(file), set())


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_file_is_long(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST


def test_every_package_has_its_place_in_the_order() -> None:
    packages = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    assert packages - set(ORDER) == {"starter"}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_locked_requirements_name_no_index_and_hash_everything(file: str) -> None:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        assert "://" not in line
        assert not line.lstrip().startswith(("-i", "--index", "--extra", "--find", "-f", "#"))
    names = [i for i, line in enumerate(lines) if "==" in line]
    assert names
    for i in names:
        assert lines[i + 1].strip().startswith("--hash=sha256:")
