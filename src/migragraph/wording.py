"""Wording: the tool's own words, and what it calls the terms of others, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode

from migragraph.namespaces import (
    DCAT,
    DCTERMS,
    ELI,
    FOAF,
    MG,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SDMX_ATTRIBUTE,
    SDMX_DIMENSION,
    SDMX_MEASURE,
    SKOS,
    VOID,
    Namespace,
)

__all__ = ["CONCEPTS", "LANGUAGES", "PROPERTIES", "WORDS", "choose_form", "find_term", "say"]

_CODE = Namespace("http://purl.org/linked-data/sdmx/2009/code#")

LANGUAGES = ("en", "vi")
"""The languages in which the tool speaks; the first stands in for any other."""

WORDS: Mapping[str, tuple[str, str]] = {
    "stated": ("stated", "được nêu"),
    "referenced": ("referenced", "được tham chiếu"),
    "inferred": ("inferred", "suy ra"),
    "because": ("because", "vì"),
    "called": ("called", "được gọi là"),
    "says": ("says", "theo lời"),
    "acting": ("acting", "quyền"),
    "speaker inferred": ("the speaker is inferred", "người nói là suy ra"),
    "true": ("yes", "có"),
    "false": ("no", "không"),
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
    "precisions": ("What is said more and less exactly", "Điểm được nói với độ chính xác khác nhau"),
    "compatible differences": ("What differs and can all be so", "Điểm khác nhau mà có thể cùng đúng"),
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
    "nothing disagrees": ("Nothing disagrees.", "Không có điểm nào không thống nhất."),
    "names in several forms": (
        "Names that are printed in several forms: {count}. `--kind name` lists them.",
        "Tên được in dưới nhiều dạng: {count}. `--kind name` liệt kê chúng.",
    ),
    "memberships": ("Posts and memberships", "Chức vụ và tư cách thành viên"),
    "named by": ("Named by", "Được nhắc đến trong"),
    "and more": ("and {count} more", "và {count} mục khác"),
    "unsupported": ("without support", "không có bằng chứng"),
    "bookkeeping": ("needs no evidence", "không cần bằng chứng"),
    "defined": ("Defined in the ontology", "Được định nghĩa trong bản thể học"),
    "until": ("to", "đến"),
    "starts": ("from {time}", "từ {time}"),
    "not before": ("from {time} on", "từ {time} trở đi"),
    "ends": ("to {time}", "đến {time}"),
    "not after": ("by {time}", "muộn nhất là {time}"),
    "ends not after": ("ending by {time}", "kết thúc muộn nhất là {time}"),
    "lasts": ("over {time}", "trong {time}"),
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
    SKOS.definition: ("definition", "định nghĩa"),
    SKOS.hasTopConcept: ("top concept", "khái niệm cao nhất"),
    SKOS.inScheme: ("in the scheme", "thuộc hệ khái niệm"),
    SKOS.notation: ("number", "số"),
    SKOS.prefLabel: ("preferred label", "nhãn chính"),
    SKOS.related: ("related to", "liên quan đến"),
    SKOS.topConceptOf: ("top concept of", "khái niệm cao nhất của"),
    ELI.number: ("number", "số hiệu"),
    ELI.passed_by: ("passed by", "cơ quan ban hành"),
    ELI.date_document: ("date of the document", "ngày của văn bản"),
    ELI.first_date_entry_in_force: ("entry into force", "ngày có hiệu lực"),
    ELI.based_on: ("based on", "căn cứ"),
    ELI.cites: ("cites", "viện dẫn"),
    ELI.repeals: ("replaces", "thay thế"),
    SDMX_MEASURE.obsValue: ("value", "giá trị"),
    SDMX_DIMENSION.refArea: ("area", "khu vực"),
    SDMX_DIMENSION.refPeriod: ("period", "thời kỳ"),
    SDMX_DIMENSION.sex: ("sex", "giới tính"),
    SDMX_ATTRIBUTE.unitMeasure: ("unit", "đơn vị"),
    SDMX_ATTRIBUTE.obsStatus: ("status of the figure", "tình trạng số liệu"),
    MG.effectedBy: ("brought about by", "thực hiện bởi"),
    SCHEMA.about: ("about", "về"),
    SCHEMA.attendee: ("attendee", "bên tham dự"),
    SCHEMA.name: ("name", "tên"),
    SCHEMA.performer: ("performer", "người trình bày"),
    SCHEMA.startDate: ("start", "bắt đầu"),
    SCHEMA.endDate: ("end", "kết thúc"),
    SCHEMA.location: ("place", "địa điểm"),
    SCHEMA.publisher: ("publisher", "nhà xuất bản"),
    SCHEMA.headline: ("headline", "tiêu đề"),
    SCHEMA.datePublished: ("date of issue", "ngày đăng"),
    SCHEMA.inLanguage: ("language", "ngôn ngữ"),
    SCHEMA.url: ("address", "địa chỉ"),
    SCHEMA.translationOfWork: ("translation of", "bản dịch của"),
    SCHEMA.duration: ("duration", "thời lượng"),
    SCHEMA.eventAttendanceMode: ("way of taking part", "hình thức tham dự"),
    SCHEMA.isPartOf: ("part of", "thuộc"),
    SCHEMA.superEvent: ("part of the event", "thuộc sự kiện"),
    SCHEMA.containedInPlace: ("lies in", "nằm trong"),
    SCHEMA.foundingDate: ("founding date", "ngày thành lập"),
    SCHEMA.dissolutionDate: ("dissolution date", "ngày giải thể"),
    SCHEMA.funder: ("funder", "bên tài trợ"),
    SCHEMA.organizer: ("organizer", "bên tổ chức"),
    SCHEMA.jobTitle: ("job title", "chức danh"),
    SCHEMA.exampleOfWork: ("edition of", "ấn bản của"),
    SCHEMA.sameAs: ("same as", "chính là"),
    DCAT.version: ("version", "phiên bản"),
    DCTERMS.created: ("date of making", "ngày tạo lập"),
    DCTERMS.description: ("description", "mô tả"),
    DCTERMS.identifier: ("identifier", "mã định danh"),
    DCTERMS.isReplacedBy: ("replaced by", "được thay bằng"),
    DCTERMS.license: ("licence", "giấy phép"),
    DCTERMS.relation: ("related to", "liên quan đến"),
    DCTERMS.source: ("source", "nguồn"),
    DCTERMS.spatial: ("area covered", "phạm vi không gian"),
    DCTERMS.temporal: ("period covered", "phạm vi thời gian"),
    DCTERMS.title: ("title", "tiêu đề"),
    PROV.wasDerivedFrom: ("derived from", "bắt nguồn từ"),
    RDF.subject: ("subject", "chủ thể"),
    RDF.predicate: ("predicate", "vị ngữ"),
    RDF.object: ("object", "đối tượng"),
    RDF.type: ("type", "loại"),
    RDFS.isDefinedBy: ("defined in", "được định nghĩa trong"),
    RDFS.label: ("label", "nhãn"),
    ORG.classification: ("kind of organization", "loại tổ chức"),
    ORG.hasSubOrganization: ("organization within it", "tổ chức trực thuộc"),
    ORG.hasUnit: ("unit within it", "đơn vị trực thuộc"),
    ORG.member: ("member", "thành viên"),
    ORG.memberOf: ("member of", "thành viên của"),
    ORG.organization: ("organization", "tổ chức"),
    ORG.postIn: ("post in", "chức vụ tại"),
    ORG.role: ("role", "vai trò"),
    ORG.subOrganizationOf: ("part of the organization", "trực thuộc"),
    ORG.unitOf: ("unit of", "đơn vị thuộc"),
    FOAF.familyName: ("family name", "họ"),
    FOAF.givenName: ("given name", "tên"),
    FOAF.member: ("member", "thành viên"),
    QB.attribute: ("attribute", "thuộc tính"),
    QB.component: ("component", "thành phần"),
    QB.componentRequired: ("required", "bắt buộc"),
    QB.dataSet: ("data set", "bộ dữ liệu"),
    QB.dimension: ("dimension", "chiều"),
    QB.measure: ("measured value", "giá trị đo"),
    QB.order: ("place in the order", "thứ tự"),
    QB.structure: ("structure", "cấu trúc"),
    VOID.exampleResource: ("example", "ví dụ"),
    VOID.uriSpace: ("beginning of the IRIs", "phần đầu của các IRI"),
    VOID.vocabulary: ("vocabulary", "bộ từ vựng"),
}
"""What properties of others are called for a reader: their own labels are a machine's words, or in English only."""

CONCEPTS: Mapping[NamedNode, tuple[str, str]] = {
    ORG.FormalOrganization: ("organization", "tổ chức"),
    ORG.Organization: ("organization", "tổ chức"),
    ORG.OrganizationalUnit: ("unit of an organization", "đơn vị của tổ chức"),
    ORG.Post: ("post", "chức vụ"),
    FOAF.Person: ("person", "người"),
    DCAT.Dataset: ("data set", "bộ dữ liệu"),
    OWL.Ontology: ("ontology", "bản thể học"),
    PROV.Entity: ("entity", "thực thể"),
    QB.ComponentSpecification: ("component of a structure", "thành phần của cấu trúc"),
    QB.DataSet: ("data set", "bộ dữ liệu"),
    QB.DataStructureDefinition: ("structure of a data set", "cấu trúc của bộ dữ liệu"),
    QB.Observation: ("observation", "quan sát"),
    SKOS.Concept: ("concept", "khái niệm"),
    SKOS.ConceptScheme: ("concept scheme", "hệ khái niệm"),
    VOID.Dataset: ("data set", "bộ dữ liệu"),
    SCHEMA.City: ("city", "thành phố"),
    SCHEMA.Country: ("country", "quốc gia"),
    SCHEMA.EventSeries: ("series of events", "chuỗi sự kiện"),
    SCHEMA.CreativeWorkSeries: ("series of publications", "loạt ấn phẩm"),
    SCHEMA.NewsArticle: ("news article", "bài báo"),
    SCHEMA.Place: ("place", "địa điểm"),
    SCHEMA.MixedEventAttendanceMode: ("on site and online", "trực tiếp và trực tuyến"),
    SCHEMA.OnlineEventAttendanceMode: ("online", "trực tuyến"),
    SCHEMA.OfflineEventAttendanceMode: ("on site", "trực tiếp"),
    _CODE["sex-F"]: ("female", "nữ"),
    _CODE["sex-M"]: ("male", "nam"),
    _CODE["sex-N"]: ("not applicable", "không áp dụng"),
    _CODE["sex-T"]: ("total", "tổng số"),
    _CODE["obsStatus-E"]: ("estimated", "ước tính"),
    _CODE["obsStatus-P"]: ("provisional", "sơ bộ"),
}
"""What classes and codes of others are called for a reader, for the same reason."""


def say(word: str, language: str, **parts: object) -> str:
    """Say a word or phrase of the tool in a language, with its parts filled in; a word not known is given as it is."""
    form = choose_form(WORDS.get(word, (word,) * len(LANGUAGES)), language)
    return form.format(**parts) if parts else form


def find_term(term: NamedNode, language: str) -> str:
    """Give what the tool calls a term of others in a language, or the empty string where it has no word for it."""
    forms = PROPERTIES.get(term) or CONCEPTS.get(term)
    return choose_form(forms, language) if forms else ""


def choose_form(forms: Sequence[str], language: str) -> str:
    """Choose the form in a language, of forms given in the order of LANGUAGES; English for any other language."""
    return forms[LANGUAGES.index(language) if language in LANGUAGES else 0]
