# Normalises a cube, phase 2: writes on each observation the values that are stated once, on its data set or on its slice.
# https://www.w3.org/TR/vocab-data-cube/#normalize-algorithm

PREFIX qb: <http://purl.org/linked-data/cube#>

# what the structure attaches to the data set
INSERT { ?observation ?property ?value }
WHERE {
  ?specification qb:componentProperty ?property ; qb:componentAttachment qb:DataSet .
  ?dataset qb:structure/qb:component ?specification ; ?property ?value .
  ?observation qb:dataSet ?dataset .
} ;

# what the structure attaches to slices, and the dimensions that a slice fixes
INSERT { ?observation ?property ?value }
WHERE {
  ?dataset qb:structure/qb:component ?specification ; qb:slice ?slice .
  ?specification qb:componentProperty ?property .
  FILTER (EXISTS { ?specification qb:componentAttachment qb:Slice } || EXISTS { ?property a qb:DimensionProperty })
  ?slice ?property ?value ; qb:observation ?observation .
}
