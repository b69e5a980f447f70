# Writes the hops of each property that makes a hierarchy of a code list as one property that a path can name, in a graph that
# the property itself names: a path has no variables, so the standard has IC-20 and IC-21 written anew for each property.
# https://www.w3.org/TR/vocab-data-cube/#ic-20

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?property { ?parent skos:narrower ?child } }
WHERE {
  ?list a qb:HierarchicalCodeList ; qb:parentChildProperty ?property .
  FILTER (isIRI(?property))
  ?parent ?property ?child .
} ;

INSERT { GRAPH ?property { ?parent skos:narrower ?child } }
WHERE {
  ?list a qb:HierarchicalCodeList ; qb:parentChildProperty ?property .
  FILTER (isBlank(?property))
  ?property owl:inverseOf ?inverse .
  ?child ?inverse ?parent .
}
