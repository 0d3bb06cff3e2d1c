(import "lib_shapes" (area unit perimeter))
(import "lib_shapes" :as s)
(print (area 1 2) unit perimeter (s:are 1 2))
