(import "std/heap" (heap-new heap-push! (heap-pop! as take)))
(import "lib_shapes" :as shapes)
(print (heap-new))
;! warning W0007: the imported name `heap-push!` is never used
;!   1:30: never used
;!   = help: remove it from the import
;! warning W0007: the imported name `take` is never used
;!   1:41: never used
;!   = help: remove it from the import
;! warning W0007: nothing of the imported module `lib_shapes` is used
;!   2:26: unused import
;!   = help: remove it; or write `(import "lib_shapes")` if the module only has to run
