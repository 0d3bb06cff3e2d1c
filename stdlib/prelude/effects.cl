; Effects: what the compiler makes of `handler` forms and of operations. No program calls these (docs/design/effects.md).
;
; The handlers in force are a linked list of entries in the context, innermost first; nil when there is none. A handler has an
; entry for each clause, those of whole kinds outside of those of operations:
;
;   (tuple next key function mode frame outer)
;
;   key       the name of the operation or of the kind, a Keyword
;   mode      0: a clause without resume; 1: one that resumes in tail position; 2: a `catch`, which is there to be found only
;   frame     an object that names the handler
;   outer     the entries in force outside of it, where its clauses run
;
; An operation is (tuple key kind name): the Keywords :io:print, :io and :print. A clause that resumes in tail position gives the
; operation's value, or (tuple undef v) where it leaves the body with v.
;
; What leaves a body unwinds the stack as an error does, but is (tuple frame continue): no `catch` sees it, `finally` clauses run, and
; the handler of that frame goes on with (continue).

; The innermost entry for an operation, or nil.
(define (%find-clause operation)
  (let ((key (%tuple-ref operation 0))
        (kind (%tuple-ref operation 1)))
    (loop ((entry (%handlers)))
      (if (%is-nil entry)
          nil
          (let ((k (%tuple-ref entry 1)))
            (if (or (%same k key) (%same k kind)) entry (recur (%tuple-ref entry 0))))))))

; Whether a handler in force takes an operation.
(define (%handled operation)
  (if (%is-nil (%handlers)) false (not (%is-nil (%find-clause operation)))))

; Performing an operation with so many arguments. The clause of most operations resumes in tail position: it is called here, on the
; performer's stack.
(define (%perform0 operation)
  (match (%find-clause operation)
    ((tuple _ key f 1 frame outer) :when (%same key (%tuple-ref operation 0))
      (let ((inside (%handlers)))
        (%set-handlers outer)
        (%clause-ended frame inside (%try (f) (catch (e) (%clause-failed frame inside e))))))
    (_ (%perform-list operation []))))
(define (%perform1 operation a)
  (match (%find-clause operation)
    ((tuple _ key f 1 frame outer) :when (%same key (%tuple-ref operation 0))
      (let ((inside (%handlers)))
        (%set-handlers outer)
        (%clause-ended frame inside (%try (f a) (catch (e) (%clause-failed frame inside e))))))
    (_ (%perform-list operation [a]))))
(define (%perform2 operation a b)
  (match (%find-clause operation)
    ((tuple _ key f 1 frame outer) :when (%same key (%tuple-ref operation 0))
      (let ((inside (%handlers)))
        (%set-handlers outer)
        (%clause-ended frame inside (%try (f a b) (catch (e) (%clause-failed frame inside e))))))
    (_ (%perform-list operation [a b]))))
(define (%perform3 operation a b c)
  (match (%find-clause operation)
    ((tuple _ key f 1 frame outer) :when (%same key (%tuple-ref operation 0))
      (let ((inside (%handlers)))
        (%set-handlers outer)
        (%clause-ended frame inside (%try (f a b c) (catch (e) (%clause-failed frame inside e))))))
    (_ (%perform-list operation [a b c]))))

; Performing with a List of arguments, whatever the clause.
(define (%perform-list operation arguments)
  (match (%find-clause operation)
    ((tuple _ key f mode frame outer)
      (let ((inside (%handlers))
            (own (%same key (%tuple-ref operation 0)))
            (arguments (if own arguments [(%tuple-ref operation 2) arguments])))
        (if (%same mode 0)
            (%leave frame (lambda () (%apply f arguments)))
            (do
              (%set-handlers outer)
              (%clause-ended frame inside
                (%try (%apply f arguments) (catch (e) (%clause-failed frame inside e))))))))
    (_
      (let ((name (%keyword->string (%tuple-ref operation 0))))
        (%raise "unhandled-effect" (%str2 "no handler takes the operation " name) arguments)))))

; Performing error:raise with an error Dict. Only a clause that may resume runs here; any other is found by unwinding.
(define (%perform-error operation err)
  (match (%find-clause operation)
    ((tuple _ key f 1 frame outer)
      (let ((inside (%handlers))
            (whole (%same key (%tuple-ref operation 1))))
        (%set-handlers outer)
        (%clause-ended frame inside
          (%try (%take-error f whole err) (catch (e) (%clause-failed frame inside e))))))
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

; The same for a handler that takes errors: f is the clause, of the whole kind or not; it may resume or not.
(define (%landed-error frame thrown f whole resumes)
  (match thrown
    ((tuple target continue) (if (%same target frame) (continue) (%rethrow thrown)))
    (_ (if resumes
           (%failure-taken thrown (%take-error f whole thrown))
           (%take-error f whole thrown)))))

; A clause that may resume has taken a failure, which cannot be resumed: there is nothing that waits for a value.
(define (%failure-taken err v)
  (match v
    ((tuple mark value) :when (%same mark (%undef)) value)
    (_ (%raise "not-resumable"
         (%str ["only what error:raise or error raised can be resumed, not the failure " (%dict-get err "type" nil) ": "
                (%dict-get err "message" nil)])
         err))))

; The handlers that cover a goroutine started here.
(define (%covering)
  nil)
