; Locks, barriers and wait-groups. Each is made of channels: a mutex and a semaphore are channels with room for as many as may hold
; them, holding is having sent; at a barrier and for a wait-group one waits until a channel, the gate, is closed.
;
; Handles (runtime/abi/src/layout.rs has their numbers) whose state is replaced as a whole, by swaps. The second argument of %gate says
; what its channel is for, which reports tell (runtime/src/control/sched/channel.rs has the list).

; ---- locks

(%sig concurrent:mutex (() %Mutex ! concurrent:mutex))
(define (concurrent:mutex)
  "A lock that one goroutine at a time holds. `(with-lock mutex expression …)` is the way to use it.
    (with-lock (concurrent:mutex) 5) => 5"
  (%op concurrent:mutex (%handle 1 [(%gate 1 1)])))
(%sig concurrent:lock ((%Mutex) Nil ! concurrent:lock))
(define (concurrent:lock mutex)
  "Waits until nobody holds the mutex, then holds it; nil. Who holds it already waits for ever.
    (let ((m (concurrent:mutex))) (concurrent:lock m) (concurrent:unlock m)) => nil"
  (%op concurrent:lock mutex
    (if (%is-handle mutex 1)
        (%hold (%handle-get mutex 0))
        (%argument-error "concurrent:lock" 1 "a mutex" mutex))))
(%sig concurrent:unlock ((%Mutex) Nil ! concurrent:unlock error))
(define (concurrent:unlock mutex)
  "Lets the next one hold the mutex; nil. Raises lock-error if nobody holds it.
    (try (concurrent:unlock (concurrent:mutex)) (catch (e) (get e \"type\"))) => \"lock-error\""
  (%op concurrent:unlock mutex
    (if (%is-handle mutex 1)
        (%let-go (%handle-get mutex 0) "concurrent:unlock: the mutex is not locked")
        (%argument-error "concurrent:unlock" 1 "a mutex" mutex))))

(define (%hold slots)
  (%chan-send slots true)
  nil)
(define (%let-go slots message)
  (if (%same (%chan-try-receive slots) (%undef)) (%raise "lock-error" message nil) nil))

(%sig %with-lock ((%Mutex (Function a ! e)) a ! concurrent:lock concurrent:unlock e))
(define (%with-lock mutex f)
  (concurrent:lock mutex)
  (try (f) (finally (concurrent:unlock mutex))))

(%sig concurrent:semaphore ((Int) %Semaphore ! concurrent:semaphore error))
(define (concurrent:semaphore n)
  "A lock that up to n goroutines hold at a time. Raises domain-error below 1.
    (concurrent:acquire (concurrent:semaphore 2)) => nil"
  (%op concurrent:semaphore n (%handle 2 [(%gate (%positive "concurrent:semaphore" n) 2)])))
(%sig concurrent:acquire ((%Semaphore) Nil ! concurrent:acquire))
(define (concurrent:acquire semaphore)
  "Waits until the semaphore has a place, and takes it; nil.
    (concurrent:acquire (concurrent:semaphore 1)) => nil"
  (%op concurrent:acquire semaphore
    (if (%is-handle semaphore 2)
        (%hold (%handle-get semaphore 0))
        (%argument-error "concurrent:acquire" 1 "a semaphore" semaphore))))
(%sig concurrent:release ((%Semaphore) Nil ! concurrent:release error))
(define (concurrent:release semaphore)
  "Gives a place back; nil. Raises lock-error if none is taken.
    (let ((s (concurrent:semaphore 1))) (concurrent:acquire s) (concurrent:release s)) => nil"
  (%op concurrent:release semaphore
    (if (%is-handle semaphore 2)
        (%let-go (%handle-get semaphore 0) "concurrent:release: no place of the semaphore is taken")
        (%argument-error "concurrent:release" 1 "a semaphore" semaphore))))

; n, an Int of at least 1.
(define (%positive function n)
  (if (%is-int n)
      (if (%lt n 1) (%raise "domain-error" (%str2 function ": the number must be at least 1") n) n)
      (%argument-error function 1 "an Int" n)))

; ---- barriers: [n, (tuple waiting gate)]

(%sig concurrent:barrier ((Int) %Barrier ! concurrent:barrier error))
(define (concurrent:barrier n)
  "A place where n goroutines wait for each other, any number of times. Raises domain-error below 1.
    (concurrent:wait (concurrent:barrier 1)) => nil"
  (%op concurrent:barrier n (%handle 3 [(%positive "concurrent:barrier" n) (tuple 0 (%gate 0 3))])))
(%sig concurrent:wait ((%Barrier) Nil ! concurrent:wait))
(define (concurrent:wait barrier)
  "Waits until as many goroutines as the barrier is for have come to it; nil.
    (let ((b (concurrent:barrier 2))) (go (concurrent:wait b)) (concurrent:wait b)) => nil"
  (%op concurrent:wait barrier
    (if (%is-handle barrier 3)
        (%come-to-barrier barrier)
        (%argument-error "concurrent:wait" 1 "a barrier" barrier))))

(define (%come-to-barrier barrier)
  (match (%handle-get barrier 1)
    ((as (tuple waiting gate) state)
      (let ((is-last (%same (%add waiting 1) (%handle-get barrier 0)))
            (next (if is-last (tuple 0 (%gate 0 3)) (tuple (%add waiting 1) gate))))
        (cond
          ((%not (%handle-swap barrier 1 state next)) (%come-to-barrier barrier))
          (is-last
            (%chan-close gate)
            nil)
          (else
            (%try (%pass gate)
              (catch (thrown)
                (%leave-barrier barrier gate)
                (%rethrow thrown)))))))))

; Waits until a gate is closed.
(define (%pass gate)
  (%chan-receive gate)
  nil)

; Someone who waited goes away; nothing if the gate is open.
(define (%leave-barrier barrier gate)
  (match (%handle-get barrier 1)
    ((as (tuple waiting current) state)
      (if (and (%same current gate) (%not (%handle-swap barrier 1 state (tuple (%sub waiting 1) gate))))
          (%leave-barrier barrier gate)
          nil))))

; ---- wait-groups: [(tuple count gate)]

(%sig concurrent:wait-group (() %WaitGroup ! concurrent:wait-group))
(define (concurrent:wait-group)
  "A count of work to wait for: concurrent:wg-add adds to it, concurrent:wg-done takes one off, concurrent:wg-wait waits for 0.
    (concurrent:wg-wait (concurrent:wait-group)) => nil"
  (%op concurrent:wait-group (%handle 4 [(tuple 0 (%gate 0 4))])))
(%sig concurrent:wg-add ((%WaitGroup) Nil ! concurrent:wg-add error) ((%WaitGroup Int) Nil ! concurrent:wg-add error))
(define concurrent:wg-add (%case-lambda
  ((group)
    "Adds 1, or a number, to the count of a wait-group; nil. Raises domain-error where that would make it negative.
    (let ((w (concurrent:wait-group))) (concurrent:wg-add w 2) (concurrent:wg-add w -2)) => nil"
    (%op concurrent:wg-add group (%count-more "concurrent:wg-add" group 1)))
  ((group n)
    (%op concurrent:wg-add group n
      (if (%is-int n)
          (%count-more "concurrent:wg-add" group n)
          (%argument-error "concurrent:wg-add" 2 "an Int" n))))))
(%sig concurrent:wg-done ((%WaitGroup) Nil ! concurrent:wg-done error))
(define (concurrent:wg-done group)
  "Takes 1 off the count of a wait-group; nil. Raises domain-error at 0.
    (let ((w (concurrent:wait-group))) (concurrent:wg-add w) (concurrent:wg-done w)) => nil"
  (%op concurrent:wg-done group (%count-more "concurrent:wg-done" group -1)))
(%sig concurrent:wg-wait ((%WaitGroup) Nil ! concurrent:wg-wait))
(define (concurrent:wg-wait group)
  "Waits until the count of a wait-group is 0; nil.
    (let ((w (concurrent:wait-group))) (concurrent:wg-add w) (go (concurrent:wg-done w)) (concurrent:wg-wait w)) => nil"
  (%op concurrent:wg-wait group
    (if (%is-handle group 4)
        (match (%handle-get group 0)
          ((tuple 0 _) nil)
          ((tuple _ gate) (%pass gate)))
        (%argument-error "concurrent:wg-wait" 1 "a wait-group" group))))

(define (%count-more function group n)
  (if (%is-handle group 4) nil (%argument-error function 1 "a wait-group" group))
  (match (%handle-get group 0)
    ((as (tuple before gate) state)
      (let ((count (%add before n))
            (next (if (%same count 0) (tuple 0 (%gate 0 4)) (tuple count gate))))
        (cond
          ((%lt count 0) (%raise "domain-error" (%str2 function ": the count would be negative") count))
          ((%not (%handle-swap group 0 state next)) (%count-more function group n))
          ((%same count 0)
            (%chan-close gate)
            nil)
          (else nil))))))
