; Goroutines and channels. The forms `go`, `parallel`, `scope` and `select` become calls of the functions here whose names begin with %
; (docs/design/concurrency.md).
;
; A goroutine is a fiber of the runtime. Its function ends with an outcome: (tuple true value), (tuple false error), or, when nobody had
; asked for the error, (tuple false error cell), where the cell keeps the error until someone has looked at it.

; What f gives or raises. What leaves a goroutine by unwinding goes on here: that is the error of a clause that covers it.
(define (%outcome f)
  (%try (tuple true (f))
    (catch (thrown)
      (match thrown
        ((tuple _ continue) (%outcome continue))
        (_ (tuple false thrown))))))

; An error that nobody looked at is reported at the end of the program, but for one of a cancellation: who cancels knows.
(define (%unseen err)
  (if (%eq (%dict-get err "type" nil) "cancelled") nil (%failure err)))

; ---- goroutines

(%sig %start (((Function Any ! e)) %Goroutine ! concurrent:go e))
(define (%start f)
  (let ((group (%open-group)))
    (if (%is-nil group)
        (%go
          (lambda (_)
            (match (%outcome f)
              ((tuple false err) (tuple false err (%unseen err)))
              (outcome outcome)))
          (%covering))
        (%start-in group f))))

(%sig concurrent:join ((%Goroutine) Any ! concurrent:join error))
(define (concurrent:join goroutine)
  "Waits until a goroutine has ended: its value; its error is raised.
    (concurrent:join (go (+ 1 2))) => 3"
  (%op concurrent:join goroutine
    (if (%is-fiber goroutine)
        (%value-of (%join goroutine))
        (%argument-error "concurrent:join" 1 "a goroutine" goroutine))))

; The value of an outcome. Its error is raised, as by error:raise.
(define (%value-of outcome)
  (match outcome
    ((tuple true value) value)
    ((tuple _ err) (error:raise err))
    ((tuple _ err cell)
      (if (%is-nil cell) nil (%cell-set cell nil))
      (error:raise err))))

; ---- groups of goroutines: what `parallel` and `scope` wait for
;
; A group is a handle; its state changes by swaps only. The first error makes the group fail: then its members are cancelled, and so is
; the body of the scope. A member leaves when it has done all that, so that no cancellation comes after the group has ended.
;
;   state   (tuple members err body): the Set of the members' fibers; the first error or nil; the fiber that runs the body, nil when
;           that has ended. nil: the group has ended
;   empty   a channel with room for one: a member that leaves a group without others sends

(define (%new-group body)
  (%handle 6 [(tuple #{} nil body) (%gate 1 6)]))

; The innermost `scope` around; nil if there is none or it has ended. It stands among the handlers in force, so that goroutines inherit
; it as they do handlers.
(define (%open-group)
  (let ((entry (%find-clause (tuple :%scope :%scope :%scope))))
    (if (%is-nil entry)
        nil
        (let ((group (%tuple-ref entry 2)))
          (if (%is-nil (%handle-get group 0)) nil group)))))

; A new member of a group, which calls f; its goroutine. Who starts it is a member or the body: the group does not end meanwhile.
(define (%start-in group f)
  (let ((fiber (%go
                 (lambda (_) (%member-ended group (%outcome f)))
                 (%covering)))
        (err (%enter-or-leave group fiber)))
    (if (%is-nil err) nil (%cancel fiber))
    fiber))

; What a member's function gives in the end. A scope that had ended before this one entered it does not see its error.
(define (%member-ended group outcome)
  (match outcome
    ((tuple false err) :when (%is-nil (%handle-get group 0)) (tuple false err (%unseen err)))
    (_
      (match outcome
        ((tuple false err) (%fail-group group err))
        (_ nil))
      (%enter-or-leave group (%current))
      outcome)))

; A fiber that is no member enters a group, one that is leaves it: the error of the group or nil. So it does not matter whether a fiber
; has ended before who started it says that it entered.
(define (%enter-or-leave group fiber)
  (match (%handle-get group 0)
    ((as (tuple members err body) state)
      (let ((others (if (%set-has members fiber) (%set-remove members fiber) (%set-add members fiber))))
        (if (%handle-swap group 0 state (tuple others err body))
            (do
              (if (%same (%set-size others) 0) (%chan-try-send (%handle-get group 1) true) nil)
              err)
            (%enter-or-leave group fiber))))
    (_ nil)))

; Cancels all members, and the body, for an error; nothing if there was one before.
(define (%fail-group group cause)
  (match (%handle-get group 0)
    ((as (tuple members nil body) state)
      (if (%handle-swap group 0 state (tuple members cause body))
          (do
            (%cancel-all (%set-to-list members))
            (if (%is-nil body) nil (%cancel body)))
          (%fail-group group cause)))
    (_ nil)))

(define (%cancel-all fibers)
  (loop ((l fibers))
    (if (%is-cons l)
        (do
          (%cancel (%head l))
          (recur (%tail l)))
        nil)))

; Waits until a group has no members, which ends it: the error that made it fail, or nil. An error here, such as `cancelled`, makes it
; fail too; a second one that is no cancellation goes out at once.
(define (%end-group group)
  (%try (%await-members group)
    (catch (thrown)
      (match (%handle-get group 0)
        ((tuple _ nil _)
          (%fail-group group thrown)
          (%end-group group))
        (_ (if (%eq (%dict-get thrown "type" nil) "cancelled") (%end-group group) (%rethrow thrown)))))))

(define (%await-members group)
  (match (%handle-get group 0)
    ((as (tuple members err _) state)
      (if (%same (%set-size members) 0)
          (if (%handle-swap group 0 state nil) err (%await-members group))
          (do
            (%chan-receive (%handle-get group 1))
            (%await-members group))))
    (_ nil)))

(%sig %parallel (((Rest (Function Any ! e))) %Tuple ! concurrent:go error e))
(define (%parallel ...branches)
  (let ((group (%new-group nil))
        (fibers (loop ((l branches) (acc []))
                  (if (%is-cons l)
                      (recur (%tail l) (%cons (%start-in group (%head l)) acc))
                      (%list-reverse acc))))
        (err (%end-group group)))
    (if (%is-nil err)
        (loop ((l fibers) (acc []))
          (if (%is-cons l)
              (recur (%tail l) (%cons (%value-of (%join (%head l))) acc))
              (%list->tuple (%list-reverse acc))))
        (error:raise err))))

(%sig %scope (((Function a ! e)) a ! concurrent:scope error e))
(define (%scope f)
  (let ((group (%new-group (%current)))
        (outer (%handlers)))
    (%set-handlers (tuple outer :%scope group 5 group outer))
    (%end-scope group outer (%try (tuple true (f)) (catch (thrown) (tuple false thrown))))))

; The body of a scope has ended with a value or with what it threw.
(define (%end-scope group outer ended)
  (%set-handlers outer)
  (%body-ended group)
  (match ended
    ((tuple false thrown) (%fail-group group thrown))
    (_ nil))
  (let ((err (%end-group group)))
    (match ended
      ((tuple false thrown)
        (if (or (%is-tuple thrown) (%is-nil err) (%same thrown err)) (%rethrow thrown) (%raise-of-member err)))
      ((tuple _ value) (if (%is-nil err) value (%raise-of-member err))))))

; Raises the error of a member, which has cancelled the body. That may have ended before it came to wait: then it is still to be
; cancelled, and waiting for no time at all takes that away.
(define (%raise-of-member err)
  (%try (%select [] 0) (catch (_) nil))
  (error:raise err))

; From now on nothing cancels the body.
(define (%body-ended group)
  (match (%handle-get group 0)
    ((as (tuple members err _) state)
      (if (%handle-swap group 0 state (tuple members err nil)) nil (%body-ended group)))
    ; a continuation of the body was resumed once more, after the group had ended
    (_ nil)))

; ---- channels

(%sig chan (() (Channel Any)) ((Int) (Channel Any) ! error))
(define chan (%case-lambda
  (()
    "A channel: what one goroutine sends another one receives. With a number it has room for so many values; without, who sends waits
for who receives. Raises domain-error for a number below 0 or above 2^32.
    (let ((c (chan 1))) (send! c 5) (get (receive! c) \"value\")) => 5"
    (%chan 0))
  ((room)
    (if (%is-int room)
        (if (or (%lt room 0) (%gt room 4294967296))
            (%raise "domain-error" "chan: the room must be a number from 0 to 4294967296" room)
            (%chan room))
        (%argument-error "chan" 1 "an Int" room)))))

(%sig send! (((Channel a) Any) Bool ! concurrent:send!))
(define (send! channel value)
  "Sends a value: waits for room or, where the channel has none, for who receives. true, or false if the channel is or gets closed.
    (send! (chan 1) 5) => true"
  (%chan-send channel value))
(%sig try-send! (((Channel a) Any) Bool ! concurrent:send!))
(define (try-send! channel value)
  "Sends a value if that takes no waiting: whether it was sent.
    (try-send! (chan) 5) => false"
  (%chan-try-send channel value))
(%sig concurrent:send (((Channel a) Any) Bool ! concurrent:send error))
(define (concurrent:send channel value)
  "The same as send!, but raises channel-error if the channel is or gets closed. true.
    (concurrent:send (chan 1) 5) => true"
  (%op concurrent:send channel value
    (cond
      ((%not (%is-channel channel)) (%argument-error "concurrent:send" 1 "a Channel" channel))
      ((%chan-send channel value) true)
      (else (%raise "channel-error" "concurrent:send: the channel is closed" nil)))))

; What receiving gives; v is undef when the channel is closed and empty.
(define (%received v)
  (let ((ended (%same v (%undef))))
    {"value" (if ended nil v) "ok" (%not ended)}))
(%sig receive! (((Channel a)) (Dict String Any) ! concurrent:receive!))
(define (receive! channel)
  "Waits for a value: a Dict with \"value\" and \"ok\", which is false once the channel is closed and empty.
    (let ((c (chan 1))) (concurrent:close c) (receive! c)) => {\"value\" nil \"ok\" false}"
  (%received (%chan-receive channel)))
(%sig try-receive! (((Channel a)) (Dict String Any) ! concurrent:receive!))
(define (try-receive! channel)
  "As receive!, but never waits: \"ok\" is false if there is no value.
    (try-receive! (chan)) => {\"value\" nil \"ok\" false}"
  (%received (%chan-try-receive channel)))

(%sig concurrent:close (((Channel a)) Nil ! concurrent:close error))
(define (concurrent:close channel)
  "Closes a channel: nothing more can be sent, what is in it can still be received, and who waits for it goes on. nil. Raises
channel-error if it is closed already.
    (let ((c (chan))) (concurrent:close c) (closed? c)) => true"
  (%op concurrent:close channel
    (cond
      ((%not (%is-channel channel)) (%argument-error "concurrent:close" 1 "a Channel" channel))
      ((%chan-close channel) nil)
      (else (%raise "channel-error" "concurrent:close: the channel is closed already" nil)))))
(%sig closed? (((Channel a)) Bool ! concurrent:closed?))
(define (closed? channel)
  "Whether a channel was closed.
    (closed? (chan)) => false"
  (%chan-closed channel))

; Chooses among cases, (tuple channel) to receive and (tuple channel value) to send: the number of the case and what was received, nil
; from a closed channel. It waits for ever (seconds is nil), for some seconds, or not at all (false); -1 when none was ready in time.
(%sig %select-one (((List %Tuple) (or Number Nil Bool)) (Tuple Int Any) ! concurrent:select error))
(define (%select-one cases seconds)
  (match (%select cases seconds)
    ((as (tuple number value) chosen)
      (cond
        ((%same value (%undef)) (tuple number nil))
        ((and (%same value false) (%same (%tuple-size (%nth cases number)) 2))
          (%raise "channel-error" "select: the channel to send to is closed" nil))
        (else chosen)))))

; What the cases of a `select` are made by, which is where their parts are checked.
(%sig %receive! (((Channel a)) %Tuple))
(define (%receive! channel)
  (if (%is-channel channel) (tuple channel) (%argument-error "receive!" 1 "a Channel" channel)))
(%sig %send! (((Channel a) Any) %Tuple))
(define (%send! channel value)
  (if (%is-channel channel) (tuple channel value) (%argument-error "send!" 1 "a Channel" channel)))
(%sig %timeout ((Number) Number))
(define (%timeout seconds)
  (if (%is-number seconds) seconds (%argument-error "timeout" 1 "a Number" seconds)))
