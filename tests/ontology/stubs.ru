# Makes OWL 2 DL axioms of RDF triples, so that a reasoner can read them: a term that no file declares gets the OWL type that
# its use shows, and whatever is no axiom (an import, an annotation) goes.
# What may be declared, and how: https://www.w3.org/TR/owl2-mapping-to-rdf/#Parsing_of_the_Ontology_Header_and_Declarations

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?class a owl:Class } WHERE { ?class a rdfs:Class } ;

# The range of a datatype property is a datatype; every other term in the place of a class is a class.
INSERT { ?term a rdfs:Datatype }
WHERE {
  ?property a owl:DatatypeProperty ; rdfs:range ?term .
  FILTER (isIRI(?term))
} ;
INSERT { ?term a owl:Class }
WHERE {
  { ?term rdfs:subClassOf|owl:disjointWith|owl:disjointUnionOf ?any }
  UNION { ?any rdfs:subClassOf|owl:disjointWith|owl:onClass|rdfs:domain|rdf:type ?term }
  UNION { ?property a owl:ObjectProperty ; rdfs:range ?term }
  UNION { ?all a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?term }
  UNION { ?class a owl:Class ; (owl:unionOf|owl:intersectionOf|owl:disjointUnionOf)/rdf:rest*/rdf:first ?term }
  UNION { ?property a owl:ObjectProperty . ?any owl:onProperty ?property ; owl:someValuesFrom|owl:allValuesFrom ?term }
  FILTER (isIRI(?term))
  FILTER (!STRSTARTS(STR(?term), STR(owl:)) && !STRSTARTS(STR(?term), STR(rdfs:)))
  FILTER (?term NOT IN (rdf:Property, rdf:List))
  FILTER NOT EXISTS { ?term a ?kind . FILTER (?kind IN (owl:Class, rdfs:Datatype)) }
} ;

# A property that ours specialise or invert is of the same kind as ours.
INSERT { ?term a ?kind }
WHERE {
  VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
  ?known a ?kind ; rdfs:subPropertyOf+|owl:equivalentProperty|^owl:equivalentProperty|owl:inverseOf|^owl:inverseOf ?term .
  FILTER (isIRI(?term))
  FILTER NOT EXISTS { ?term a ?other . FILTER (?other IN (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty)) }
} ;
# Any other predicate is what its values make it.
INSERT { ?term a ?kind }
WHERE {
  ?subject ?term ?value .
  BIND (IF(isLiteral(?value), owl:DatatypeProperty, owl:ObjectProperty) AS ?kind)
  FILTER (!REGEX(STR(?term), "^http://www.w3.org/(2002/07/owl|2000/01/rdf-schema|1999/02/22-rdf-syntax-ns|2001/XMLSchema)#"))
  FILTER NOT EXISTS { ?term a ?other . FILTER (?other IN (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty)) }
} ;
# OWL 2 DL has no property with both nodes and literals as values: it is left as an annotation, about which nothing is inferred.
DELETE { ?term a owl:ObjectProperty, owl:DatatypeProperty }
INSERT { ?term a owl:AnnotationProperty }
WHERE { ?term a owl:ObjectProperty, owl:DatatypeProperty } ;

DELETE { ?ontology owl:imports ?imported } WHERE { ?ontology owl:imports ?imported } ;
DELETE { ?subject ?annotation ?value }
WHERE {
  { ?annotation a owl:AnnotationProperty }
  UNION
  { VALUES ?annotation {
      rdfs:label rdfs:comment rdfs:seeAlso rdfs:isDefinedBy owl:deprecated owl:versionInfo owl:versionIRI owl:priorVersion
      owl:backwardCompatibleWith owl:incompatibleWith } }
  ?subject ?annotation ?value .
} ;
DELETE { ?property ?axiom ?any }
WHERE {
  VALUES ?axiom { rdfs:domain rdfs:range }
  ?property a owl:AnnotationProperty ; ?axiom ?any .
} ;
DELETE { ?property rdfs:subPropertyOf ?super }
WHERE {
  ?property rdfs:subPropertyOf ?super .
  FILTER (isIRI(?super))
  FILTER NOT EXISTS { ?property a ?kind . ?super a ?kind . FILTER (?kind IN (owl:ObjectProperty, owl:DatatypeProperty)) }
}
