; Promises and pools of workers. The form `async` becomes calls of %async here (docs/design/concurrency.md).
;
; A promise is a handle (runtime/abi/src/layout.rs):
;
;   0 state      while pending: the List of functions to call with the outcome and of channels to send it to, last first; then the
;                outcome, (tuple true value) or (tuple false error). Changed by swaps: the first one to settle it wins
;   1 work       the goroutine that is to settle it, once that runs; nil before; :done when it is settled or was cancelled before
;   2 looked at  true: someone has asked for the outcome; else nil or, once rejected, the cell that keeps the error until then
;   3 resolved   whether `resolve` or `reject` was called
;   4 abandons   whether cancelling settles it at once, since its work need not
;   5 gone       about how many channels of the List nobody waits for any more, since the last sweep
;   6 sweep at   that many
;
; What is called when a promise is settled never waits: it settles other promises, starts goroutines, wakes who waits.

(define (%new-promise abandons)
  (%handle 0 [[] nil nil false abandons 0 16]))

; ---- settling

; Settles a promise with an outcome, unless it is settled.
(define (%settle promise outcome)
  (let ((state (%handle-get promise 0)))
    (cond
      ((%is-tuple state) nil)
      ((%not (%handle-swap promise 0 state outcome)) (%settle promise outcome))
      (else
        (%handle-set promise 1 :done)
        (match outcome
          ((tuple false err) (%keep-error promise err))
          (_ nil))
        (%call-all (%list-reverse state) outcome)))))

(define (%call-all receivers outcome)
  (if (%is-cons receivers)
      (do
        (%tell (%head receivers) outcome)
        (%call-all (%tail receivers) outcome))
      nil))

(define (%tell receiver outcome)
  (if (%is-channel receiver) (%chan-try-send receiver outcome) (receiver outcome)))

; As %settle; with the outcome of the value if that is a promise.
(define (%settle-flat promise outcome)
  (match outcome
    ((tuple true value) :when (%is-promise value)
      (%look-at value)
      (%when-settled value (lambda (inner) (%settle promise inner))))
    (_ (%settle promise outcome))))

; Calls a function with the outcome, or sends it to a channel: now, or when there is one.
(define (%when-settled promise receiver)
  (let ((state (%handle-get promise 0)))
    (cond
      ((%is-tuple state) (%tell receiver state))
      ((%handle-swap promise 0 state (%cons receiver state)) nil)
      (else (%when-settled promise receiver)))))

; Someone asks for the outcome: an error need not be reported.
(define (%look-at promise)
  (let ((seen (%handle-get promise 2)))
    (cond
      ((%same seen true) nil)
      ((%not (%handle-swap promise 2 seen true)) (%look-at promise))
      ((%is-nil seen) nil)
      (else (%cell-set seen nil)))))

; A promise was rejected: unless someone has asked for the outcome, the error is to be reported.
(define (%keep-error promise err)
  (if (%is-nil (%handle-get promise 2))
      (let ((cell (%unseen err)))
        (if (or (%is-nil cell) (%handle-swap promise 2 nil cell)) nil (%cell-set cell nil)))
      nil))

; What a promise is rejected with, as an error Dict.
(define (%reason value)
  (if (error? value)
      value
      (%try (%raise "error" (to-string value) (if (%is-string value) nil value)) (catch (e) e))))

; An error that no place of the program raised.
(define (%error-from-nowhere type message)
  {"type" type "message" message "data" nil "trace" []})

; ---- work

; Calls f in a goroutine of its own, whose outcome the promise gets. `handlers` is what covers it.
(define (%run-for promise handlers f)
  (%go (lambda (_) (%work-for promise f)) handlers))

(define (%work-for promise f)
  (if (%take-on promise) (%settle-flat promise (%outcome f)) nil))

; The running goroutine is to settle a promise: false if that was cancelled before.
(define (%take-on promise)
  (%handle-swap promise 1 nil (%current)))

(%sig %async (((Function a ! e)) (Promise Any) ! async:start e))
(define (%async f)
  (let ((promise (%new-promise false)))
    (%go-now (lambda (_) (%work-for promise f)) (%covering))
    promise))

(%sig promise (((Function (Function (Rest Any) Nil) (Function (Rest Any) Nil) Any ! e)) (Promise Any) ! async:start e))
(define (promise f)
  "A promise that f settles: it is called at once, in a goroutine of its own, with two functions, resolve and reject, of which the
first call counts. An error in f rejects the promise; a reason that is no error Dict becomes the message of an error.
    (await (promise (lambda (resolve reject) (resolve 5)))) => 5"
  (if (%is-function f) nil (%argument-error "promise" 1 "a Function" f))
  (let ((promise (%new-promise true))
        (resolve (lambda (...value) (%resolve promise (tuple true (%optional "resolve" value)))))
        (reject (lambda (...reason) (%resolve promise (tuple false (%reason (%optional "reject" reason))))))
        (run (lambda (_)
               (%take-on promise)
               (match (%outcome (lambda () (f resolve reject)))
                 ((tuple true _) nil)
                 (failed (%settle promise failed))))))
    (%go-now run (%covering))
    promise))

(define (%resolve promise outcome)
  (if (%handle-swap promise 3 false true) (%settle-flat promise outcome) nil)
  nil)

; The only item of a List of arguments; nil if there is none.
(define (%optional function arguments)
  (match arguments
    ([] nil)
    ([x] x)
    (_ (%raise "arity-error" (%str2 function " takes at most one argument") nil))))

; ---- awaiting

(%sig await
  (((Promise a)) a ! async:await error)
  ((a) a ! async:await error)
  (((Promise a) Number) a ! async:await error)
  ((a Number) a ! async:await error))
(define await (%case-lambda
  ((promise)
    "Waits until a promise is settled: its value; its error is raised. With a number of seconds it raises timeout when they are over.
What is no promise is its own value.
    (await (async:delay 1 5)) => 5"
    (if (%is-promise promise) (%await promise nil) promise))
  ((promise seconds)
    (if (%is-number seconds) nil (%argument-error "await" 2 "a Number" seconds))
    (if (%is-promise promise) (%await promise seconds) promise))))

(define (%await promise seconds)
  (%look-at promise)
  (let ((state (%handle-get promise 0)))
    (if (%is-tuple state)
        (%value-of state)
        (let ((gate (%gate 1 5)))
          (%when-settled promise gate)
          (%value-of
            (%try (%first-outcome gate seconds)
              (catch (thrown)
                (%leave-gate promise gate)
                (%rethrow thrown))))))))

(define (%first-outcome gate seconds)
  (if (%is-nil seconds)
      (%chan-receive gate)
      (match (%select [(tuple gate)] seconds)
        ((tuple -1 _) (%raise "timeout" (%str ["await: no value within " seconds " seconds"]) nil))
        ((tuple _ outcome) outcome))))

; Nobody waits at a gate any more. Now and then the promise drops those: a loop that awaits with a timeout must not fill it.
(define (%leave-gate promise gate)
  (%chan-close gate)
  (let ((gone (%add (%handle-get promise 5) 1)))
    (%handle-set promise 5 gone)
    (if (%lt gone (%handle-get promise 6)) nil (%sweep-gates promise))))

(define (%sweep-gates promise)
  (let ((state (%handle-get promise 0)))
    (if (%is-tuple state)
        nil
        (let ((kept (%list-reverse (%open-receivers state))))
          (if (%handle-swap promise 0 state kept)
              (do
                (%handle-set promise 5 0)
                (%handle-set promise 6 (%add 16 (%list-length kept))))
              (%sweep-gates promise))))))

; The functions and the open channels of a List, in reverse order.
(define (%open-receivers receivers)
  (loop ((l receivers) (kept []))
    (cond
      ((%not (%is-cons l)) kept)
      ((and (%is-channel (%head l)) (%chan-closed (%head l))) (recur (%tail l) kept))
      (else (recur (%tail l) (%cons (%head l) kept))))))

; ---- one promise from another

; Checks the arguments of a function of a promise; then the promise counts as awaited.
(define (%awaited function promise)
  (if (%is-promise promise)
      (%look-at promise)
      (%argument-error function 1 "a Promise" promise)))
(define (%callback function f)
  (if (%is-function f) nil (%argument-error function 2 "a Function" f)))

(%sig async:then (((Promise a) (Function a b ! e)) (Promise Any) ! async:then e))
(define (async:then p f)
  "A promise of what f gives for the value of p. If p is rejected, so is it.
    (await (async:then (async:delay 1 20) inc)) => 21"
  (%op async:then p f
    (let ((next (%new-promise false))
          (handlers (%covering)))
      (%awaited "async:then" p)
      (%callback "async:then" f)
      (%when-settled p (lambda (outcome)
        (match outcome
          ((tuple true value) (%run-for next handlers (lambda () (f value))))
          (_ (%settle next outcome)))))
      next)))

(%sig async:catch (((Promise a) (Function (Dict String Any) b ! e)) (Promise Any) ! async:catch e))
(define (async:catch p f)
  "A promise of the value of p or, if p is rejected, of what f gives for its error Dict.
    (await (async:catch (promise (lambda (resolve reject) (reject \"no\"))) (lambda (e) (get e \"message\")))) => \"no\""
  (%op async:catch p f
    (let ((next (%new-promise false))
          (handlers (%covering)))
      (%awaited "async:catch" p)
      (%callback "async:catch" f)
      (%when-settled p (lambda (outcome)
        (match outcome
          ((tuple false err) (%run-for next handlers (lambda () (f err))))
          (_ (%settle next outcome)))))
      next)))

(%sig async:finally (((Promise a) (Function b ! e)) (Promise Any) ! async:finally e))
(define (async:finally p f)
  "A promise with the outcome of p, after f was called, which takes no argument. An error in f rejects it.
    (await (async:finally (async:delay 1 5) (lambda () nil))) => 5"
  (%op async:finally p f
    (let ((next (%new-promise false))
          (called (%new-promise false))
          (handlers (%covering)))
      (%awaited "async:finally" p)
      (%callback "async:finally" f)
      (%look-at called)
      (%when-settled p (lambda (outcome)
        (%when-settled called (lambda (ended)
          (match ended
            ((tuple true _) (%settle next outcome))
            (_ (%settle next ended)))))
        (%go (lambda (_) (if (%take-on next) (%settle-flat called (%outcome f)) nil)) handlers)))
      next)))

; Settles a promise with an outcome in some seconds from now; the goroutine that does.
(define (%after promise seconds outcome)
  (%go-now
    (lambda (_)
      (if (%take-on promise)
          (match (%outcome (lambda () (%select [] (if (%lt seconds 0) 0 seconds))))
            ((tuple true _) (%settle promise outcome))
            (cancelled (%settle promise cancelled)))
          nil))
    nil))

(%sig async:delay ((Number) (Promise Nil) ! async:delay) ((Number a) (Promise a) ! async:delay))
(define async:delay (%case-lambda
  ((milliseconds)
    "A promise of a value, or nil, after some milliseconds.
    (await (async:delay 1 :done)) => :done"
    (%op async:delay milliseconds (%delay milliseconds nil)))
  ((milliseconds value) (%op async:delay milliseconds value (%delay milliseconds value)))))

(define (%delay milliseconds value)
  (if (%is-number milliseconds) nil (%argument-error "async:delay" 1 "a Number" milliseconds))
  (let ((promise (%new-promise true)))
    (%after promise (%div-exact milliseconds 1000) (tuple true value))
    promise))

(%sig async:timeout (((Promise a) Number) (Promise a) ! async:timeout))
(define (async:timeout p seconds)
  "A promise with the outcome of p, or rejected with timeout if there is none within some seconds.
    (try (await (async:timeout (async:delay 5000) 0.01)) (catch (e) (get e \"type\"))) => \"timeout\""
  (%op async:timeout p seconds
    (let ((next (%new-promise true)))
      (%awaited "async:timeout" p)
      (if (%is-number seconds) nil (%argument-error "async:timeout" 2 "a Number" seconds))
      (let ((late (%error-from-nowhere "timeout" (%str ["async:timeout: no value within " seconds " seconds"])))
            (timer (%after next seconds (tuple false late))))
        (%when-settled p (lambda (outcome)
          (%settle next outcome)
          (%cancel timer))))
      next)))

(%sig async:cancel (((or (Promise Any) %Goroutine)) Nil ! async:cancel error))
(define (async:cancel work)
  "Raises cancelled in the goroutine that works for a promise, or in a goroutine, at its next waiting point; nil. Its `finally` clauses
run. Nothing if it has ended.
    (let ((p (async:delay 1000))) (async:cancel p) (try (await p) (catch (e) (get e \"type\")))) => \"cancelled\""
  (%op async:cancel work
    (cond
      ((%is-fiber work)
        (%cancel work)
        nil)
      ((%not (%is-promise work)) (%argument-error "async:cancel" 1 "a Promise or a goroutine" work))
      ((%is-tuple (%handle-get work 0)) nil)
      (else
        (%look-at work)
        (let ((before (%handle-swap work 1 nil :done))
              (fiber (%handle-get work 1)))
          (if (%is-fiber fiber) (%cancel fiber) nil)
          (if (or before (%handle-get work 4))
              (%settle work (tuple false (%error-from-nowhere "cancelled" "the promise was cancelled")))
              nil)
          nil)))))

; ---- one promise from many

; Checks that the argument is a List of promises; they count as awaited then.
(define (%all-awaited function promises)
  (if (%is-list promises) nil (%argument-error function 1 "a List" promises))
  (loop ((l promises))
    (if (%is-cons l)
        (do
          (if (%is-promise (%head l))
              (%look-at (%head l))
              (%argument-error function 1 "a List of Promises" promises))
          (recur (%tail l)))
        nil)))

(%sig async:all (((List (Promise a))) (Promise (List a)) ! async:all))
(define (async:all promises)
  "A promise of the List of all values. The first error rejects it.
    (await (async:all [(async:delay 2 1) (async:delay 1 2)])) => [1 2]"
  (%op async:all promises
    (let ((all (%new-promise true)))
      (%all-awaited "async:all" promises)
      (loop ((l promises))
        (if (%is-cons l)
            (do
              (%when-settled (%head l) (lambda (outcome) (if (%tuple-ref outcome 0) nil (%settle all outcome))))
              (recur (%tail l)))
            nil))
      (%collect all promises [] (lambda (outcome) (%tuple-ref outcome 1)))
      all)))

(%sig async:all-settled (((List (Promise a))) (Promise (List (Dict String Any))) ! async:all-settled))
(define (async:all-settled promises)
  "A promise of what became of each: a List of Dicts with \"status\", which is \"fulfilled\" or \"rejected\", and \"value\" or \"error\".
    (await (async:all-settled [(async:delay 1 5)])) => [{\"status\" \"fulfilled\" \"value\" 5}]"
  (%op async:all-settled promises
    (let ((all (%new-promise true)))
      (%all-awaited "async:all-settled" promises)
      (%collect all promises [] (lambda (outcome)
        (match outcome
          ((tuple true value) {"status" "fulfilled" "value" value})
          ((tuple _ err) {"status" "rejected" "error" err}))))
      all)))

; Settles a promise with what `part` gives for each outcome, one promise after the other.
(define (%collect all promises parts part)
  (if (%is-cons promises)
      (%when-settled (%head promises) (lambda (outcome)
        (%collect all (%tail promises) (%cons (part outcome) parts) part)))
      (%settle all (tuple true (%list-reverse parts)))))

(%sig async:race (((List (Promise a))) (Promise a) ! async:race error))
(define (async:race promises)
  "A promise with the outcome of the first one that has any. Raises empty-error when there is none.
    (await (async:race [(async:delay 1000 :slow) (async:delay 1 :fast)])) => :fast"
  (%op async:race promises
    (let ((first (%new-promise true)))
      (%some-awaited "async:race" promises)
      (loop ((l promises))
        (if (%is-cons l)
            (do
              (%when-settled (%head l) (lambda (outcome) (%settle first outcome)))
              (recur (%tail l)))
            nil))
      first)))

(define (%some-awaited function promises)
  (%all-awaited function promises)
  (if (%is-cons promises) nil (%raise "empty-error" (%str2 function ": there is no promise in the List") nil)))

(%sig async:any (((List (Promise a))) (Promise a) ! async:any error))
(define (async:any promises)
  "A promise of the first value. If all are rejected, so is it, with the error that came last. Raises empty-error when there is none.
    (await (async:any [(promise (lambda (resolve reject) (reject \"no\"))) (async:delay 1 5)])) => 5"
  (%op async:any promises
    (let ((any (%new-promise true)))
      (%some-awaited "async:any" promises)
      (loop ((l promises))
        (if (%is-cons l)
            (do
              (%when-settled (%head l) (lambda (outcome) (if (%tuple-ref outcome 0) (%settle any outcome) nil)))
              (recur (%tail l)))
            nil))
      (%all-failed any promises nil false)
      any)))

; When all have failed: settles a promise with the outcome that came last. `waited`: `last` is the outcome of one that had to be waited
; for, so that those after it which were settled by then came before.
(define (%all-failed any promises last waited)
  (if (%is-cons promises)
      (let ((state (%handle-get (%head promises) 0)))
        (if (%is-tuple state)
            (%all-failed any (%tail promises) (if waited last state) waited)
            (%when-settled (%head promises) (lambda (outcome) (%all-failed any (%tail promises) outcome true)))))
      (%settle any last)))

; ---- pools: [(tuple free jobs)], how many more jobs may run, and a queue of (tuple promise handlers f)

(%sig concurrent:worker-pool ((Int) %WorkerPool ! concurrent:worker-pool error))
(define (concurrent:worker-pool n)
  "A pool that runs up to n jobs at a time. Raises domain-error below 1.
    (await (concurrent:submit (concurrent:worker-pool 2) (lambda () 5))) => 5"
  (%op concurrent:worker-pool n
    (%handle 5 [(tuple (%positive "concurrent:worker-pool" n) (queue-new))])))
(%sig concurrent:submit ((%WorkerPool (Function a ! e)) (Promise Any) ! concurrent:submit e))
(define (concurrent:submit pool f)
  "A promise of what f gives, which is called without arguments as soon as fewer jobs than the pool's number run.
    (await (concurrent:submit (concurrent:worker-pool 1) (lambda () (+ 1 2)))) => 3"
  (%op concurrent:submit pool f
    (let ((promise (%new-promise false)))
      (if (%is-handle pool 5) nil (%argument-error "concurrent:submit" 1 "a worker-pool" pool))
      (%callback "concurrent:submit" f)
      (%add-job pool (tuple promise (%covering) f))
      promise)))

(define (%add-job pool job)
  (match (%handle-get pool 0)
    ((as (tuple free jobs) state)
      (let ((starts (%gt free 0))
            (next (if starts (tuple (%sub free 1) jobs) (tuple free (queue-enqueue jobs job)))))
        (cond
          ((%not (%handle-swap pool 0 state next)) (%add-job pool job))
          (starts (%start-job pool job))
          (else nil))))))

(define (%start-job pool job)
  (match job
    ((tuple promise handlers f)
      (%go
        (lambda (_)
          (%work-for promise f)
          (%next-job pool))
        handlers))))

; A job has ended: the next one, if there is any.
(define (%next-job pool)
  (match (%handle-get pool 0)
    ((as (tuple free jobs) state)
      (if (queue-empty? jobs)
          (if (%handle-swap pool 0 state (tuple (%add free 1) jobs)) nil (%next-job pool))
          (match (queue-dequeue jobs)
            ((tuple job rest)
              (if (%handle-swap pool 0 state (tuple free rest)) (%start-job pool job) (%next-job pool))))))))
