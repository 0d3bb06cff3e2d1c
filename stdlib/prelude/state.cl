; State, time, random numbers and the collector: operations (%op), which a handler may take.

; ---- the named store: a Dict, so that a transaction is to remember it

(define %store {})
(define %open-transactions [])

(define (%state-get key default)
  (if (%is-cell key) (%cell-get key) (%dict-get %store key default)))
(define (%state-set key value)
  (if (%is-cell key)
      (%cell-set key value)
      (do (set! %store (%dict-set %store key value)) value)))

(%sig state:get ((Any) Any ! state:get) ((Any Any) Any ! state:get))
(define state:get (%case-lambda
  ((key)
    "The value of a name in the store, or what a cell holds; the default, or nil, for a name that is not there.
    (state:get \"no such\" 7) => 7"
    (%op state:get key (%state-get key nil)))
  ((key default) (%op state:get key default (%state-get key default)))))
(%sig state:set ((Any a) a ! state:set))
(define (state:set key value)
  "Stores a value under a name, or in a cell; the value.
    (state:set :n 1) => 1"
  (%op state:set key value (%state-set key value)))
(%sig state:update ((Any (Function Any a ! e)) a ! state:update e))
(define (state:update key f)
  "Stores what f makes of the present value; the new value.
    (state:update (state:new 1) inc) => 2"
  (%op state:update key f (%state-set key (f (%state-get key nil)))))
(%sig state:delete ((Any) Nil ! state:delete))
(define (state:delete key)
  "Takes a name out of the store; nil.
    (state:delete :n) => nil"
  (%op state:delete key (do (set! %store (%dict-remove %store key)) nil)))
(%sig state:new (() Any ! state:new) ((Any) Any ! state:new))
(define state:new (%case-lambda
  (()
    "A private cell, which state:get, state:set and state:update take in place of a name.
    (state:get (state:new 5)) => 5"
    (%op state:new (%cell-new nil)))
  ((value) (%op state:new value (%cell-new value)))))

(%sig state:begin-transaction (() Nil ! state:begin-transaction))
(define (state:begin-transaction)
  "Begins a transaction on the store; they nest. nil.
    (do (state:begin-transaction) (state:set :n 1) (state:rollback-transaction) (state:get :n)) => nil"
  (%op state:begin-transaction (do (set! %open-transactions (%cons %store %open-transactions)) nil)))
(%sig state:commit-transaction (() Nil ! state:commit-transaction error))
(define (state:commit-transaction)
  "Keeps what happened since the transaction began. Raises transaction-error when none is open. nil.
    (do (state:begin-transaction) (state:set :m 1) (state:commit-transaction) (state:get :m)) => 1"
  (%op state:commit-transaction
    (if (%is-cons %open-transactions)
        (do (set! %open-transactions (%tail %open-transactions)) nil)
        (%raise "transaction-error" "state:commit-transaction: no transaction is open" nil))))
(%sig state:rollback-transaction (() Nil ! state:rollback-transaction error))
(define (state:rollback-transaction)
  "Undoes what happened in the store since the transaction began. Raises transaction-error when none is open. nil.
    (try (state:rollback-transaction) (catch (e) (get e \"type\"))) => \"transaction-error\""
  (%op state:rollback-transaction
    (if (%is-cons %open-transactions)
        (do
          (set! %store (%head %open-transactions))
          (set! %open-transactions (%tail %open-transactions))
          nil)
        (%raise "transaction-error" "state:rollback-transaction: no transaction is open" nil))))

; ---- time

(%sig time:now (() Float ! time:now))
(define (time:now)
  "Seconds since 1970-01-01 UTC, a Float.
    (float? (time:now)) => true"
  (%op time:now (%time-now)))
(%sig time:elapsed (() Float ! time:elapsed) ((Number) Float ! time:elapsed time:now))
(define time:elapsed (%case-lambda
  (()
    "Seconds of a clock that never jumps, a Float; with an argument, seconds since a time that time:now gave.
    (>= (time:elapsed (time:now)) 0) => true"
    (%op time:elapsed (%time-elapsed)))
  ((since)
    (%op time:elapsed since
      (if (%is-number since) (%sub (time:now) since) (%argument-error "time:elapsed" 1 "a Number" since))))))
(%sig time:sleep ((Number) Nil ! time:sleep))
(define (time:sleep seconds)
  "Waits.
    (time:sleep 0) => nil"
  (%op time:sleep seconds (%time-sleep seconds)))
(%sig time:measure (((Function a ! e)) (Tuple a Float) ! time:measure time:elapsed e))
(define (time:measure f)
  "Calls f: a Tuple of its value and the seconds that it took, by the clock of time:elapsed.
    (tuple-ref (time:measure (lambda () 5)) 0) => 5"
  (%op time:measure f
    (let ((start (time:elapsed))
          (value (f)))
      (tuple value (%sub (time:elapsed) start)))))

; ---- random numbers: one generator, xoshiro256**; a seed gives the same sequence everywhere

(%sig random:float (() Float ! random:float))
(define (random:float)
  "A Float from 0 up to, not with, 1.
    (< (random:float) 1) => true"
  (%op random:float (%random-float)))
(%sig random:random (() Float ! random:float))
(define (random:random)
  "The same as random:float.
    (< (random:random) 1) => true"
  (random:float))
(%sig random:int ((Int Int) Int ! random:int error))
(define (random:int lo hi)
  "An Int from lo to hi, both included; raises domain-error if there is none.
    (random:int 3 3) => 3"
  (%op random:int lo hi (%random-int lo hi)))
(%sig random:randint ((Int Int) Int ! random:int error))
(define (random:randint lo hi)
  "The same as random:int. Raises domain-error if there is no Int between.
    (random:randint 3 3) => 3"
  (random:int lo hi))
(%sig random:choice (((List a)) a ! random:choice error))
(define (random:choice xs)
  "An item of a List; raises empty-error.
    (random:choice [5]) => 5"
  (%op random:choice xs
    (if (%is-cons xs)
        (%nth xs (%random-int 0 (%sub (%list-length xs) 1)))
        (if (%is-list xs)
            (%raise "empty-error" "random:choice: the List is empty" nil)
            (%argument-error "random:choice" 1 "a List" xs)))))
(%sig random:shuffle (((List a)) (List a) ! random:shuffle))
(define (random:shuffle xs)
  "The items of a List in random order.
    (sort (random:shuffle [3 1 2])) => [1 2 3]"
  (%op random:shuffle xs (%random-shuffle xs)))
(%sig random:seed ((Int) Nil ! random:seed))
(define (random:seed n)
  "Starts the sequence of a seed, an Int of which the low 64 bits count; nil.
    (random:seed 1) => nil"
  (%op random:seed n (%random-seed n)))
(%sig random:uuid (() String ! random:uuid))
(define (random:uuid)
  "A random UUID (version 4), from the system's entropy.
    (string-length (random:uuid)) => 36"
  (%op random:uuid (%uuid)))

; ---- the collector

(%sig gc:collect (() Nil ! gc:collect))
(define (gc:collect)
  "Collects all garbage; nil.
    (gc:collect) => nil"
  (%op gc:collect (%gc-collect)))
(%sig gc:stats (() (Dict String Number) ! gc:stats))
(define (gc:stats)
  "What the collector did so far, counts by name; \"seconds\" is a Float.
    (dict-has? (gc:stats) \"live-bytes\") => true"
  (%op gc:stats (%gc-stats)))
(%sig gc:enable (() Nil ! gc:enable))
(define (gc:enable)
  "Lets the collector run again after gc:disable; nil.
    (do (gc:enable) (gc:is-enabled?)) => true"
  (%op gc:enable (%gc-enable true)))
(%sig gc:disable (() Nil ! gc:disable))
(define (gc:disable)
  "Holds full collections back, until gc:enable or until memory runs short; nil. What just died is still collected.
    (do (gc:disable) (let ((on (gc:is-enabled?))) (gc:enable) on)) => false"
  (%op gc:disable (%gc-enable false)))
(%sig gc:is-enabled? (() Bool ! gc:is-enabled?))
(define (gc:is-enabled?)
  "Whether full collections are made when due.
    (gc:is-enabled?) => true"
  (%op gc:is-enabled? (%gc-is-enabled)))
(%sig gc:set-threshold ((Int) Nil ! gc:set-threshold error))
(define (gc:set-threshold bytes)
  "The least growth of the heap, in bytes, after which a full collection is due; nil. Raises domain-error below 1.
    (do (gc:set-threshold 64000000) (gc:get-threshold)) => 64000000"
  (%op gc:set-threshold bytes (%gc-set-threshold bytes)))
(%sig gc:get-threshold (() Int ! gc:get-threshold))
(define (gc:get-threshold)
  "The least growth of the heap, in bytes, after which a full collection is due.
    (int? (gc:get-threshold)) => true"
  (%op gc:get-threshold (%gc-threshold)))
