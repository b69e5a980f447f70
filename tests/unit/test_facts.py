"""The table of facts: its rows, its cells, its forms, and what a spreadsheet does with them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import pytest
from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset, build
from migragraph.errors import CallError, OutputError
from migragraph.explain.naming import Naming
from migragraph.facts import COLUMNS, FIGURES, SHEETS, Row, list_rows, make_inert, render_facts
from migragraph.facts import workbook as workbook_module
from migragraph.formats import SUFFIXES
from migragraph.labels import collect_labels
from migragraph.layout import Layout, load_layout
from migragraph.namespaces import MG, RDF
from migragraph.quotations import list_testimonies
from migragraph.support import Fact, Supporter, read_exemptions

Call = Callable[..., tuple[int, str, str]]

TOWN = "https://example.org/town/"
NAMES = [column.name for column in COLUMNS]


class ProjectWriter(Protocol):
    def __call__(self, data: Mapping[str, str | bytes], ontology: str = "") -> Layout: ...


@pytest.fixture(scope="module")
def bundled_rows(bundled: Dataset) -> list[Row]:
    return list_rows(bundled)


@pytest.fixture(scope="module")
def bundled_csv(bundled: Dataset) -> bytes:
    return render_facts(bundled)["facts.csv"]


def read_csv(data: bytes) -> tuple[list[str], list[Row]]:
    header, *rows = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    return header, [Row(*(cell.removeprefix("'") for cell in row)) for row in rows]


def read_sheet(data: bytes, name: str = "facts") -> list[list[Any]]:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(data))[name]
    assert all(cell.data_type in ("s", "n") for cells in sheet.iter_rows() for cell in cells)
    return [[cell.value for cell in cells] for cells in sheet.iter_rows()]


def fact_of(row: Row) -> Fact:
    if not row.datatype:
        value: NamedNode | Literal = NamedNode(row.value)
    elif row.language:
        value = Literal(row.value, language=row.language)
    else:
        value = Literal(row.value, datatype=NamedNode(row.datatype))
    return Fact(NamedNode(row.subject), NamedNode(row.property), value)


def supporter_of(row: Row) -> Supporter | None:
    return Supporter(NamedNode(row.supporter), MG[row.basis], NamedNode(row.evidence)) if row.basis else None


# --- rows


def test_the_columns_are_the_fields_of_a_row() -> None:
    assert tuple(NAMES) == Row._fields
    assert all(column.en and column.vi and column.description.endswith(".") for column in COLUMNS)


@pytest.mark.parametrize("name", ["dataset", "stated", "bundled"])
def test_every_fact_has_a_row_for_each_supporter(name: str, request: pytest.FixtureRequest) -> None:
    dataset: Dataset = request.getfixturevalue(name)
    exempt = read_exemptions(dataset.ontology)
    bookkeeping = {
        subject
        for subject, properties in dataset.index.items()
        if exempt.classes.intersection(value for value in properties.get(RDF.type, ()) if isinstance(value, NamedNode))
    }
    needing = {
        fact for fact in dataset.asserted if fact.predicate not in exempt.properties and fact.subject not in bookkeeping
    }
    found: dict[Fact, list[Supporter | None]] = {}
    for row in list_rows(dataset):
        found.setdefault(fact_of(row), []).append(supporter_of(row))
    assert len(needing) > 10
    assert needing <= found.keys() == {*dataset.support.supporters, *dataset.support.unsupported}
    for fact, supporters in found.items():
        expected = dataset.support.supporters.get(fact, (None,))
        assert len(supporters) == len(expected)
        assert set(supporters) == set(expected)


def test_a_key_counts_a_fact_once(bundled_rows: list[Row]) -> None:
    keys = {row.fact for row in bundled_rows}
    assert len(keys) == len({fact_of(row) for row in bundled_rows}) < len(bundled_rows)
    assert len({(row.fact, row.evidence, row.supporter) for row in bundled_rows}) == len(bundled_rows)


def test_the_words_are_those_of_the_evidence(bundled: Dataset, bundled_rows: list[Row]) -> None:
    told = {
        (testimony.evidence.value, quotation.passage.value): (
            quotation.exact,
            quotation.source.value,
        )
        for testimony in list_testimonies(bundled.index)
        if testimony.basis == MG.stated
        for quotation in testimony.quotations
    }
    stated = [row for row in bundled_rows if row.basis == "stated"]
    assert {(row.evidence, row.supporter) for row in stated} == set(told)
    for row in stated:
        assert (row.phrase, row.source) == told[row.evidence, row.supporter]
    others = [row for row in bundled_rows if row.basis != "stated"]
    assert {row.basis for row in others} == {"referenced", "inferred"}
    for row in others:
        assert row.phrase == ""
        assert (row.basis == "referenced") == (row.source == row.supporter != "")
        assert (row.basis == "inferred") == bool(row.reason) == (row.evidence == row.supporter)


def test_the_speaker_is_that_of_the_evidence_or_of_the_statement(bundled: Dataset, bundled_rows: list[Row]) -> None:
    """Of what a source tells of a statement in its own words (who makes it, in which post) there is none."""
    frame = {MG.speaker.value, MG.inPost.value, MG.madeAt.value}
    from_statement = set()
    for row in bundled_rows:
        evidence = bundled.index[NamedNode(row.evidence)]
        statement = bundled.index[NamedNode(row.thing)] if row.property not in frame else {}
        owner = next((one for one in (evidence, statement) if MG.speaker in one), {})
        named = [[value.value for value in owner.get(name, ())] for name in (MG.speaker, MG.inPost, MG.speechMode)]
        assert named == [[cell] if cell else [] for cell in (row.speaker, row.post, row.speech)]
        assert (row.acting == "") == (row.post == "")
        assert (row.speaker_inferred == "") == (row.speaker == "")
        if owner is statement and row.speaker:
            from_statement.add(row.thing)
    assert len(from_statement) > 100


def test_who_speaks_for_the_time_being(bundled_rows: list[Row]) -> None:
    told = {(row.speaker_label, row.post_label): row.acting for row in bundled_rows if row.post}
    post = "Chief of Mission of IOM in Viet Nam"
    assert told["Mitsue Pembroke", post] == "true"
    assert told["Kendra Rinas", post] == told["Mihyung Park", post] == "false"
    assert set(told.values()) == {"true", "false"}


def test_how_the_source_gives_it(bundled: Dataset, bundled_rows: list[Row]) -> None:
    """A speaker whom only the context names, and one who is only inferred, are told apart from the others."""
    modes = {row.speech_label for row in bundled_rows}
    assert modes == {"", "quoted", "reported", "own voice", "attributed by context"}
    speakers = {fact.subject: fact for fact in bundled.asserted if fact.predicate == MG.speaker}
    checked = 0
    for row in bundled_rows:
        if row.speaker and MG.speaker not in bundled.index[NamedNode(row.evidence)]:
            supporters = bundled.support.supporters[speakers[NamedNode(row.thing)]]
            is_inferred = all(one.basis == MG.inferred for one in supporters)
            assert row.speaker_inferred == ("true" if is_inferred else "false")
            checked += is_inferred
        elif row.speaker:
            assert row.speaker_inferred == "false"
    assert checked > 100


STATEMENT = """@prefix mg: <https://w3id.org/migragraph/ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix e: <https://example.org/town/statement/> . @prefix s: <https://example.org/town/source/> .
e:a mg:speaker e:smith ; mg:gist "It was good."@en ; mg:evidence [ a mg:Evidence ;
    mg:property mg:speaker, mg:gist ; mg:basis mg:stated ; oa:hasTarget [ a oa:SpecificResource ;
        oa:hasSource s:gazette ; oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "good, Smith said" ] ] ] .
"""


def test_one_evidence_for_what_is_said_and_for_who_says_it(write_project: ProjectWriter) -> None:
    rows = list_rows(build(write_project({"a.ttl": STATEMENT})))
    assert {(row.property.rpartition("#")[2], row.speaker.rpartition("/")[2]) for row in rows if row.basis} == {
        ("gist", "smith"),
        ("speaker", ""),
    }


def test_properties_are_called_as_explain_calls_them(bundled_rows: list[Row]) -> None:
    told = {row.property: row.property_label for row in bundled_rows}
    assert told["http://purl.org/linked-data/sdmx/2009/measure#obsValue"] == "value"


def test_only_figures_have_hedge_unit_and_period(bundled_rows: list[Row]) -> None:
    figures = [row for row in bundled_rows if row.property in {property_.value for property_ in FIGURES}]
    assert len(figures) >= 50
    for row in bundled_rows:
        parts = (row.hedge, row.unit, row.period, row.hedge_label, row.unit_label, row.period_label)
        assert all(parts) if row in figures else not any(parts)
    (row, *_) = (row for row in figures if row.subject.endswith("/contract-workers-abroad-2024-07-baoquocte-278827-en"))
    assert (row.value, row.hedge_label, row.unit_label) == ("650000", "approximately", "people")


def test_labels_stand_beside_iris(bundled: Dataset, bundled_rows: list[Row]) -> None:
    labels = collect_labels(bundled)
    naming = Naming(bundled, labels, "en")
    pairs = [name.removesuffix("_label") for name in NAMES if name.endswith("_label")]
    assert len(pairs) == 11
    for row in bundled_rows:
        cells = row._asdict()
        for name in pairs:
            if name != "value" or not row.datatype:
                iri, label = cells[name], cells[f"{name}_label"]
                expected = naming.name(NamedNode(iri)).label if iri else ""
                assert label == expected or (label, expected) == ("", labels.shorten(NamedNode(iri)))
    nameless = {
        name for row in bundled_rows for name in pairs if row._asdict()[name] and not row._asdict()[f"{name}_label"]
    }
    assert nameless == {"value"}


def test_a_nested_node_is_told_with_its_thing(dataset: Dataset) -> None:
    rows = [row for row in list_rows(dataset) if row.thing == TOWN + "law/market"]
    assert {row.thing_label for row in rows} == {"Market law"}
    states = {row.subject for row in rows} - {TOWN + "law/market"}
    assert len(states) == 2
    links = [row for row in rows if row.subject == row.thing]
    assert {row.value for row in links} == states
    assert {row.value for row in rows if row.property == MG.date.value} == {"2020", "2021-01"}


def test_what_is_inferred_can_be_left_out(stated: Dataset) -> None:
    assert {row.basis for row in list_rows(stated)} == {"stated", "referenced", ""}


def test_the_address_is_that_of_the_page(bundled_rows: list[Row]) -> None:
    urls = {row.source.rpartition("/")[2]: row.source_url for row in bundled_rows if row.basis == "stated"}
    assert len(urls) == 5
    assert urls["vietnamtimes-37984"].startswith("https://vietnamtimes.org.vn/")
    assert urls["baoquocte-278827-en"].startswith("https://baoquocte.vn/")


# --- CSV


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://e.org")', '\'=HYPERLINK("http://e.org")'),
        ("+84 123", "'+84 123"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("\na", "'\na"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1+1", "'＝1+1"),
        ("--12-18", "'--12-18"),
        ("-P1D", "'-P1D"),
        ("-INF", "'-INF"),
        ("'", "''"),
        ("'=1", "''=1"),
        ("-", "'-"),
        ("-5", "-5"),
        ("+5.0", "+5.0"),
        ("-.5E-3", "-.5E-3"),
        ("-٣", "'-٣"),
        ("2024-07-16", "2024-07-16"),
        ("a=b", "a=b"),
        ("don't", "don't"),
        ("", ""),
    ],
)
def test_formulas_are_inert_and_come_back(text: str, cell: str) -> None:
    assert make_inert(text) == cell
    assert cell.removeprefix("'") == text


LIVE = [
    "=1+1",
    "+a",
    "-a",
    "@a",
    "\t=1",
    " =1",
    '"=1"',
    'a,"b"\r\nc',
    "'",
    "<r>a</r>b",
    "_x0041_",
    "https://e.org",
    "1e5",
]


@pytest.fixture
def live(write_project: ProjectWriter) -> Dataset:
    """Give a dataset of texts that a spreadsheet may take for something else."""
    text = "".join(f"<https://e.org/{n}> <https://e.org/p> {Literal(value)} .\n" for n, value in enumerate(LIVE))
    return build(write_project({"a.ttl": text}))


def test_csv_reads_back(live: Dataset, dataset: Dataset, bundled: Dataset) -> None:
    for project in (live, dataset, bundled):
        data = render_facts(project)["facts.csv"]
        assert not data.startswith(b"\xef\xbb\xbf")
        assert read_csv(data) == (NAMES, list_rows(project))
    cells = [
        cell for row in csv.reader(io.StringIO(render_facts(live)["facts.csv"].decode(), newline="")) for cell in row
    ]
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]


def test_csv_is_that_of_the_standard(bundled_csv: bytes) -> None:
    """As https://www.rfc-editor.org/rfc/rfc4180 has it: CRLF, and as many cells in each line."""
    assert bundled_csv.count(b"\n") == bundled_csv.count(b"\r\n")
    assert bundled_csv.endswith(b"\r\n")
    assert {len(row) for row in csv.reader(io.StringIO(bundled_csv.decode(), newline=""))} == {len(COLUMNS)}


READ = """
import json, sys, warnings
from csvw import CSVW
warnings.simplefilter("error")
table = CSVW(sys.argv[1], validate=True)
print(table.is_valid, len(table.warnings), file=sys.stderr)
def write(cell):
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if cell is None or isinstance(cell, str) else cell.unsplit()
rows = [{name: write(cell) for name, cell in row.items()} for row in table.tables[0].iterdicts()]
json.dump(rows, sys.stdout)
"""


@pytest.mark.parametrize("name", ["dataset", "bundled", "live"])
def test_csv_on_the_web_describes_it(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A kept reader finds the description by its name, finds nothing wrong, and reads the same rows."""
    dataset: Dataset = request.getfixturevalue(name)
    for file, data in render_facts(dataset, "figures.csv").items():
        (tmp_path / file).write_bytes(data)
    command = [sys.executable, "-c", READ, str(tmp_path / "figures.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == "True 0\n"
    rows = [
        Row(**{key: (cell or "").removeprefix("'") for key, cell in row.items()}) for row in json.loads(done.stdout)
    ]
    assert rows == list_rows(dataset)


def test_the_description(bundled: Dataset) -> None:
    description = json.loads(render_facts(bundled)["facts.csv-metadata.json"])
    assert description["url"] == "facts.csv"
    assert description["dc:license"] == {"@id": bundled.layout.licence}
    assert description["tableSchema"]["primaryKey"] == ["fact", "evidence", "supporter"]
    columns = description["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == NAMES
    assert all(set(column["titles"]) == {"und", "en", "vi"} for column in columns)
    known = {str(triple.subject.value) for triple in bundled.ontology if isinstance(triple.subject, NamedNode)}
    assert {column["propertyUrl"] for column in columns if "propertyUrl" in column} <= known
    assert json.loads(render_facts(bundled, "my 5%.csv")["my 5%.csv-metadata.json"])["url"] == "my%205%25.csv"


def test_a_licence_that_is_no_iri(project_copy: Path) -> None:
    path = project_copy / "migragraph.toml"
    licence = load_layout(project_copy).licence
    path.write_text(path.read_text("utf-8").replace(licence, "public domain"), encoding="utf-8")
    description = json.loads(render_facts(build(load_layout(project_copy)))["facts.csv-metadata.json"])
    assert description["dc:license"] == "public domain"


# --- XLSX


def expected_cells(row: Row) -> Iterator[str | Decimal | None]:
    for name, text in row._asdict().items():
        is_number = name == "value" and row.datatype.rpartition("#")[2] in ("integer", "decimal", "double")
        yield Decimal(text) if is_number else text or None


def plain(cell: object) -> object:
    """Give what was written: openpyxl leaves one carriage return escaped, and reads numbers as floats."""
    return cell.replace("_x000D_", "\r") if isinstance(cell, str) else Decimal(str(cell)) if cell is not None else None


@pytest.mark.parametrize("name", ["dataset", "bundled", "live"])
def test_a_workbook_reads_back(name: str, request: pytest.FixtureRequest) -> None:
    dataset: Dataset = request.getfixturevalue(name)
    header, *rows = read_sheet(render_facts(dataset, "facts.xlsx")["facts.xlsx"])
    assert header == NAMES
    assert [[plain(cell) for cell in row] for row in rows] == [list(expected_cells(row)) for row in list_rows(dataset)]


def test_a_workbook_is_easy_to_read(bundled: Dataset) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(render_facts(bundled, "facts.xlsx")["facts.xlsx"]))
    assert book.sheetnames == ["facts", "about"]
    assert book["facts"].freeze_panes == "A2"
    assert book["facts"].auto_filter.ref == f"A1:AH{len(list_rows(bundled)) + 1}"
    about = [[cell.value for cell in cells] for cells in book["about"].iter_rows()]
    assert about[0][:2] == ["title", bundled.layout.title]
    assert [row[0] for row in about[6:]] == NAMES
    assert [row[3] for row in about[6:]] == [column.description for column in COLUMNS]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(live: Dataset) -> None:
    with zipfile.ZipFile(io.BytesIO(render_facts(live, "a.xlsx")["a.xlsx"])) as files:
        sheet = files.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet
        assert len(files.namelist()) == len(set(files.namelist()))


@pytest.mark.parametrize(
    ("text", "kind", "cell"),
    [
        ("01", "integer", 1),
        ("1.50", "decimal", 1.5),
        ("-12345678901234.5", "decimal", -12345678901234.5),
        ("12345678901234567890", "integer", "12345678901234567890"),
        ("0.1234567890123456789", "decimal", "0.1234567890123456789"),
        ("1E400", "double", "1E400"),
        ("NaN", "double", "NaN"),
        ("-INF", "double", "-INF"),
        ("many", "integer", "many"),
        ("2024-07", "gYearMonth", "2024-07"),
        ("2024-07-16", "date", "2024-07-16"),
        ("true", "boolean", "true"),
        ("5", "string", "5"),
    ],
)
def test_numbers_are_numbers_where_no_digit_is_lost(
    write_project: ProjectWriter, text: str, kind: str, cell: object
) -> None:
    value = Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
    dataset = build(write_project({"a.ttl": f"<https://e.org/a> <https://e.org/p> {value} ."}))
    _, row = read_sheet(render_facts(dataset, "a.xlsx")["a.xlsx"])
    assert row[NAMES.index("value")] == cell


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\x01b", r"U\+0001 in a fact of https://e.org/s with https://e.org/p"),
        ("a\x00", r"U\+0000 in a fact of https://e.org/s"),
        ("\ufffe", r"U\+FFFE in a fact of https://e.org/s"),
        ("a" * 32_768, "over 32,767 characters: a fact of https://e.org/s with https://e.org/p"),
        ("😀" * 16_384, "over 32,767 characters"),
        ("<r><t>a</t></r>", "begins with <r>"),
    ],
)
def test_what_a_workbook_cannot_hold(write_project: ProjectWriter, text: str, message: str) -> None:
    dataset = build(write_project({"a.ttl": f"<https://e.org/s> <https://e.org/p> {Literal(text)} ."}))
    with pytest.raises(OutputError, match=message):
        render_facts(dataset, "a.xlsx")
    assert read_csv(render_facts(dataset)["facts.csv"])[1] == list_rows(dataset)


def test_a_cell_of_the_greatest_length(write_project: ProjectWriter) -> None:
    text = "😀" * 16_383 + "a"
    dataset = build(write_project({"a.ttl": f"<https://e.org/s> <https://e.org/p> {Literal(text)} ."}))
    _, row = read_sheet(render_facts(dataset, "a.xlsx")["a.xlsx"])
    assert row[NAMES.index("value")] == text


def test_more_facts_than_a_sheet_has_rows(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "_MOST_ROWS", len(list_rows(dataset)))
    with pytest.raises(OutputError, match="cannot hold"):
        render_facts(dataset, "a.xlsx")


# --- files


FACTS = """
import hashlib, sys
from migragraph.dataset import build
from migragraph.facts import render_facts
from migragraph.layout import bundled_root, load_layout
dataset = build(load_layout(bundled_root()))
for name in ("facts.csv", "facts.xlsx"):
    for file, data in render_facts(dataset, name).items():
        print(file, hashlib.sha256(data).hexdigest())
"""


def test_facts_are_identical_from_run_to_run(bundled: Dataset) -> None:
    files = {**render_facts(bundled, "facts.csv"), **render_facts(bundled, "facts.xlsx")}
    here = "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in files.items())
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Ho_Chi_Minh"}
    command = [sys.executable, "-c", FACTS]
    there = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    assert there == here


@pytest.mark.parametrize("name", ["facts", "facts.ods", "facts.csv.gz"])
def test_another_ending_is_refused(dataset: Dataset, name: str) -> None:
    with pytest.raises(CallError, match="cannot be written as"):
        render_facts(dataset, name)


OUTPUTS = [
    ("out", ["out/facts.csv", "out/facts.csv-metadata.json"]),
    ("figures.csv", ["figures.csv", "figures.csv-metadata.json"]),
    ("FIGURES.CSV", ["FIGURES.CSV", "FIGURES.CSV-metadata.json"]),
    ("out/figures.xlsx", ["out/figures.xlsx"]),
]


@pytest.mark.parametrize(("output", "files"), OUTPUTS)
def test_the_name_says_the_form(
    call: Call, project_copy: Path, monkeypatch: pytest.MonkeyPatch, output: str, files: list[str]
) -> None:
    monkeypatch.chdir(project_copy)
    assert call("export", "facts", "-o", output) == (0, "".join(f"{name}\n" for name in files), "")
    assert all(Path(name).read_bytes() for name in files)
    if output != "out/figures.xlsx":
        assert call("export", "facts")[1].encode() == Path(files[0]).read_bytes()


def test_a_folder_may_be_called_as_it_likes(call: Call, project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_copy)
    for name in ("v1.0", "old.csv"):
        Path(name).mkdir()
        assert call("export", "facts", "-o", name)[0] == 0
        assert (Path(name) / "facts.csv").is_file()
    for name in ("old.csv", "old.trig"):
        Path(name).mkdir(exist_ok=True)
        assert call("export", "turtle", "-o", name)[0] == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("export facts -o facts.ods", "cannot be written as 'facts.ods'. Name a file that ends in .csv or .xlsx"),
        ("export facts turtle -o facts.xlsx", "facts.xlsx would hold nothing but facts"),
        ("export -o facts.CSV", "facts.CSV would hold nothing but facts"),
        ("export facts --resource event:fair", "not described as facts. Choose from jsonld"),
        ("export facts nanopubs", "standard output takes one format. Name one, or give -o DIR."),
        ("export facts -o ''", "Invalid value for '-o' / '--output': the name is empty."),
        ("export facts -o /proc/x.csv", "migragraph: /proc/x.csv: cannot write there: "),
    ],
)
def test_a_wrong_call(
    call: Call, project_copy: Path, monkeypatch: pytest.MonkeyPatch, words: str, message: str
) -> None:
    monkeypatch.chdir(project_copy)
    before = sorted(project_copy.rglob("*"))
    code, out, err = call(*shlex.split(words))
    assert (code, out) == (2, "")
    assert message in err
    assert sorted(project_copy.rglob("*")) == before


def test_nothing_is_written_where_a_workbook_fails(
    call: Call, project_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project_copy)
    (project_copy / "data" / "a.ttl").write_text('<https://e.org/s> <https://e.org/p> "a\\u0001" .', encoding="utf-8")
    code, out, err = call("export", "facts", "-o", "facts.xlsx")
    assert (code, out) == (2, "")
    assert "U+0001 in a fact of https://e.org/s" in err
    assert not Path("facts.xlsx").exists()


def test_the_command_knows_the_forms() -> None:
    from migragraph.cli.export import RDF_SUFFIXES
    from migragraph.cli.export import SHEETS as OFFERED

    assert set(OFFERED) == set(SHEETS)
    assert set(RDF_SUFFIXES) == set(SUFFIXES)
