; Tests of main.cl; `clc test` runs them.

(import "std/test" *)
(import "main" (greeting))

(test "the greeting says the name"
  (assert= (greeting "Ada") "Hello, Ada!"))
