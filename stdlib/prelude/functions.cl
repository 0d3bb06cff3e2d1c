; Functions that make, change and call functions.

(%sig apply
  (((Function (Rest Any) b ! e) (List Any)) b ! e)
  (((Function (Rest Any) b ! e) Any (List Any)) b ! e)
  (((Function (Rest Any) b ! e) Any Any (List Any)) b ! e)
  (((Function (Rest Any) b ! e) Any Any Any (Rest Any)) b ! e))
(define apply
  (%case-lambda
    ((f xs)
      "Calls f with the items of a List as arguments; arguments before the List come first.
    (apply max [3 9 2]) => 9
    (apply + 1 2 [3 4]) => 10"
      (if (%is-list xs) (%apply f xs) (%argument-error "apply" 2 "a List" xs)))
    ((f x ...more) (%apply f (%spread x more)))))

; x and the items of `more`, the last of which is a List that gives its items.
(define (%spread x more)
  (loop ((x x) (more more) (position 2) (acc []))
    (if (%is-cons more)
        (recur (%head-unchecked more) (%tail-unchecked more) (%add position 1) (%cons-unchecked x acc))
        (if (%is-list x)
            (%list-reverse-onto acc x)
            (%argument-error "apply" position "a List" x)))))

; f itself, which must be a Function: the argument of a function that names itself.
(define (%function name position f)
  (if (%is-function f) f (%argument-error name position "a Function" f)))

; The List of all arguments of a function that names itself, which must be Functions.
(define (%functions name fs)
  (loop ((l fs) (position 1))
    (if (%is-cons l)
        (do
          (%function name position (%head-unchecked l))
          (recur (%tail-unchecked l) (%add position 1)))
        fs)))

(%sig compose
  (() (Function a a))
  (((Function (Rest Any) b ! e)) (Function (Rest Any) b ! e))
  (((Function b c ! e) (Function (Rest Any) b ! e)) (Function (Rest Any) c ! e))
  (((Function Any c ! e) (Function (Rest Any) Any ! e) (Rest (Function (Rest Any) Any ! e))) (Function (Rest Any) c ! e)))
(define compose
  (%case-lambda
    (()
      "The function that applies the last function to its arguments, the one before it to the result, and so on.
    ((compose inc (lambda (x) (* x 2))) 5) => 11"
      (lambda (x) x))
    ((f) (%function "compose" 1 f))
    ((f g)
      (%function "compose" 1 f)
      (%function "compose" 2 g)
      (lambda (...xs) (f (%apply g xs))))
    ((f g ...more)
      (let ((fs (%functions "compose" (%cons-unchecked f (%cons-unchecked g more))))
            (inner (%pipe-all (%list-reverse (%tail-unchecked fs)))))
        (lambda (...xs) (f (%apply inner xs)))))))

(%sig pipe
  (() (Function a a))
  (((Function (Rest Any) b ! e)) (Function (Rest Any) b ! e))
  (((Function (Rest Any) b ! e) (Function b c ! e)) (Function (Rest Any) c ! e))
  (((Function (Rest Any) Any ! e) (Function Any Any ! e) (Rest (Function Any Any ! e))) (Function (Rest Any) Any ! e)))
(define pipe
  (%case-lambda
    (()
      "The function that applies the first function to its arguments, the second to the result, and so on.
    ((pipe inc (lambda (x) (* x 2))) 5) => 12"
      (lambda (x) x))
    ((f) (%function "pipe" 1 f))
    ((f g)
      (%function "pipe" 1 f)
      (%function "pipe" 2 g)
      (lambda (...xs) (g (%apply f xs))))
    ((f g ...more) (%pipe-all (%functions "pipe" (%cons-unchecked f (%cons-unchecked g more)))))))

; The functions of a non-empty List, the first one first.
(define (%pipe-all fs)
  (lambda (...xs)
    (loop ((v (%apply (%head-unchecked fs) xs)) (fs (%tail-unchecked fs)))
      (if (%is-cons fs)
          (recur ((%head-unchecked fs) v) (%tail-unchecked fs))
          v))))

(%sig flip (((Function a b c ! e)) (Function b a c ! e)))
(define (flip f)
  "The function of two arguments that calls f with them exchanged.
    ((flip -) 1 10) => 9"
  (%function "flip" 1 f)
  (lambda (a b) (f b a)))

(%sig partial (((Function (Rest Any) b ! e) (Rest Any)) (Function (Rest Any) b ! e)))
(define partial
  (%case-lambda
    ((f)
      "The function that calls f with these arguments and then its own.
    ((partial - 10) 3) => 7"
      (%function "partial" 1 f))
    ((f a)
      (%function "partial" 1 f)
      (lambda (...ys) (%apply f (%cons-unchecked a ys))))
    ((f a ...xs)
      (%function "partial" 1 f)
      (lambda (...ys) (%apply f (%cons-unchecked a (%list-append xs ys)))))))

(%sig partial-right (((Function (Rest Any) b ! e) (Rest Any)) (Function (Rest Any) b ! e)))
(define (partial-right f ...xs)
  "The function that calls f with its own arguments and then these.
    ((partial-right - 10) 3) => -7"
  (%function "partial-right" 1 f)
  (lambda (...ys) (%apply f (%list-append ys xs))))

(%sig curry
  (((Function a b ! e)) (Function a b ! e))
  (((Function a b c ! e)) (Function a (Function b c ! e)))
  (((Function (Rest Any) Any ! e)) Any ! e))
(define (curry f)
  "The function that takes the arguments of f one at a time.
    (((curry (lambda (a b) (- a b))) 10) 4) => 6"
  (%function "curry" 1 f)
  (let ((go (lambda (n args)
              (if (%le n 0)
                  (%apply f (%list-reverse args))
                  (lambda (x) (go (%sub n 1) (%cons-unchecked x args)))))))
    (go (arity f) [])))

(%sig uncurry (((Function (Rest Any) Any ! e)) (Function (Rest Any) Any ! e)))
(define (uncurry f)
  "The function that gives its arguments to f one at a time.
    ((uncurry (lambda (a) (lambda (b) (- a b)))) 10 4) => 6"
  (%function "uncurry" 1 f)
  (lambda (...xs)
    (loop ((g f) (l xs))
      (if (%is-cons l)
          (recur (g (%head-unchecked l)) (%tail-unchecked l))
          g))))

(%sig memoize (((Function (Rest Any) b ! e)) (Function (Rest Any) b ! e)))
(define (memoize f)
  "The function that gives what f gives, and calls it once for the same arguments.
    ((memoize (lambda (x) (* x x))) 4) => 16"
  (%function "memoize" 1 f)
  (let ((seen (%dict-new)))
    (lambda (...xs)
      (if (%dict-has seen xs)
          (%dict-get seen xs nil)
          (let ((v (%apply f xs)))
            (set! seen (%dict-set seen xs v))
            v)))))

(%sig complement (((Function (Rest Any) Any ! e)) (Function (Rest Any) Bool ! e)))
(define (complement f)
  "The function that gives whether f gives nil or false.
    ((complement even?) 3) => true"
  (%function "complement" 1 f)
  (lambda (...xs) (not (%apply f xs))))

(%sig juxt (((Rest (Function (Rest Any) b ! e))) (Function (Rest Any) (List b) ! e)))
(define (juxt ...fs)
  "The function that gives the List of what each of the functions gives for its arguments.
    ((juxt inc dec) 5) => [6 4]"
  (%functions "juxt" fs)
  (lambda (...xs)
    (loop ((l fs) (acc []))
      (if (%is-cons l)
          (recur (%tail-unchecked l) (%cons-unchecked (%apply (%head-unchecked l) xs) acc))
          (%list-reverse acc)))))

(%sig tap (((Function a Any ! e) a) a ! e))
(define (tap f x)
  "Calls f with x and gives x.
    (tap (lambda (x) (* x 2)) 5) => 5"
  (f x)
  x)

(%sig |>
  ((a) a)
  ((a (Function a b ! e)) b ! e)
  ((Any (Rest (Function Any Any ! e))) Any ! e))
(define (|> x ...fs)
  "The value of the last function, where each gets what the one before gave, the first x.
    (|> 5 inc (lambda (x) (* x 2))) => 12"
  (loop ((v x) (l fs))
    (if (%is-cons l)
        (recur ((%head-unchecked l) v) (%tail-unchecked l))
        v)))

(%sig <| (((Function a b ! e) a) b ! e))
(define (<| f x)
  "Calls f with x.
    (<| inc 5) => 6"
  (f x))
