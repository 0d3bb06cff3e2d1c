(define (f n) n)
(spec:contract)
(spec:contract "f" :requires [true])
(spec:contract f :requires (> n 0) :ensures :invariant [(> n 0)] n :complexity 5 :pure 1 :effects io :extends [f])
(define (g n) n)
(spec:contract g :requires [true] :requires [(> n 0)] :pure true :effects [io 5])
(define (h n) n)
(spec:contract h :invariant [(decreasing n) (decreasing (+ n 1))] :pure)
(print (f 1) (g 2) (h 3) (forall 1 2) (exists (x y z w) 1) (implies 1) (iff 1 2 3))
;! error E0604: malformed contract
;!   2:1: expected the name of a function after `spec:contract`
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   3:16: expected the name of a function
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   4:28: expected `[clause …]`, a list of conditions in brackets
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   4:36: expected a value behind this keyword
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   4:66: expected a keyword such as `:requires`
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   4:80: expected a String such as "O(n)"
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   4:88: expected true or false
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   4:99: expected `[effect …]`, a list of effects in brackets
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: malformed contract
;!   4:111: expected the name of a function that has a contract
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: the contract has two clauses `:requires`
;!   6:35: the second one
;!   6:18: the first one
;!   = help: put both into one
;! error E0604: the contract says both that the function is pure and that it has effects
;!   6:55: no effects at all
;!   6:75: these effects
;!   = help: keep the one that is meant
;! error E0604: malformed contract
;!   6:79: expected an effect such as `io`
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0604: the contract has two `decreasing` measures
;!   8:45: the second one
;!   8:30: the first one
;!   = help: give one Int that gets smaller with each recursive call, such as a sum
;! error E0604: malformed contract
;!   8:67: expected a value behind this keyword
;!   = help: the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] :complexity "O(n)" :pure true :effects [effect …] :extends other)`
;! error E0201: malformed `forall`
;!   9:26: expected (forall (name low high) condition) or (forall (name items) condition)
;!   = help: the form is `(forall (name low high) condition) or (forall (name items) condition)`
;! error E0201: malformed `exists`
;!   9:39: expected (exists (name low high) condition) or (exists (name items) condition)
;!   = help: the form is `(exists (name low high) condition) or (exists (name items) condition)`
;! error E0201: malformed `implies`
;!   9:60: expected (implies condition conclusion)
;!   = help: the form is `(implies condition conclusion)`
;! error E0201: malformed `iff`
;!   9:72: expected (iff condition condition)
;!   = help: the form is `(iff condition condition)`
