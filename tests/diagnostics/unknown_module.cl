(import "no/such/file" (helper))
(import "std/lisst" (sum))
(import "." *)
(print (helper))
