(define c (chan))
(select ((receive! 5) (lambda (v) v)) ((timeout "x") (lambda () 1)) ((send! "no channel" 1) (lambda () 1)))
(with-lock 5 1)
(concurrent:join (chan))
(concurrent:lock (concurrent:semaphore 1))
(+ 1 (go 1))
(async:all [1 2])
(async:then (async:delay 1 2) (lambda () 1))
(define (f) : (Promise Int) (await (async:delay 1 2)))
(define (g (channel : (Channel Int))) (send! channel 1))
(g 5)
; a body is a function of its own: that a `try` is around it makes no warning of the error
(try (scope (concurrent:join 1)) (catch (e) 1))
(try (go (concurrent:join 1)) (catch (e) 1))
; what is dropped for its effect gives no warning
(go (send! c 1))
(receive! c)
(try-send! c 1)
;! error E0304: argument 1 of `receive!` must be `(Channel Any)`, and is `Int`
;!   2:9: this is `Int`
;!   = help: pass a value of type `(Channel Any)`, or test the value first
;! error E0304: argument 1 of `timeout` must be `Number`, and is `String`
;!   2:49: this is `String`
;!   = help: `parse-int` and `parse-float` read numbers from Strings
;! error E0304: argument 1 of `send!` must be `(Channel Any)`, and is `String`
;!   2:69: this is `String`
;!   = help: pass a value of type `(Channel Any)`, or test the value first
;! error E0304: argument 1 of `with-lock` must be `Mutex`, and is `Int`
;!   3:12: this is `Int`
;!   = help: pass a value of type `Mutex`, or test the value first
;! error E0304: argument 1 of `concurrent:join` must be `Goroutine`, and is `(Channel Any)`
;!   4:18: this is `(Channel Any)`
;!   = help: pass a value of type `Goroutine`, or test the value first
;! error E0304: argument 1 of `concurrent:lock` must be `Mutex`, and is `Semaphore`
;!   5:18: this is `Semaphore`
;!   = help: pass a value of type `Mutex`, or test the value first
;! error E0304: argument 2 of `+` must be `Number`, and is `Goroutine`
;!   6:6: this is `Goroutine`
;!   = help: pass a value of type `Number`, or test the value first
;! error E0304: argument 1 of `async:all` must be `(List (Promise Any))`, and is `(List Int)`
;!   7:12: this is `(List Int)`
;!   = help: pass a value of type `(List (Promise Any))`, or test the value first
;! error E0306: `async:then` calls its argument 2 with 1 argument, and this takes no arguments
;!   8:31: this takes no arguments
;!   = help: pass a function that takes 1 argument
;! error E0305: result of f must be `(Promise Int)`, and is `Int`
;!   9:29: this is `Int`
;!   = help: annotate `Int`, or give a value of type `(Promise Int)`
;! error E0304: argument 1 of `g` must be `(Channel Any)`, and is `Int`
;!   11:4: this is `Int`
;!   = help: pass a value of type `(Channel Any)`, or test the value first
;! error E0304: argument 1 of `concurrent:join` must be `Goroutine`, and is `Int`
;!   13:30: this is `Int`
;!   = help: pass a value of type `Goroutine`, or test the value first
;! error E0304: argument 1 of `concurrent:join` must be `Goroutine`, and is `Int`
;!   14:27: this is `Int`
;!   = help: pass a value of type `Goroutine`, or test the value first
