; Coroutines over the runtime's fibers. Not public: what the library's own goroutines, handlers and promises will stand
; on, and what tests of fibers use.

(%sig coroutine-new (((Function Any Any)) Any))
(define (coroutine-new f)
  "A suspended coroutine that will call f, a function of one argument, with what it is first resumed with."
  (%fiber-new (lambda (value) (f value))))

(%sig coroutine-resume ((Any Any) Any ! error))
(define (coroutine-resume coroutine value)
  "Runs a coroutine until it yields or ends: what it yields, or its result. The value is what its coroutine-yield gives.
An error that it does not handle is raised here."
  (%fiber-resume coroutine value))

(%sig coroutine-yield ((Any) Any ! error))
(define (coroutine-yield value)
  "Suspends the running coroutine: its coroutine-resume gives the value. Gives what it is next resumed with."
  (%fiber-yield value))

(%sig coroutine-status ((Any) Keyword ! error))
(define (coroutine-status coroutine)
  "What a coroutine is doing: :suspended, :running, :waiting for one that it resumed, or :ended."
  (let ((status (%fiber-status coroutine)))
    (cond
      ((%same status 0) :suspended)
      ((%same status 1) :running)
      ((%same status 2) :waiting)
      (else :ended))))

(%sig coroutine-copy ((Any) Any ! error))
(define (coroutine-copy coroutine)
  "A suspended coroutine in the same state as a suspended one: each goes on by itself."
  (%fiber-copy coroutine))
