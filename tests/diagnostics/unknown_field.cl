(data Shape (Circle (radius Float) (name String)))
(print (Circle :size 2.0 :name "a"))
(print (Circle :radius 2.0))
;! error E0114: `Circle` is made without its field `radius`
;!   2:8: a field is missing
;!   = help: add `:radius value`
;! error E0114: `Circle` has no field `size`
;!   2:16: unknown field
;!   = help: its `data` declaration lists the fields
