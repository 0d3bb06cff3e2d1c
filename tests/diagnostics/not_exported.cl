(import "lib_shapes" (area unit perimeter))
(import "lib_shapes" :as s)
(print (area 1 2) unit perimeter (s:are 1 2))
;! error E0105: module "shapes" exports no `unit`
;!   1:28: not among the module's exports
;!   lib_shapes.cl:2:11: defined here, but not exported
;!   = help: add `unit` to the module's `export` list
;! error E0105: module "shapes" exports no `perimeter`
;!   1:33: not among the module's exports
;!   = help: look at the module's `export` list
;! error E0105: module "shapes" exports no `are`
;!   3:35: not among the module's exports
;!   = help: did you mean `area`?
