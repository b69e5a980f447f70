"""The terms of SHACL and its advanced features, by local name: https://www.w3.org/ns/shacl.ttl."""

from __future__ import annotations

__all__ = ["VOCABULARY"]

VOCABULARY = frozenset(
    {
        "AbstractResult", "AndConstraintComponent", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral",
        "ClassConstraintComponent", "ClosedConstraintComponent", "ConstraintComponent",
        "DatatypeConstraintComponent", "DisjointConstraintComponent", "EqualsConstraintComponent",
        "ExpressionConstraintComponent", "Function", "HasValueConstraintComponent", "IRI", "IRIOrLiteral",
        "InConstraintComponent", "Info", "JSConstraint", "JSConstraintComponent", "JSExecutable", "JSFunction",
        "JSLibrary", "JSRule", "JSTarget", "JSTargetType", "JSValidator", "LanguageInConstraintComponent",
        "LessThanConstraintComponent", "LessThanOrEqualsConstraintComponent", "Literal",
        "MaxCountConstraintComponent", "MaxExclusiveConstraintComponent", "MaxInclusiveConstraintComponent",
        "MaxLengthConstraintComponent", "MinCountConstraintComponent", "MinExclusiveConstraintComponent",
        "MinInclusiveConstraintComponent", "MinLengthConstraintComponent", "NodeConstraintComponent", "NodeKind",
        "NodeKindConstraintComponent", "NodeShape", "NotConstraintComponent", "OrConstraintComponent", "Parameter",
        "Parameterizable", "PatternConstraintComponent", "PrefixDeclaration", "PropertyConstraintComponent",
        "PropertyGroup", "PropertyShape", "QualifiedMaxCountConstraintComponent",
        "QualifiedMinCountConstraintComponent", "ResultAnnotation", "Rule", "SPARQLAskExecutable",
        "SPARQLAskValidator", "SPARQLConstraint", "SPARQLConstraintComponent", "SPARQLConstructExecutable",
        "SPARQLExecutable", "SPARQLFunction", "SPARQLRule", "SPARQLSelectExecutable", "SPARQLSelectValidator",
        "SPARQLTarget", "SPARQLTargetType", "SPARQLUpdateExecutable", "Severity", "Shape", "Target", "TargetType",
        "TripleRule", "UniqueLangConstraintComponent", "ValidationReport", "ValidationResult", "Validator",
        "Violation", "Warning", "XoneConstraintComponent", "alternativePath", "and", "annotationProperty",
        "annotationValue", "annotationVarName", "ask", "class", "closed", "condition", "conforms", "construct",
        "datatype", "deactivated", "declare", "defaultValue", "description", "detail", "disjoint", "entailment",
        "equals", "expression", "filterShape", "flags", "focusNode", "group", "hasValue", "ignoredProperties", "in",
        "intersection", "inversePath", "js", "jsFunctionName", "jsLibrary", "jsLibraryURL", "labelTemplate",
        "languageIn", "lessThan", "lessThanOrEquals", "maxCount", "maxExclusive", "maxInclusive", "maxLength",
        "message", "minCount", "minExclusive", "minInclusive", "minLength", "name", "namespace", "node", "nodeKind",
        "nodeValidator", "nodes", "not", "object", "oneOrMorePath", "optional", "or", "order", "parameter", "path",
        "pattern", "predicate", "prefix", "prefixes", "property", "propertyValidator", "qualifiedMaxCount",
        "qualifiedMinCount", "qualifiedValueShape", "qualifiedValueShapesDisjoint", "result", "resultAnnotation",
        "resultMessage", "resultPath", "resultSeverity", "returnType", "rule", "select", "severity", "shapesGraph",
        "shapesGraphWellFormed", "sourceConstraint", "sourceConstraintComponent", "sourceShape", "sparql",
        "subject", "suggestedShapesGraph", "target", "targetClass", "targetNode", "targetObjectsOf",
        "targetSubjectsOf", "this", "union", "uniqueLang", "update", "validator", "value", "xone", "zeroOrMorePath",
        "zeroOrOnePath",
    }
)  # fmt: skip
