# Normalises a cube, phase 1: writes out the types and the component properties that an abbreviated cube leaves to be understood.
# https://www.w3.org/TR/vocab-data-cube/#normalize-algorithm

PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?observation a qb:Observation }
WHERE { { ?observation qb:dataSet ?dataset } UNION { ?group qb:observation ?observation } } ;

INSERT { ?slice a qb:Slice }
WHERE { ?dataset qb:slice ?slice } ;

INSERT { ?specification qb:componentProperty ?property . ?property a ?kind }
WHERE {
  VALUES (?short ?kind) {
    (qb:dimension qb:DimensionProperty)
    (qb:measure qb:MeasureProperty)
    (qb:attribute qb:AttributeProperty)
  }
  ?specification ?short ?property .
}
