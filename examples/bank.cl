; Contracts: what a function requires and what it promises stand beside it, and are checked on every call.
;
;   clc run bank.cl

; Accounts are a Dict from names to cents.

(define (balance accounts name)
  "What a name has; nothing, if it has no account.
    (balance {\"ann\" 5} \"ann\") => 5"
  (get accounts name 0))

(spec:contract deposit
  :requires [(> cents 0)]
  :ensures [(= (balance result name) (+ (balance accounts name) cents))])
(define (deposit accounts name cents)
  "The accounts with more cents under a name."
  (update accounts name (lambda (old) (+ old cents)) 0))

(spec:contract withdraw
  :requires [(> cents 0) (<= cents (balance accounts name))]
  :ensures [(>= (balance result name) 0)])
(define (withdraw accounts name cents)
  "The accounts with fewer cents under a name."
  (set accounts name (- (balance accounts name) cents)))

(spec:contract transfer
  :requires [(not= from to)]
  :ensures [(= (sum (dict-values result)) (sum (dict-values accounts)))])
(define (transfer accounts from to cents)
  "The accounts after a payment: nothing is lost or made."
  (deposit (withdraw accounts from cents) to cents))

(define (attempt thunk)
  (try (thunk)
    (catch (err) (str "refused: " (get err "type")))))

(define (main)
  (let ((accounts {"ann" 1000 "bob" 50}))
    (print (attempt (lambda () (transfer accounts "ann" "bob" 250))))
    (print (attempt (lambda () (transfer accounts "bob" "ann" 250))))
    (print (attempt (lambda () (deposit accounts "bob" (parse-int "-5")))))))
