(define (half n) (quot n 2))
(spec:contract halff :requires [(even? n)])
(spec:contract map :requires [true])
(spec:contract zzz)
(define (outer k)
  (define (inner n) n)
  (spec:contract half :requires [(even? n)])
  (spec:contract outer :requires [(even? k)])
  (spec:contract k :requires [true])
  (inner k))
(spec:contract inner :requires [true])
(print (let ((f (lambda (n) n))) (let ((g f)) (spec:contract f :requires [true]) (g 1))))
;! error E0601: the contract names `halff`, which is not defined in this scope
;!   2:16: no definition of it beside this contract
;!   = help: did you mean `half`?
;! error E0601: the contract names `map`, which is not defined in this scope
;!   3:16: no definition of it beside this contract
;!   = `map` is a name of the library
;!   = help: define a function of your own that calls it, and give that one the contract
;! error E0601: the contract names `zzz`, which is not defined in this scope
;!   4:16: no definition of it beside this contract
;!   = help: define the function beside the contract, or remove the contract
;! error E0601: the contract names `half`, which is not defined in this scope
;!   7:18: no definition of it beside this contract
;!   1:10: `half` is defined here
;!   = `half` is defined at the top level
;!   = help: move the contract to the scope of the definition
;! error E0601: the contract names `outer`, which is not defined in this scope
;!   8:18: no definition of it beside this contract
;!   5:10: `outer` is defined here
;!   = `outer` is defined at the top level
;!   = help: move the contract to the scope of the definition
;! error E0601: the contract names `k`, which is not defined in this scope
;!   9:18: no definition of it beside this contract
;!   5:16: `k` is defined here
;!   = `k` is a variable of an outer scope
;!   = help: move the contract to the scope of the definition
;! error E0601: the contract names `inner`, which is not defined in this scope
;!   11:16: no definition of it beside this contract
;!   = help: define the function beside the contract, or remove the contract
;! error E0601: the contract names `f`, which is not defined in this scope
;!   12:62: no definition of it beside this contract
;!   12:15: `f` is defined here
;!   = `f` is a variable of an outer scope
;!   = help: move the contract to the scope of the definition
