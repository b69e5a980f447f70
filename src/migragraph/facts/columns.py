"""The columns of the table of facts: what each holds, in words and in terms of RDF."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.namespaces import DCTERMS, MG, OA, RDF, SDMX_ATTRIBUTE, SDMX_DIMENSION

__all__ = ["COLUMNS", "Column"]


class Column(NamedTuple):
    """A column: its name, its titles in English and Vietnamese, what it holds, and the property that this is of a row.

    A cell of ``kind`` "anyURI" holds an IRI, one of "boolean" true or false, one of "string" any text.
    """

    name: str
    en: str
    vi: str
    description: str
    kind: str = "string"
    property: NamedNode | None = None


def _iri(name: str, en: str, vi: str, description: str, property_: NamedNode | None = None) -> Column:
    return Column(name, en, vi, description, "anyURI", property_)


def _label(of: str, en: str, vi: str) -> Column:
    description = f"What the column {of} is called by `migragraph explain`, in English where it has an English name."
    return Column(f"{of}_label", en, vi, description)


COLUMNS = (
    Column(
        "fact",
        "fact",
        "dữ kiện",
        "The key of the fact, a short hash of subject, property and value: rows with the same key are one fact.",
    ),
    _iri("thing", "thing", "đối tượng", "The thing that the fact is about."),
    _label("thing", "name of the thing", "tên đối tượng"),
    _iri(
        "subject",
        "subject",
        "chủ thể",
        "The subject of the fact: the thing, or a node nested in it, such as a state of a law.",
        RDF.subject,
    ),
    _iri("subject_class", "class", "lớp", "The class of the subject that its description names first."),
    _label("subject_class", "name of the class", "tên lớp"),
    _iri("property", "property", "thuộc tính", "The property of the fact.", RDF.predicate),
    _label("property", "name of the property", "tên thuộc tính"),
    Column("value", "value", "giá trị", "The value of the fact: an IRI, or a literal as it is written."),
    Column("value_label", "name of the value", "tên giá trị", "What the value is called, where it is an IRI."),
    _iri("datatype", "datatype", "kiểu dữ liệu", "The datatype of the value; nothing where the value is an IRI."),
    Column("language", "language", "ngôn ngữ", "The language of the value, where it is a text in one."),
    _iri(
        "hedge",
        "hedge",
        "từ rào đón",
        "How exact the figure is (approximately, more than); filled in only where the fact is a figure.",
        MG.hedge,
    ),
    _label("hedge", "name of the hedge", "tên từ rào đón"),
    _iri(
        "unit",
        "unit",
        "đơn vị",
        "The unit of the figure; filled in only where the fact is a figure.",
        SDMX_ATTRIBUTE.unitMeasure,
    ),
    _label("unit", "name of the unit", "tên đơn vị"),
    _iri(
        "period",
        "period",
        "kỳ",
        "The period of the figure; filled in only where the fact is a figure.",
        SDMX_DIMENSION.refPeriod,
    ),
    _label("period", "name of the period", "tên kỳ"),
    Column("phrase", "phrase", "câu chữ", "The words of the source that state the fact.", "string", OA.exact),
    _iri(
        "speaker",
        "speaker",
        "người phát biểu",
        "Who says the fact: the speaker of the words, or of the statement that they are from.",
        MG.speaker,
    ),
    _label("speaker", "name of the speaker", "tên người phát biểu"),
    _iri("post", "post", "chức vụ", "The post in which the speaker is shown.", MG.inPost),
    _label("post", "name of the post", "tên chức vụ"),
    Column(
        "acting",
        "acting",
        "quyền",
        "Whether the speaker holds the post for the time being, by every holding of it that is known; nothing where no "
        "post is known.",
        "boolean",
    ),
    _iri(
        "speech",
        "mode of speech",
        "cách dẫn lời",
        "How the source gives what the speaker says: quoted, reported, in its own voice, or attributed by context.",
        MG.speechMode,
    ),
    _label("speech", "name of the mode of speech", "tên cách dẫn lời"),
    Column(
        "speaker_inferred",
        "speaker inferred",
        "người phát biểu do suy ra",
        "Whether it is only inferred who the speaker is; nothing where there is none.",
        "boolean",
    ),
    _iri(
        "source",
        "source",
        "nguồn",
        "The source of the words, or the authority that is referred to.",
        DCTERMS.source,
    ),
    _label("source", "name of the source", "tên nguồn"),
    _iri("source_url", "address", "địa chỉ", "The address of the source, or of the page of which it is a translation."),
    Column(
        "basis",
        "basis",
        "căn cứ",
        "How the fact is supported: stated by a source, referenced to another authority, or inferred; nothing where "
        "nothing supports it.",
        "string",
        MG.basis,
    ),
    Column("reason", "reason", "lý do", "Why the fact is inferred.", "string", MG.reason),
    _iri("evidence", "evidence", "bằng chứng", "The evidence for the fact.", MG.evidence),
    _iri(
        "supporter",
        "supporter",
        "điểm tựa",
        "The passage, reference or inference that supports the fact; the dataset has a graph of that name.",
    ),
)
"""The columns of the table, in order; their names are those of the fields of a row."""
