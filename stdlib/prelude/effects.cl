; Effects: what the compiler makes of `handler` forms and of operations. No program calls these (docs/design/effects.md).
;
; The handlers in force are a linked list of entries in the context, innermost first; nil when there is none. A handler has an
; entry for each clause, those of whole kinds outside of those of operations:
;
;   (tuple next key function mode frame outer)
;
;   key       the name of the operation or of the kind, a Keyword
;   mode      see below
;   frame     an object that names the handler
;   outer     the entries in force outside of it, where its clauses run
;
;   mode 0    a clause without resume
;        1    a `catch`, which is there to be found only
;        2    a clause that needs the continuation: the handler's body runs in a fiber, whose list begins with its entries
;        3    the same, in what %find-outside gives: `next` is that fiber
;        4    a clause that resumes in tail position or leaves the body
;        5    a clause that always resumes in tail position
;
; Each fiber has a list of its own; where it ends the search goes on in the fiber that waits for it, unless it ends in
; (tuple nil hops list): then with that list, so many fibers further out.
;
; An operation is (tuple key kind name): the Keywords :io:print, :io and :print. A clause that resumes in tail position gives the
; operation's value, or (tuple undef v) where it leaves the body with v.
;
; What leaves a body unwinds the stack as an error does, but is (tuple frame continue): no `catch` sees it, `finally` clauses run, and
; the handler of that frame goes on with (continue).
;
; Where no clause of the program needs a continuation, (%captures) is false, and what is behind it is not there.

; The innermost entry for an operation in this fiber's list, or nil.
(define (%find-inside operation)
  (let ((key (%tuple-ref operation 0))
        (kind (%tuple-ref operation 1)))
    (loop ((entry (%handlers)))
      (if (%is-nil entry)
          nil
          (let ((k (%tuple-ref entry 1)))
            (if (or (%same k key) (%same k kind)) entry (recur (%tuple-ref entry 0))))))))

; The innermost entry for an operation, or nil.
(define (%find-clause operation)
  (let ((entry (%find-inside operation)))
    (if (%captures)
        (if (%is-nil entry) (%find-outside operation) entry)
        entry)))

; Whether a handler in force takes an operation.
(define (%handled operation)
  (if (%captures)
      (not (%is-nil (%find-clause operation)))
      (if (%is-nil (%handlers)) false (not (%is-nil (%find-inside operation))))))

; Performing an operation with so many arguments. The clause of most operations resumes in tail position: it is called here, on the
; performer's stack.
(define (%perform0 operation)
  (match (%find-clause operation)
    ((tuple next key f mode frame outer) :when (and (%same key (%tuple-ref operation 0)) (%lt 1 mode))
      (if (%lt 3 mode)
          (let ((inside (%handlers)))
            (%set-handlers outer)
            (%clause-ended frame inside (%try (f) (catch (e) (%clause-failed frame inside e)))))
          (if (%captures)
              (let ((fiber (if (%same mode 2) (%running-fiber) next)))
                (%fiber-yield-to fiber (tuple (%undef) fiber f)))
              nil)))
    (_ (%perform-list operation []))))
(define (%perform1 operation a)
  (match (%find-clause operation)
    ((tuple next key f mode frame outer) :when (and (%same key (%tuple-ref operation 0)) (%lt 1 mode))
      (if (%lt 3 mode)
          (let ((inside (%handlers)))
            (%set-handlers outer)
            (%clause-ended frame inside (%try (f a) (catch (e) (%clause-failed frame inside e)))))
          (if (%captures)
              (let ((fiber (if (%same mode 2) (%running-fiber) next)))
                (%fiber-yield-to fiber (tuple (%undef) fiber f a)))
              nil)))
    (_ (%perform-list operation [a]))))
(define (%perform2 operation a b)
  (match (%find-clause operation)
    ((tuple next key f mode frame outer) :when (and (%same key (%tuple-ref operation 0)) (%lt 1 mode))
      (if (%lt 3 mode)
          (let ((inside (%handlers)))
            (%set-handlers outer)
            (%clause-ended frame inside (%try (f a b) (catch (e) (%clause-failed frame inside e)))))
          (if (%captures)
              (let ((fiber (if (%same mode 2) (%running-fiber) next)))
                (%fiber-yield-to fiber (tuple (%undef) fiber f a b)))
              nil)))
    (_ (%perform-list operation [a b]))))
(define (%perform3 operation a b c)
  (match (%find-clause operation)
    ((tuple next key f mode frame outer) :when (and (%same key (%tuple-ref operation 0)) (%lt 1 mode))
      (if (%lt 3 mode)
          (let ((inside (%handlers)))
            (%set-handlers outer)
            (%clause-ended frame inside (%try (f a b c) (catch (e) (%clause-failed frame inside e)))))
          (if (%captures)
              (let ((fiber (if (%same mode 2) (%running-fiber) next)))
                (%fiber-yield-to fiber (tuple (%undef) fiber f a b c)))
              nil)))
    (_ (%perform-list operation [a b c]))))

; Performing with a List of arguments, whatever the clause.
(define (%perform-list operation arguments)
  (match (%find-clause operation)
    ((tuple next key f mode frame outer)
      (let ((own (%same key (%tuple-ref operation 0)))
            (arguments (if own arguments [(%tuple-ref operation 2) arguments])))
        (cond
          ((%same mode 0) (%leave frame (lambda () (%apply f arguments))))
          ((%lt 3 mode)
            (let ((inside (%handlers)))
              (%set-handlers outer)
              (%clause-ended frame inside
                (%try (%apply f arguments) (catch (e) (%clause-failed frame inside e))))))
          (else
            (if (%captures)
                (let ((fiber (if (%same mode 2) (%running-fiber) next)))
                  (%fiber-yield-to fiber (tuple (%undef) fiber f arguments nil nil nil)))
                nil)))))
    (_
      (let ((name (%keyword->string (%tuple-ref operation 0))))
        (%raise "unhandled-effect" (%str2 "no handler takes the operation " name) arguments)))))

; Performing error:raise with an error Dict. Only a clause that may resume runs here; any other is found by unwinding.
(define (%perform-error operation err)
  (match (%find-clause operation)
    ((tuple next key f mode frame outer) :when (%lt 1 mode)
      (let ((inside (%handlers))
            (whole (%same key (%tuple-ref operation 1))))
        (if (%lt 3 mode)
            (do
              (%set-handlers outer)
              (%clause-ended frame inside
                (%try (%take-error f whole err) (catch (e) (%clause-failed frame inside e)))))
            (if (%captures)
                (let ((fiber (if (%same mode 2) (%running-fiber) next)))
                  (%fiber-yield-to fiber (%error-request fiber f whole err)))
                nil))))
    (_ (%rethrow err))))

; Calls the clause of a handler for an error.
(define (%take-error f whole err)
  (if whole
      (f err)
      (f (%dict-get err "type" nil) (%dict-get err "message" nil) (%dict-get err "data" nil))))

; A clause that resumes in tail position has ended with v, on the performer's stack.
(define (%clause-ended frame inside v)
  (%set-handlers inside)
  (match v
    ((tuple mark value) :when (%same mark (%undef)) (%leave frame (lambda () value)))
    (_ v)))

; Such a clause threw e. An error is the handler's: the body's own `catch` clauses do not see it.
(define (%clause-failed frame inside e)
  (%set-handlers inside)
  (match e
    ((tuple _ _) (%rethrow e))
    (_ (%leave frame (lambda () (%rethrow e))))))

; Leaves the body of a handler, which goes on with (continue).
(define (%leave frame continue)
  (%rethrow (tuple frame continue)))

; Something unwound the body of a handler up to the handler.
(define (%landed frame thrown)
  (match thrown
    ((tuple f continue) :when (%same f frame) (continue))
    (_ (%rethrow thrown))))

; The same for a handler that takes errors: f is the clause, of the whole kind or not.
(define (%landed-error frame thrown f whole mode)
  (match thrown
    ((tuple target continue) (if (%same target frame) (continue) (%rethrow thrown)))
    (_ (cond
         ((%same mode 0) (%take-error f whole thrown))
         ((%lt 3 mode) (%failure-taken thrown (%take-error f whole thrown)))
         (else (if (%captures) (%answer (%error-request nil f whole thrown)) nil))))))

; A clause that may resume has taken a failure, which cannot be resumed: there is nothing that waits for a value.
(define (%failure-taken err v)
  (match v
    ((tuple mark value) :when (%same mark (%undef)) value)
    (_ (%raise "not-resumable"
         (%str ["only what error:raise or error raised can be resumed, not the failure " (%dict-get err "type" nil) ": "
                (%dict-get err "message" nil)])
         err))))

; ---------------------------------------------------------------- continuations
;
; The body of a handler with a clause that needs the continuation runs in a fiber. Performing an operation for such a clause
; suspends that fiber with a request:
;
;   (tuple undef fiber function argument …)    up to three arguments
;   (tuple undef fiber function arguments nil nil nil)
;
; The request is also what the continuation is known by. It is the first argument of the clause's function, in which
; (resume v) is (%resume request v). The fiber of a failure's request is nil: nothing can be resumed.

; Runs the body of a handler in a fiber of its own: f has a parameter, which is nil.
(%sig %in-fiber (((Function Any a ! e)) a ! e error))
(define (%in-fiber f)
  (%answer (%fiber-resume (%fiber-new f) nil)))

; Goes on with what the fiber of a handler's body gave: a request, or else the handler's value.
(define (%answer out)
  (match out
    ((tuple mark fiber f a) :when (%same mark (%undef)) (f out a))
    ((tuple mark fiber f) :when (%same mark (%undef)) (f out))
    ((tuple mark fiber f a b) :when (%same mark (%undef)) (f out a b))
    ((tuple mark fiber f a b c) :when (%same mark (%undef)) (f out a b c))
    ((tuple mark fiber f arguments _ _ _) :when (%same mark (%undef)) (%apply f (%cons-unchecked out arguments)))
    (_ out)))

(define (%error-request fiber f whole err)
  (if whole
      (tuple (%undef) fiber f err)
      (tuple (%undef) fiber f (%dict-get err "type" nil) (%dict-get err "message" nil) (%dict-get err "data" nil))))

; Resumes a request, once. While the handler stands, what is resumed has effects of the handler's body, of which all know; else
; the compiler says so at the call.
(%sig %resume ((Any Any) Any ! error))
(define (%resume request v)
  (%answer (%fiber-continue (%tuple-ref request 1) request v)))

; Resumes a copy of what made the request, so any number of times.
(%sig %resume-copy ((Any Any) Any ! error))
(define (%resume-copy request v)
  (let ((fiber (%tuple-ref request 1)))
    (if (%is-nil fiber)
        (%fiber-continue fiber request v)
        (%answer (%fiber-resume (%fiber-copy fiber) v)))))

; The one argument that a `resume` was called with; nil if there is none.
(define (%resumed-with arguments)
  (match arguments
    ([] nil)
    ([v] v)
    (_ (%raise "arity-error" "resume takes at most one argument" arguments))))

; A clause has ended with v that resumes only while it runs; (tuple undef v): by resuming with v. If it did not resume, the body
; is left now.
(%sig %clause-done ((Any Any) Any ! error))
(define (%clause-done request v)
  (match v
    ((tuple mark value) :when (%same mark (%undef)) (%resume request value))
    (_ (do (%abandon request) v))))

; Leaves the body that made a request, unless it was resumed: its `finally` clauses run.
(%sig %abandon ((Any) Any ! error))
(define (%abandon request)
  (let ((fiber (%tuple-ref request 1)))
    (if (%fiber-awaits fiber request)
        (%try
          (%answer (%fiber-throw fiber (tuple request nil)))
          (catch (e)
            (match e
              ((tuple r _) :when (%same r request) nil)
              (_ (%rethrow e)))))
        nil)))

; ---------------------------------------------------------------- goroutines

; The handlers that cover a goroutine started here: those in force with their clauses that always resume in tail position.
(define (%covering)
  (%covering-of (%handlers-in-force) nil nil nil))

; Builds the list from the entries in force, from the outermost on. `covering` is what is built so far, `outer` what it was
; before the handler of `frame`.
(define (%covering-of entries covering frame outer)
  (match entries
    ([] covering)
    ([(tuple _ key f mode own _) ...rest]
      (let ((outer (if (%same own frame) outer covering)))
        (%covering-of rest
                      (if (%same mode 5) (tuple covering key f mode own outer) covering)
                      own
                      outer)))))
