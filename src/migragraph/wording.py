"""Wording: the tool's own words, and how it writes numbers and dates, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from migragraph.literals import is_well_typed
from migragraph.namespaces import MG, SCHEMA, SKOS, XSD, Namespace

__all__ = ["LANGUAGES", "PROPERTIES", "WORDS", "choose_form", "say", "write_date", "write_number", "write_value"]

_ELI = Namespace("http://data.europa.eu/eli/ontology#")
_SDMX = "http://purl.org/linked-data/sdmx/2009/"
_ATTRIBUTE, _DIMENSION, _MEASURE = (Namespace(f"{_SDMX}{name}#") for name in ("attribute", "dimension", "measure"))

LANGUAGES = ("en", "vi")
"""The languages in which the tool speaks; the first stands in for any other."""

WORDS: Mapping[str, tuple[str, str]] = {
    "stated": ("stated", "được nêu"),
    "referenced": ("referenced", "được tham chiếu"),
    "inferred": ("inferred", "suy ra"),
    "because": ("because", "vì"),
    "says": ("says", "theo lời"),
    "acting": ("acting", "quyền"),
    "no date": ("n.d.", "không rõ ngày"),
    "no link": ("no address is known", "không rõ địa chỉ"),
    "translated": (
        "the page is in {page}; the phrase is from a translation of it into {phrase}",
        "trang này bằng {page}; câu trích lấy từ bản dịch sang {phrase}",
    ),
    "translated text": (
        "the page is in {page}; the text that was read is a translation of it into {phrase}",
        "trang này bằng {page}; văn bản được đọc là bản dịch sang {phrase}",
    ),
    "inferred from the words": ("inferred from these words", "suy ra từ những lời này"),
    "authority": ("authority", "nguồn tham chiếu"),
    "read in": ("read in", "đọc tại"),
    "figure": ("figure", "số liệu"),
    "facts": ("Facts", "Dữ kiện"),
    "evidence": ("Evidence", "Bằng chứng"),
    "notes": ("Editorial notes", "Ghi chú biên tập"),
    "not stated": ("not stated", "không được nêu"),
    "unknowns": ("Not stated", "Không được nêu"),
    "in its place": ("in its place stands", "thay vào đó là"),
    "disagreements": ("What disagrees", "Điểm không thống nhất"),
    "It says more exactly what the other says.": (
        "It says more exactly what the other says.",
        "Bên này nói chính xác hơn bên kia.",
    ),
    "Words that leave the hedge out do not make the figure exact.": (
        "Words that leave the hedge out do not make the figure exact.",
        "Lời không có từ rào đón không làm cho số liệu trở thành chính xác.",
    ),
    "preferred": ("preferred", "được ưu tiên"),
    "contradicts": ("the sides cannot all be so", "các bên không thể cùng đúng"),
    "compatible": ("the sides can all be so", "các bên có thể cùng đúng"),
    "less-precise": ("one side says less exactly what the other says", "một bên nói kém chính xác hơn bên kia"),
    "not preferred": ("none is preferred", "không bên nào được ưu tiên"),
    "memberships": ("Posts and memberships", "Chức vụ và tư cách thành viên"),
    "named by": ("Named by", "Được nhắc đến trong"),
    "and more": ("and {count} more", "và {count} mục khác"),
    "unsupported": ("without support", "không có bằng chứng"),
    "bookkeeping": ("needs no evidence", "không cần bằng chứng"),
    "defined": ("Defined in the ontology", "Được định nghĩa trong bản thể học"),
    "from": ("from", "từ"),
    "until": ("to", "đến"),
    "by": ("by", "muộn nhất"),
    "since": ("since", "từ"),
    "during": ("over", "trong"),
    "no year": ("no year is printed", "không in năm"),
    "inferred from": ("inferred from", "suy ra từ"),
    "derived from": ("derived from", "tính từ"),
    "version": ("version", "phiên bản"),
    "data set": ("data set", "bộ dữ liệu"),
    "licence": ("licence", "giấy phép"),
    "as in": ("as in [{number}]", "như ở [{number}]"),
    "en": ("English", "tiếng Anh"),
    "vi": ("Vietnamese", "tiếng Việt"),
}
"""What the tool says of its own, in each of its languages."""

PROPERTIES: Mapping[NamedNode, tuple[str, str]] = {
    SKOS.altLabel: ("also called", "còn gọi là"),
    SKOS.notation: ("number", "số"),
    SKOS.related: ("related to", "liên quan đến"),
    _ELI.number: ("number", "số hiệu"),
    _ELI.passed_by: ("passed by", "cơ quan ban hành"),
    _ELI.date_document: ("date of the document", "ngày của văn bản"),
    _ELI.first_date_entry_in_force: ("entry into force", "ngày có hiệu lực"),
    _ELI.based_on: ("based on", "căn cứ"),
    _ELI.cites: ("cites", "viện dẫn"),
    _ELI.repeals: ("replaces", "thay thế"),
    _MEASURE.obsValue: ("value", "giá trị"),
    _DIMENSION.refArea: ("area", "khu vực"),
    _DIMENSION.refPeriod: ("period", "thời kỳ"),
    _DIMENSION.sex: ("sex", "giới tính"),
    _ATTRIBUTE.unitMeasure: ("unit", "đơn vị"),
    _ATTRIBUTE.obsStatus: ("status of the figure", "tình trạng số liệu"),
    MG.effectedBy: ("brought about by", "thực hiện bởi"),
    SCHEMA.about: ("about", "về"),
    SCHEMA.startDate: ("start", "bắt đầu"),
    SCHEMA.endDate: ("end", "kết thúc"),
    SCHEMA.location: ("place", "địa điểm"),
    SCHEMA.publisher: ("publisher", "nhà xuất bản"),
    SCHEMA.headline: ("headline", "tiêu đề"),
    SCHEMA.datePublished: ("date of issue", "ngày đăng"),
    SCHEMA.inLanguage: ("language", "ngôn ngữ"),
    SCHEMA.url: ("address", "địa chỉ"),
    SCHEMA.translationOfWork: ("translation of", "bản dịch của"),
}
"""What properties of others are called for a reader: their own labels are a machine's words, or in English only."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def say(word: str, language: str, **parts: object) -> str:
    """Say a word or phrase of the tool in a language, with its parts filled in; a word not known is given as it is."""
    form = choose_form(WORDS.get(word, (word,) * len(LANGUAGES)), language)
    return form.format(**parts) if parts else form


def choose_form(forms: Sequence[str], language: str) -> str:
    """Choose the form in a language, of forms given in the order of LANGUAGES; English for any other language."""
    return forms[LANGUAGES.index(language) if language in LANGUAGES else 0]


def write_number(lexical: str, language: str) -> str:
    """Write a decimal number for a reader, its thousands apart: ``650000`` as 650,000, or 650.000 in Vietnamese."""
    sign = lexical[:1] if lexical[:1] in "+-" else ""
    whole, point, rest = lexical.removeprefix(sign).partition(".")
    if not (whole or rest).isascii() or not (whole + rest).isdigit():
        return lexical
    grouped = f"{int(whole or 0):,}"
    if language == "vi":
        grouped, point = grouped.replace(",", "."), "," if point else ""
    return f"{'-' if sign == '-' else ''}{grouped}{point}{rest}"


def write_date(literal: Literal, language: str) -> str:
    """Write a date in the precision that it has: day, month, year, or a day of no year; others as they are."""
    write = _DATES.get(literal.datatype.value)
    parts = literal.value.removeprefix("--").split("-")
    if write is None or not is_well_typed(literal) or not all(part.isdecimal() for part in parts):
        return literal.value
    return write(parts, language)


def write_value(literal: Literal, language: str) -> str:
    """Write a literal for a reader: numbers with their thousands apart, dates in words, texts as they are."""
    if literal.datatype in (XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger):
        return write_number(literal.value, language)
    return write_date(literal, language)


def _write_day(parts: list[str], language: str) -> str:
    year, month, day = parts
    return f"{_write_month_day([month, day], language)}{' năm' if language == 'vi' else ''} {int(year)}"


def _write_month(parts: list[str], language: str) -> str:
    year, month = parts
    return f"tháng {int(month)} năm {int(year)}" if language == "vi" else f"{_MONTHS[int(month) - 1]} {int(year)}"


def _write_month_day(parts: list[str], language: str) -> str:
    month, day = parts
    return f"{int(day)} tháng {int(month)}" if language == "vi" else f"{int(day)} {_MONTHS[int(month) - 1]}"


_DATES: Mapping[str, Callable[[list[str], str], str]] = {
    XSD.date.value: _write_day,
    XSD.gYearMonth.value: _write_month,
    XSD.gMonthDay.value: _write_month_day,
}
