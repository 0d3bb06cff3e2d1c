; State, time and random numbers.

; ---- the named store: a Dict, so that a transaction is to remember it

(define %store {})
(define %open-transactions [])

(define state:get (%case-lambda
  ((key)
    "The value of a name in the store, or what a cell holds; the default, or nil, for a name that is not there.
    (state:get \"no such\" 7) => 7"
    (if (%is-cell key) (%cell-get key) (%dict-get %store key nil)))
  ((key default) (if (%is-cell key) (%cell-get key) (%dict-get %store key default)))))
(define (state:set key value)
  "Stores a value under a name, or in a cell; the value.
    (state:set :n 1) => 1"
  (if (%is-cell key)
      (%cell-set key value)
      (do (set! %store (%dict-set %store key value)) value)))
(define (state:update key f)
  "Stores what f makes of the present value; the new value.
    (state:update (state:new 1) inc) => 2"
  (state:set key (f (state:get key))))
(define (state:delete key)
  "Takes a name out of the store; nil.
    (state:delete :n) => nil"
  (set! %store (%dict-remove %store key))
  nil)
(define state:new (%case-lambda
  (()
    "A private cell, which state:get, state:set and state:update take in place of a name.
    (state:get (state:new 5)) => 5"
    (%cell-new nil))
  ((value) (%cell-new value))))

(define (state:begin-transaction)
  "Begins a transaction on the store; they nest. nil."
  (set! %open-transactions (%cons %store %open-transactions))
  nil)
(define (state:commit-transaction)
  "Keeps what happened since the transaction began. Raises transaction-error when none is open. nil."
  (if (%is-cons %open-transactions)
      (do (set! %open-transactions (%tail %open-transactions)) nil)
      (%raise "transaction-error" "state:commit-transaction: no transaction is open" nil)))
(define (state:rollback-transaction)
  "Undoes what happened in the store since the transaction began. Raises transaction-error when none is open. nil."
  (if (%is-cons %open-transactions)
      (do
        (set! %store (%head %open-transactions))
        (set! %open-transactions (%tail %open-transactions))
        nil)
      (%raise "transaction-error" "state:rollback-transaction: no transaction is open" nil)))

; ---- time

(define (time:now)
  "Seconds since 1970-01-01 UTC, a Float.
    (float? (time:now)) => true"
  (%time-now))
(define time:elapsed (%case-lambda
  (()
    "Seconds of a clock that never jumps, a Float; with an argument, seconds since a time that time:now gave.
    (>= (time:elapsed (time:now)) 0) => true"
    (%time-elapsed))
  ((since) (if (%is-number since) (%sub (%time-now) since) (%argument-error "time:elapsed" 1 "a Number" since)))))
(define (time:sleep seconds)
  "Waits.
    (time:sleep 0) => nil"
  (%time-sleep seconds))

; ---- random numbers: one generator, xoshiro256**; a seed gives the same sequence everywhere

(define (random:float)
  "A Float from 0 up to, not with, 1.
    (< (random:float) 1) => true"
  (%random-float))
(define (random:random)
  "The same as random:float.
    (< (random:random) 1) => true"
  (%random-float))
(define (random:int lo hi)
  "An Int from lo to hi, both included; raises domain-error if there is none.
    (random:int 3 3) => 3"
  (%random-int lo hi))
(define (random:randint lo hi)
  "The same as random:int.
    (random:randint 3 3) => 3"
  (%random-int lo hi))
(define (random:choice xs)
  "An item of a List; raises empty-error.
    (random:choice [5]) => 5"
  (if (%is-cons xs)
      (%nth xs (%random-int 0 (%sub (%list-length xs) 1)))
      (if (%is-list xs)
          (%raise "empty-error" "random:choice: the List is empty" nil)
          (%argument-error "random:choice" 1 "a List" xs))))
(define (random:shuffle xs)
  "The items of a List in random order.
    (sort (random:shuffle [3 1 2])) => [1 2 3]"
  (%random-shuffle xs))
(define (random:seed n)
  "Starts the sequence of a seed, an Int of which the low 64 bits count; nil.
    (random:seed 1) => nil"
  (%random-seed n))
