; Tests, assertions, and properties with shrinking.
;
; (test "name" body …) and (property "name" ((x generator) …) body …) are forms: they check their bodies in every program, and
; run them only under `clc test`, where the compiler makes of each a call of %register or %register-property, and puts a
; call of %run-tests at the end of the program in the place of main's.
;
; A generator is a Tuple (tuple :generator f): f takes a size and gives a tree. A tree is a Tuple of a value and of a function
; without arguments that gives the List of trees of smaller values, the smallest first. So what is made of generators
; shrinks as they do (integrated shrinking, as in Hedgehog). All random numbers come from the generator of `random:`,
; which is seeded anew for each case: a seed gives the same cases everywhere.

; ---- assertions: a failed one raises assertion-error

(define (%fail message data) (%raise "assertion-error" message data))

(%sig assert ((Any) Nil ! error))
(define (assert x)
  "Raises assertion-error if x is false or nil.
    (assert (= 1 1)) => nil
    (try (assert (= 1 2)) (catch (e) (get e \"type\"))) => \"assertion-error\""
  (if x nil (%fail (%str2 "assert: the value is " (%to-source x)) nil)))

(%sig assert= ((Any Any) Nil ! error))
(define (assert= actual expected)
  "Raises assertion-error, with both values as data, unless they are equal.
    (assert= (+ 1 1) 2) => nil"
  (if (%eq actual expected)
      nil
      (%fail (%str ["assert=: expected " (%to-source expected) ", got " (%to-source actual)])
             {"expected" expected "actual" actual})))

(%sig assert-near ((Number Number Number) Nil ! error))
(define (assert-near actual expected tolerance)
  "Raises assertion-error unless two numbers differ by at most tolerance.
    (assert-near 0.1 0.11 0.02) => nil"
  (if (<= (abs (- actual expected)) tolerance)
      nil
      (%fail (%str ["assert-near: expected " expected " within " tolerance ", got " actual])
             {"expected" expected "actual" actual "tolerance" tolerance})))

(%sig assert-error (((or String Keyword) (Function Any ! e)) Nil ! error e))
(define (assert-error type thunk)
  "Raises assertion-error unless thunk raises an error of a type, given as String or Keyword.
    (assert-error \"empty-error\" (lambda () (head []))) => nil"
  (let ((wanted (cond ((%is-keyword type) (%keyword->string type))
                      ((%is-string type) type)
                      (else (%argument-error "assert-error" 1 "a String or Keyword" type))))
        (raised (try (do (thunk) nil) (catch (err) err)))
        (got (if raised (%dict-get raised "type" nil) nil)))
    (if (%eq got wanted)
        nil
        (%fail (if raised
                   (%str ["assert-error: expected an error of type " wanted ", got " got ": "
                          (%dict-get raised "message" "")])
                   (%str ["assert-error: expected an error of type " wanted ", but nothing was raised"]))
               {"expected" wanted "actual" got}))))

; ---- time

(%sig with-virtual-time (((Function a ! e)) a ! e))
(define (with-virtual-time thunk)
  "What thunk gives, with time virtual meanwhile: it begins at 0, and passes only when every goroutine waits: then it jumps to
when the first one goes on. So nothing that sleeps, or waits with a timeout, takes time.
    (with-virtual-time (lambda () (time:sleep 3600) (time:now))) => 3600.0"
  (let ((before (%time-virtual true)))
    (try (thunk) (finally (%time-virtual before)))))

; ---- generators

(define (%generator f) (tuple :generator f))
(define (%tree value children) (tuple value children))
(define (%no-children) [])
(define (%leaf value) (%tree value %no-children))
(define (%value tree) (%tuple-ref tree 0))
(define (%children tree) ((%tuple-ref tree 1)))

(define (%is-generator x)
  (if (%is-tuple x) (if (%same (%tuple-size x) 2) (%same (%tuple-ref x 0) :generator) false) false))

(define (%want-generator function position g)
  (if (%is-generator g) g (%argument-error function position "a generator" g)))

; The tree that a generator gives; `function` is who asks, with the generator as an argument.
(define (%draw function position g size)
  ((%tuple-ref (%want-generator function position g) 1) size))

(define (%want-int function position x) (if (%is-int x) x (%argument-error function position "an Int" x)))

(define (%map-tree f tree)
  (%tree (f (%value tree)) (lambda () (map (lambda (t) (%map-tree f t)) (%children tree)))))

; Without the smaller values that do not satisfy a predicate.
(define (%filter-tree pred tree)
  (%tree (%value tree)
         (lambda ()
           (map (lambda (t) (%filter-tree pred t)) (filter (lambda (t) (pred (%value t))) (%children tree))))))

; An Int that shrinks towards another by halves.
(define (%int-tree n origin)
  (%tree n
         (lambda ()
           (loop ((d (%sub n origin)) (smaller []))
             (if (%eq d 0)
                 (reverse smaller)
                 (recur (%quot d 2) (%cons (%int-tree (%sub n d) origin) smaller)))))))

; The Tuple of values of a List of trees, as a List: each shrinks by itself.
(define (%each-tree trees)
  (%tree (map %value trees)
         (lambda () (map %each-tree (%shrink-one trees)))))

; All Lists of trees in which one tree is a smaller one.
(define (%shrink-one trees)
  (loop ((before []) (rest trees) (found []))
    (if (%is-cons rest)
        (let ((here before)
              (after (%tail-unchecked rest)))
          (recur (%cons (%head-unchecked rest) before)
                 after
                 (fold (lambda (found smaller) (%cons (fold (lambda (xs x) (%cons x xs)) (%cons smaller after) here) found))
                       found
                       (%children (%head-unchecked rest)))))
        (reverse found))))

; A List of trees as a tree: first it loses items, not below a least number, then items shrink.
(define (%list-tree trees least)
  (%tree (map %value trees)
         (lambda ()
           (append (map (lambda (ts) (%list-tree ts least)) (%drop-some trees least))
                   (map (lambda (ts) (%list-tree ts least)) (%shrink-one trees))))))

; The Lists without n, n/2, n/4 … items in a row, wherever those begin.
(define (%drop-some trees least)
  (let ((n (%list-length trees)))
    (loop ((k (%sub n least)) (found []))
      (if (%gt k 0)
          (recur (%quot k 2)
                 (append found (map (lambda (at) (append (take at trees) (drop (%add at k) trees)))
                                    (range 0 (%add (%sub n k) 1) k))))
          found))))

(define (%origin lo hi) (if (%gt lo 0) lo (if (%lt hi 0) hi 0)))

(define (%int-generator function lo hi)
  (%want-int function 1 lo)
  (%want-int function 2 hi)
  (if (%gt lo hi) (%raise "domain-error" (%str [function ": there is no Int from " lo " to " hi]) [lo hi]) nil)
  (%generator (lambda (_size) (%int-tree (%random-int lo hi) (%origin lo hi)))))

(%sig gen:int (() (Tuple Keyword Any)) ((Int Int) (Tuple Keyword Any) ! error))
(define gen:int (%case-lambda
  (()
    "A generator of Ints: small ones, now and then one beyond the machine's word; or from lo to hi, both included.
  Raises domain-error if there is none between.
    (tuple? (gen:int 0 9)) => true"
    (%generator (lambda (size)
      (let ((most (if (%eq (%random-int 0 9) 0) (pow 10 (%random-int 1 25)) (%add size 1))))
        (%int-tree (%random-int (%neg most) most) 0)))))
  ((lo hi) (%int-generator "gen:int" lo hi))))

(%sig gen:bool (() (Tuple Keyword Any)))
(define (gen:bool)
  "A generator of true and false; it shrinks to false.
    (tuple? (gen:bool)) => true"
  (%generator (lambda (_size) (%map-tree (lambda (n) (%eq n 1)) (%int-tree (%random-int 0 1) 0)))))

; A Float: whole ones shrink like Ints, others to fewer decimals. Values outside of lo to hi are left out.
(define (%float-tree x lo hi)
  (let ((inside (lambda (y) (and (%le lo y) (%le y hi)))))
    (if (%eq x (float (int x)))
        (%filter-tree inside (%map-tree float (%int-tree (int x) 0)))
        (%tree x
               (lambda ()
                 (map (lambda (y) (%float-tree y lo hi))
                      (filter (lambda (y) (and (not (%eq x y)) (inside y)))
                              [(float (int x)) (round-to x 1) (round-to x 2) (round-to x 4)])))))))

(%sig gen:float (() (Tuple Keyword Any)) ((Number Number) (Tuple Keyword Any) ! error))
(define gen:float (%case-lambda
  (()
    "A generator of Floats, never infinite or NaN; or from lo to hi. Raises domain-error if there is none between.
    (tuple? (gen:float 0 1)) => true"
    (%generator (lambda (size)
      (let ((scale (if (%eq (%random-int 0 9) 0) (pow 10.0 (%random-int -9 15)) (float (%add size 1)))))
        (%float-tree (%mul (%sub (%mul 2.0 (%random-float)) 1.0) scale) -inf +inf)))))
  ((lo hi)
    (if (%is-number lo) nil (%argument-error "gen:float" 1 "a Number" lo))
    (if (%is-number hi) nil (%argument-error "gen:float" 2 "a Number" hi))
    (if (%le lo hi) nil (%raise "domain-error" (%str ["gen:float: there is no Float from " lo " to " hi]) [lo hi]))
    (%generator (lambda (_size)
      (%float-tree (%add (float lo) (%mul (%random-float) (%sub (float hi) (float lo)))) (float lo) (float hi)))))))

; Characters by how simple they are: a failing String shrinks towards the first.
(define %characters
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-.,;:!?'\"()[]{}<>/\\|@#$%^&*+=~`\n\t\réßñΩжעह中😀\u{301}\u{0}")

(define (%character-tree)
  (let ((most (%sub (%string-length %characters) 1)))
    ; every other character is a letter
    (%map-tree (lambda (i) (%char-at %characters i))
               (%int-tree (%random-int 0 (if (%eq (%random-int 0 1) 0) 25 most)) 0))))

(%sig gen:string (() (Tuple Keyword Any)) ((Int) (Tuple Keyword Any) ! error))
(define gen:string (%case-lambda
  (()
    "A generator of Strings, of at most so many characters if given. Raises domain-error below 0.
    (tuple? (gen:string 5)) => true"
    (gen:string 40))
  ((most)
    (%want-int "gen:string" 1 most)
    (%want-sizes "gen:string" 0 most)
    (gen:map (lambda (characters) (%string-join characters ""))
             (%list-generator (lambda (_size) (%character-tree)) 0 most)))))

(define (%want-sizes function least most)
  (if (and (%ge least 0) (%le least most))
      nil
      (%raise "domain-error" (%str [function ": nothing has from " least " to " most " items"]) [least most])))

; Lists of what `draw` gives, of a length from least to most, but not far above the size.
(define (%list-generator draw least most)
  (%generator (lambda (size)
    (let ((n (%random-int least (max least (min most (%add least (%add 2 (%quot size 3))))))))
      (%list-tree (map (lambda (_i) (draw size)) (range n)) least)))))

(%sig gen:list
  (((Tuple Keyword Any)) (Tuple Keyword Any))
  (((Tuple Keyword Any) Int) (Tuple Keyword Any) ! error)
  (((Tuple Keyword Any) Int Int) (Tuple Keyword Any) ! error))
(define gen:list (%case-lambda
  ((g)
    "A generator of Lists of what g generates, of at most so many items, or of a least and a greatest number of them.
    Raises domain-error if no List has so many.
    (tuple? (gen:list (gen:int) 1 5)) => true"
    (gen:list g 0 100))
  ((g most) (gen:list g 0 most))
  ((g least most)
    (%want-generator "gen:list" 1 g)
    (%want-int "gen:list" 2 least)
    (%want-int "gen:list" 3 most)
    (%want-sizes "gen:list" least most)
    (%list-generator (lambda (size) (%draw "gen:list" 1 g size)) least most))))

(%sig gen:dict
  (((Tuple Keyword Any) (Tuple Keyword Any)) (Tuple Keyword Any))
  (((Tuple Keyword Any) (Tuple Keyword Any) Int) (Tuple Keyword Any) ! error))
(define gen:dict (%case-lambda
  ((keys values)
    "A generator of Dicts with keys of one generator and values of another, of at most so many entries if given.
  Raises domain-error below 0.
    (tuple? (gen:dict (gen:string) (gen:int))) => true"
    (gen:dict keys values 30))
  ((keys values most)
    (%want-generator "gen:dict" 1 keys)
    (%want-generator "gen:dict" 2 values)
    (%want-int "gen:dict" 3 most)
    (%want-sizes "gen:dict" 0 most)
    (gen:map dict-from-list
             (%list-generator (lambda (size)
                                (%each-tree [(%draw "gen:dict" 1 keys size) (%draw "gen:dict" 2 values size)]))
                              0
                              most)))))

(%sig gen:one-of ((Any (Rest Any)) (Tuple Keyword Any)))
(define (gen:one-of first ...rest)
  "A generator of what one of several generates; one that is no generator stands for itself. It shrinks towards the first.
    (tuple? (gen:one-of :a :b (gen:int))) => true"
  (let ((choices (list->array (%cons first rest))))
    (%generator (lambda (size) (%choice-tree choices (%random-int 0 (%sub (%array-length choices) 1)) size)))))

(define (%choice-tree choices i size)
  (let ((choice (%array-get choices i))
        (tree (if (%is-generator choice) (%draw "gen:one-of" 1 choice size) (%leaf choice))))
    (%tree (%value tree)
           (lambda ()
             (append (map (lambda (j) (%choice-tree choices j size)) (range i)) (%children tree))))))

(%sig gen:map (((Function (Rest Any) Any ! e) (Tuple Keyword Any) (Rest (Tuple Keyword Any))) (Tuple Keyword Any) ! e))
(define (gen:map f g ...more)
  "A generator of what f makes of generated values, one from each generator.
    (tuple? (gen:map (lambda (n) (* 2 n)) (gen:int))) => true"
  (if (%is-function f) nil (%argument-error "gen:map" 1 "a Function" f))
  (let ((all (%cons g more)))
    (map-indexed (lambda (i g) (%want-generator "gen:map" (%add 2 i) g)) all)
    (%generator (lambda (size)
      (%map-tree (lambda (values) (apply f values))
                 (%each-tree (map-indexed (lambda (i g) (%draw "gen:map" (%add 2 i) g size)) all)))))))

(%sig gen:such-that (((Function Any Any ! e) (Tuple Keyword Any)) (Tuple Keyword Any) ! e))
(define (gen:such-that pred g)
  "A generator of those values of g that satisfy a predicate. One that is rarely satisfied raises generator-error.
    (tuple? (gen:such-that even? (gen:int))) => true"
  (if (%is-function pred) nil (%argument-error "gen:such-that" 1 "a Function" pred))
  (%want-generator "gen:such-that" 2 g)
  (%generator (lambda (size)
    (loop ((tries 0))
      (let ((tree (%draw "gen:such-that" 2 g (%add size tries))))
        (if (pred (%value tree))
            (%filter-tree pred tree)
            (if (%lt tries 200)
                (recur (%add tries 1))
                (%raise "generator-error" "gen:such-that: 200 values in a row do not satisfy the predicate" nil))))))))

; ---- registered tests

; Tuples (tuple name place thunk), the last first.
(define %tests [])
; Of this run.
(define %seed 0)
(define %cases 100)
; Schedules under which each test is run; 0: the usual one.
(define %schedules 0)
; Smaller values that are tried, at most.
(define %most-shrinks 2000)

(define (%register name place body)
  (set! %tests (%cons (tuple name place body) %tests))
  nil)

; names: of the parameters; generators: a thunk that gives their List.
(define (%register-property name place names generators body)
  (%register name place (lambda () (%check-property names (generators) body))))

; The error that a call raises, or nil.
(define (%failure body arguments) (try (do (apply body arguments) nil) (catch (err) err)))

(define (%check-property names generators body)
  (loop ((case 0))
    (when (%lt case %cases)
      (%random-seed (%add %seed case))
      (let ((tree (%each-tree (map (lambda (g) (%draw "property" 1 g case)) generators)))
            (err (%failure body (%value tree))))
        (if err
            (let (((tuple smallest last shrinks) (%shrink tree err body)))
              (%reraise (%property-error names smallest last case shrinks)))
            (recur (%add case 1)))))))

; Goes on to the first smaller value that fails, as long as there is one: the least value, its error, the number of steps.
(define (%shrink tree err body)
  (loop ((tree tree) (err err) (rest (%children tree)) (steps 0) (tried 0))
    (if (and (%is-cons rest) (%lt tried %most-shrinks))
        (let ((smaller (%head-unchecked rest))
              (found (%failure body (%value smaller))))
          (if found
              (recur smaller found (%children smaller) (%add steps 1) (%add tried 1))
              (recur tree err (%tail-unchecked rest) steps (%add tried 1))))
        (tuple (%value tree) err steps))))

(define (%property-error names values err case shrinks)
  (let ((shown (string-join (zip-with (lambda (name value) (%str [name " = " (%to-source value)])) names values) ", "))
        (data (%dict-get err "data" nil)))
    (dict "type" (%dict-get err "type" nil)
          "message" (%str ["it fails for " shown " (case " (%add case 1) " of " %cases ", shrunk " shrinks
                           " times, seed " %seed "): " (%dict-get err "message" nil)])
          "data" (dict-merge (if (%is-dict data) data {})
                             {"counterexample" (dict-from-list (zip names values)) "seed" %seed "case" case})
          "trace" (%dict-get err "trace" []))))

; ---- the end of a program under clc test: runs what was registered, and tells the parent process by a file of JSON lines

(define (%run-tests)
  (let ((tests (reverse %tests))
        (from (parse-int (%env "CL_TEST_FROM")))
        (wanted (%env "CL_TEST_FILTER")))
    (set! %seed (parse-int (%env "CL_TEST_SEED")))
    (set! %schedules (parse-int (%env "CL_TEST_SCHEDULES")))
    (%tell {"event" "plan" "tests" (%list-length tests)})
    (loop ((rest tests) (i 0))
      (when (%is-cons rest)
        (let (((tuple name place body) (%head-unchecked rest)))
          (if (and (%ge i from) (%string-contains name wanted)) (%run-test i name place body) nil))
        (recur (%tail-unchecked rest) (%add i 1))))))

(define (%run-test i name place body)
  (%tell {"event" "start" "index" i "name" name "place" place})
  (%random-seed %seed)
  (let ((start (%time-elapsed))
        (err (if (%same %schedules 0) (%failure body []) (%explore body))))
    (%tell (dict "event" "end" "index" i "seconds" (%sub (%time-elapsed) start) "error" (%describe err)))))

; Runs a test under schedules by chance, each with a seed of its own for all that is random: the error of the first that fails, or nil.
(define (%explore body)
  (let ((first %seed))
    (loop ((seed first))
      (if (%lt seed (%add first %schedules))
          (do
            (set! %seed seed)
            (%random-seed seed)
            (%schedule seed)
            (let ((err (%failure body [])))
              (%schedule nil)
              (set! %seed first)
              (if err (%schedule-error err seed) (recur (%add seed 1)))))
          nil))))

(define (%schedule-error err seed)
  (let ((message (%to-string (%dict-get err "message" nil))))
    (%dict-set err "message"
      (%str [message " (under the schedule of seed " seed ": --schedules 1 --seed " seed " runs it again)"]))))

; Adds a line to the report, with how much output there is by now.
(define (%tell event)
  (%flush)
  (%file-write (%env "CL_TEST_REPORT")
               (%str2 (%json-stringify (dict-set event "output" (%file-size (%env "CL_TEST_OUTPUT"))) 0) "\n")
               true))

; An error as JSON can hold it.
(define (%describe err)
  (if err
      (let ((data (%dict-get err "data" nil))
            (part (lambda (key) (if (dict-has? data key) (%to-source (%dict-get data key nil)) nil))))
        (dict "type" (%to-string (%dict-get err "type" nil))
              "message" (%to-string (%dict-get err "message" nil))
              "expected" (if (%is-dict data) (part "expected") nil)
              "actual" (if (%is-dict data) (part "actual") nil)
              "trace" (map to-string (%dict-get err "trace" []))))
      nil))
