(import "no/such/file" (helper))
(import "std/lisst" (sum))
(import "." *)
(print (helper))
;! error E0103: no module "no/such/file"
;!   1:9: this path names no file
;!   = looked for no/such/file.cl, no/such/file, modules/no/such/file.cl, modules/no/such/file
;!   = help: paths are relative to the importing file; library modules are "std/NAME"
;! error E0103: no module "std/lisst"
;!   2:9: this path names no file
;!   = help: did you mean `std/list`, `std/lists` or `std/test`?
;! error E0103: no module "."
;!   3:9: this path names no file
;!   = help: paths are relative to the importing file; library modules are "std/NAME"
