; Macros that are imported, with what they mention and do not export.
(module control (export while-let swap! my-or tally define-pair)
  (define count 0)
  (define (bump! n) (set! count (+ count n)) count)
  (define-syntax while-let
    (syntax-rules ()
      ((while-let (name e) body ...)
       (loop ((going true))
         (when going
           (let ((name e))
             (if name (do body ... (recur true)) nil)))))))
  (define-syntax swap! (syntax-rules () ((swap! a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
  (define-syntax my-or (syntax-rules () ((my-or) false) ((my-or e) e) ((my-or e rest ...) (let ((t e)) (if t t (my-or rest ...))))))
  (define-syntax tally (syntax-rules () ((tally) (bump! 1)) ((tally n) (bump! n))))
  (define-syntax define-pair (syntax-rules () ((define-pair name a b) (define name (list a b))))))
