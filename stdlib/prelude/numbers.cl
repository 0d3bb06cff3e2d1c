; Numbers: arithmetic, comparison, functions of the reals, bits, conversion.
;
; Each docstring ends with examples, `expression => value`. Names that start with % are
; primitives or private to the library.

(%sig pi Float)
; The ratio of the circumference of a circle to its diameter, also as (pi).
;   (round-to pi 4) => 3.1416
(define pi 3.141592653589793)
(%sig e Float)
; The base of natural logarithms, also as (e).
;   (round-to e 4) => 2.7183
(define e 2.718281828459045)
(%sig tau Float)
; Twice pi, also as (tau).
;   (= tau (* 2 pi)) => true
(define tau 6.283185307179586)

; ---- arithmetic

(%sig +
  (((Rest Int)) Int)
  ((Float (Rest Number)) Float)
  ((Number Float (Rest Number)) Float)
  (((Rest Number)) Number))
(define + (%case-lambda
  (()
    "The sum.
    (+ 1 2.5) => 3.5"
    0)
  ((a) (%add a 0))
  ((a b) (%add a b))
  ((a b c) (%add (%add a b) c))
  ((a b c ...rest)
    (loop ((sum (%add (%add a b) c)) (xs rest))
      (if (%is-cons xs) (recur (%add sum (%head-unchecked xs)) (%tail-unchecked xs)) sum)))))

(%sig *
  (((Rest Int)) Int)
  ((Float (Rest Number)) Float)
  ((Number Float (Rest Number)) Float)
  (((Rest Number)) Number))
(define * (%case-lambda
  (()
    "The product.
    (* 6 7) => 42"
    1)
  ((a) (%mul a 1))
  ((a b) (%mul a b))
  ((a b c) (%mul (%mul a b) c))
  ((a b c ...rest)
    (loop ((product (%mul (%mul a b) c)) (xs rest))
      (if (%is-cons xs) (recur (%mul product (%head-unchecked xs)) (%tail-unchecked xs)) product)))))

(%sig -
  ((Int (Rest Int)) Int)
  ((Float (Rest Number)) Float)
  ((Number Float (Rest Number)) Float)
  ((Number (Rest Number)) Number))
(define - (%case-lambda
  ((a)
    "The difference; of one number, its negation.
    (- 10 1 2) => 7"
    (%neg a))
  ((a b) (%sub a b))
  ((a b ...rest)
    (loop ((difference (%sub a b)) (xs rest))
      (if (%is-cons xs) (recur (%sub difference (%head-unchecked xs)) (%tail-unchecked xs)) difference)))))

(%sig /
  ((Float (Rest Number)) Float)
  ((Number Float (Rest Number)) Float)
  ((Number (Rest Number)) Number ! error))
(define / (%case-lambda
  ((a)
    "The quotient: an Int if it is exact, else a Float; of one number, its reciprocal. Raises divide-by-zero for Ints.
    (/ 7 2) => 3.5"
    (%div-exact 1 a))
  ((a b) (%div-exact a b))
  ((a b ...rest)
    (loop ((quotient (%div-exact a b)) (xs rest))
      (if (%is-cons xs) (recur (%div-exact quotient (%head-unchecked xs)) (%tail-unchecked xs)) quotient)))))

(%sig quot
  ((Int Int) Int ! error)
  ((Float Number) Float)
  ((Int Float) Float))
(define (quot a b)
  "The quotient rounded towards zero. Raises divide-by-zero for Ints.
    (quot -7 2) => -3"
  (%quot a b))
(%sig rem
  ((Int Int) Int ! error)
  ((Float Number) Float)
  ((Int Float) Float))
(define (rem a b)
  "The remainder of quot, with the sign of a. Raises divide-by-zero for Ints.
    (rem -7 2) => -1"
  (%rem a b))
(%sig div
  ((Int Int) Int ! error)
  ((Float Number) Float)
  ((Int Float) Float))
(define (div a b)
  "The quotient rounded down. Raises divide-by-zero for Ints.
    (div -7 2) => -4"
  (%div a b))
(%sig mod
  ((Int Int) Int ! error)
  ((Float Number) Float)
  ((Int Float) Float))
(define (mod a b)
  "The remainder of div, with the sign of b. Raises divide-by-zero for Ints.
    (mod -7 2) => 1"
  (%mod a b))

(%sig abs ((Int) Int) ((Float) Float))
(define (abs x)
  "The absolute value.
    (abs -2.5) => 2.5"
  (if (%is-fixnum x) (if (%lt x 0) (%neg x) x) (%abs x)))
(%sig neg ((Int) Int) ((Float) Float))
(define (neg x)
  "The negation.
    (neg 3) => -3"
  (if (%is-number x) (%neg x) (%argument-error "neg" 1 "a Number" x)))
(%sig inc ((Int) Int) ((Float) Float))
(define (inc x)
  "One more.
    (inc 5) => 6"
  (if (%is-number x) (%add x 1) (%argument-error "inc" 1 "a Number" x)))
(%sig dec ((Int) Int) ((Float) Float))
(define (dec x)
  "One less.
    (dec 5) => 4"
  (if (%is-number x) (%sub x 1) (%argument-error "dec" 1 "a Number" x)))

(%sig min
  ((Int (Rest Int)) Int)
  ((Float (Rest Float)) Float)
  ((Number (Rest Number)) Number))
(define min (%case-lambda
  ((a)
    "The least of numbers.
    (min 3 1 2) => 1"
    (if (%is-number a) a (%argument-error "min" 1 "a Number" a)))
  ((a b)
    (if (%is-number a)
        (if (%is-number b) (if (%lt b a) b a) (%argument-error "min" 2 "a Number" b))
        (%argument-error "min" 1 "a Number" a)))
  ((a b ...rest)
    (loop ((best (min a b)) (xs rest))
      (if (%is-cons xs) (recur (min best (%head-unchecked xs)) (%tail-unchecked xs)) best)))))

(%sig max
  ((Int (Rest Int)) Int)
  ((Float (Rest Float)) Float)
  ((Number (Rest Number)) Number))
(define max (%case-lambda
  ((a)
    "The greatest of numbers.
    (max 3 1 2) => 3"
    (if (%is-number a) a (%argument-error "max" 1 "a Number" a)))
  ((a b)
    (if (%is-number a)
        (if (%is-number b) (if (%lt a b) b a) (%argument-error "max" 2 "a Number" b))
        (%argument-error "max" 1 "a Number" a)))
  ((a b ...rest)
    (loop ((best (max a b)) (xs rest))
      (if (%is-cons xs) (recur (max best (%head-unchecked xs)) (%tail-unchecked xs)) best)))))

(%sig clamp
  ((Int Int Int) Int)
  ((Float Float Float) Float)
  ((Number Number Number) Number))
(define (clamp x lo hi)
  "x, but not less than lo nor more than hi.
    (clamp 15 0 10) => 10"
  (cond ((not (%is-number x)) (%argument-error "clamp" 1 "a Number" x))
        ((not (%is-number lo)) (%argument-error "clamp" 2 "a Number" lo))
        ((not (%is-number hi)) (%argument-error "clamp" 3 "a Number" hi))
        ((%lt x lo) lo)
        ((%lt hi x) hi)
        (else x)))

; ---- comparison

(%sig = ((Any (Rest Any)) Bool))
(define = (%case-lambda
  ((_a)
    "Whether all are equal: numbers by value, collections by content.
    (= [1 \"a\"] [1.0 \"a\"]) => true"
    true)
  ((a b) (%eq a b))
  ((a b ...rest)
    (if (%eq a b)
        (loop ((xs rest))
          (if (%is-cons xs) (if (%eq b (%head-unchecked xs)) (recur (%tail-unchecked xs)) false) true))
        false))))
(%sig == ((Any (Rest Any)) Bool))
(define == (%case-lambda
  ((_a)
    "The same as =.
    (== 1 1.0) => true"
    true)
  ((a b) (%eq a b))
  ((a b c ...rest) (apply = a b c rest))))
(%sig not= ((Any (Rest Any)) Bool))
(define not= (%case-lambda
  ((_a)
    "Whether not all are equal.
    (not= 1 2) => true"
    false)
  ((a b) (%not (%eq a b)))
  ((a b c ...rest) (%not (apply = a b c rest)))))
(%sig != ((Any (Rest Any)) Bool))
(define != (%case-lambda
  ((_a)
    "The same as not=.
    (!= 1 2) => true"
    false)
  ((a b) (%not (%eq a b)))
  ((a b c ...rest) (%not (apply = a b c rest)))))

; All pairs are looked at, so that a wrong argument is an error wherever it stands.
(%sig <
  ((Number Number (Rest Number)) Bool)
  ((String String (Rest String)) Bool)
  ((Any) Bool))
(define < (%case-lambda
  ((_a)
    "Whether each number or String is less than the next.
    (< 1 2 3) => true"
    true)
  ((a b) (%lt a b))
  ((a b ...rest)
    (loop ((last b) (xs rest) (found (%lt a b)))
      (if (%is-cons xs)
          (let ((x (%head-unchecked xs)) (next (%lt last x))) (recur x (%tail-unchecked xs) (if found next false)))
          found)))))
(%sig <=
  ((Number Number (Rest Number)) Bool)
  ((String String (Rest String)) Bool)
  ((Any) Bool))
(define <= (%case-lambda
  ((_a)
    "Whether no number or String is more than the next.
    (<= 1 1 2) => true"
    true)
  ((a b) (%le a b))
  ((a b ...rest)
    (loop ((last b) (xs rest) (found (%le a b)))
      (if (%is-cons xs)
          (let ((x (%head-unchecked xs)) (next (%le last x))) (recur x (%tail-unchecked xs) (if found next false)))
          found)))))
(%sig >
  ((Number Number (Rest Number)) Bool)
  ((String String (Rest String)) Bool)
  ((Any) Bool))
(define > (%case-lambda
  ((_a)
    "Whether each number or String is more than the next.
    (> 3 2 1) => true"
    true)
  ((a b) (%gt a b))
  ((a b ...rest)
    (loop ((last b) (xs rest) (found (%gt a b)))
      (if (%is-cons xs)
          (let ((x (%head-unchecked xs)) (next (%gt last x))) (recur x (%tail-unchecked xs) (if found next false)))
          found)))))
(%sig >=
  ((Number Number (Rest Number)) Bool)
  ((String String (Rest String)) Bool)
  ((Any) Bool))
(define >= (%case-lambda
  ((_a)
    "Whether no number or String is less than the next.
    (>= 3 2 2) => true"
    true)
  ((a b) (%ge a b))
  ((a b ...rest)
    (loop ((last b) (xs rest) (found (%ge a b)))
      (if (%is-cons xs)
          (let ((x (%head-unchecked xs)) (next (%ge last x))) (recur x (%tail-unchecked xs) (if found next false)))
          found)))))

(%sig compare
  ((Number Number) Int)
  ((String String) Int)
  (((List Any) (List Any)) Int)
  ((%Tuple %Tuple) Int)
  ((%Data %Data) Int)
  ((Keyword Keyword) Int)
  ((Symbol Symbol) Int)
  ((Bool Bool) Int)
  ((Bytes Bytes) Int)
  ((DateTime DateTime) Int)
  ((Nil Nil) Int))
(define (compare a b)
  "-1, 0 or 1, as a comes before b, is equal or comes after it; both of one kind.
    (compare [1 2] [1 3]) => -1"
  (%compare a b))

(%sig zero? ((Number) Bool))
(define (zero? x)
  "Whether a number is 0.
    (zero? 0.0) => true"
  (if (%is-number x) (%eq x 0) (%argument-error "zero?" 1 "a Number" x)))
(%sig positive? ((Number) Bool))
(define (positive? x)
  "Whether a number is above 0.
    (positive? 3) => true"
  (if (%is-number x) (%lt 0 x) (%argument-error "positive?" 1 "a Number" x)))
(%sig negative? ((Number) Bool))
(define (negative? x)
  "Whether a number is below 0.
    (negative? 3) => false"
  (if (%is-number x) (%lt x 0) (%argument-error "negative?" 1 "a Number" x)))
(%sig even? ((Int) Bool))
(define (even? n)
  "Whether an Int is a multiple of 2.
    (even? -4) => true"
  (if (%is-int n) (%eq (%bit-and n 1) 0) (%argument-error "even?" 1 "an Int" n)))
(%sig odd? ((Int) Bool))
(define (odd? n)
  "Whether an Int is no multiple of 2.
    (odd? -3) => true"
  (if (%is-int n) (%eq (%bit-and n 1) 1) (%argument-error "odd?" 1 "an Int" n)))

(%sig number? ((Any) Bool))
(define (number? x)
  "Whether x is an Int or a Float.
    (number? 1.5) => true"
  (%is-number x))
(%sig int? ((Any) Bool))
(define (int? x)
  "Whether x is an Int.
    (int? 1.0) => false"
  (%is-int x))
(%sig float? ((Any) Bool))
(define (float? x)
  "Whether x is a Float.
    (float? 1.0) => true"
  (%is-float x))
(%sig nan? ((Number) Bool))
(define (nan? x)
  "Whether a number is not a number.
    (nan? +nan) => true"
  (if (%is-number x) (%not (%eq x x)) (%argument-error "nan?" 1 "a Number" x)))

; ---- rounding and functions of the reals

(%sig float ((Number) Float))
(define (float x)
  "The nearest Float.
    (float 3) => 3.0"
  (%float x))
(%sig int ((Int) Int) ((Float) Int ! error))
(define (int x)
  "An Int, rounded towards zero. Raises domain-error for NaN and infinities.
    (int -2.9) => -2"
  (%int x))
(%sig floor ((Int) Int) ((Float) Int ! error))
(define (floor x)
  "An Int, rounded down. Raises domain-error for NaN and infinities.
    (floor -2.1) => -3"
  (%floor x))
(%sig ceil ((Int) Int) ((Float) Int ! error))
(define (ceil x)
  "An Int, rounded up. Raises domain-error for NaN and infinities.
    (ceil 2.1) => 3"
  (%ceil x))
(%sig round ((Int) Int) ((Float) Int ! error))
(define (round x)
  "The nearest Int, half to even. Raises domain-error for NaN and infinities.
    (round 2.5) => 2"
  (%round x))
(%sig round-to ((Int Int) Int) ((Float Int) Float))
(define (round-to x places)
  "Rounded to decimal places.
    (round-to 3.14159 2) => 3.14"
  (%round-to x places))
(%sig sqrt ((Number) Float ! error))
(define (sqrt x)
  "The square root; raises domain-error below 0.
    (sqrt 16) => 4.0"
  (%sqrt x))
(%sig pow
  ((Float Number) Float)
  ((Number Float) Float)
  ((Int Int) Number))
(define (pow x y)
  "x to the power of y; an Int for Ints if y is not negative.
    (pow 2 10) => 1024"
  (%pow x y))
(%sig exp ((Number) Float))
(define (exp x)
  "e to the power of x.
    (exp 0) => 1.0"
  (%exp x))
(%sig log ((Number) Float ! error))
(define (log x)
  "The natural logarithm; raises domain-error at or below 0.
    (log 1) => 0.0"
  (%log x))
(%sig log2 ((Number) Float ! error))
(define (log2 x)
  "The logarithm to base 2; raises domain-error at or below 0.
    (log2 8) => 3.0"
  (%log2 x))
(%sig log10 ((Number) Float ! error))
(define (log10 x)
  "The logarithm to base 10; raises domain-error at or below 0.
    (log10 1000) => 3.0"
  (%log10 x))
(%sig sin ((Number) Float))
(define (sin x)
  "The sine of an angle in radians.
    (sin 0) => 0.0"
  (%sin x))
(%sig cos ((Number) Float))
(define (cos x)
  "The cosine of an angle in radians.
    (cos 0) => 1.0"
  (%cos x))
(%sig tan ((Number) Float))
(define (tan x)
  "The tangent of an angle in radians.
    (tan 0) => 0.0"
  (%tan x))
(%sig asin ((Number) Float))
(define (asin x)
  "The arc sine, in radians.
    (asin 0) => 0.0"
  (%asin x))
(%sig acos ((Number) Float))
(define (acos x)
  "The arc cosine, in radians.
    (acos 1) => 0.0"
  (%acos x))
(%sig atan ((Number) Float))
(define (atan x)
  "The arc tangent, in radians.
    (atan 0) => 0.0"
  (%atan x))
(%sig atan2 ((Number Number) Float))
(define (atan2 y x)
  "The angle of the point (x, y), in radians.
    (atan2 0.0 1.0) => 0.0"
  (%atan2 y x))
(%sig hypot ((Number Number) Float))
(define (hypot x y)
  "The length of the vector (x, y).
    (hypot 3 4) => 5.0"
  (%hypot x y))
(%sig degrees ((Number) Float))
(define (degrees x)
  "An angle in degrees from one in radians.
    (degrees pi) => 180.0"
  (if (%is-number x) (%mul (%float x) 57.29577951308232) (%argument-error "degrees" 1 "a Number" x)))
(%sig radians ((Number) Float))
(define (radians x)
  "An angle in radians from one in degrees.
    (= (radians 180) pi) => true"
  (if (%is-number x) (%mul (%float x) 0.017453292519943295) (%argument-error "radians" 1 "a Number" x)))

; ---- integers

(%sig gcd ((Int Int) Int))
(define (gcd a b)
  "The greatest common divisor.
    (gcd 12 18) => 6"
  (%gcd a b))
(%sig lcm ((Int Int) Int))
(define (lcm a b)
  "The least common multiple.
    (lcm 4 6) => 12"
  (cond ((not (%is-int a)) (%argument-error "lcm" 1 "an Int" a))
        ((not (%is-int b)) (%argument-error "lcm" 2 "an Int" b))
        ((or (%eq a 0) (%eq b 0)) 0)
        (else (%abs (%mul a (%quot b (%gcd a b)))))))
(%sig factorial ((Int) Int ! error))
(define (factorial n)
  "n!; raises domain-error below 0.
    (factorial 5) => 120"
  (%factorial n))
(%sig bit-and ((Int Int) Int))
(define (bit-and a b)
  "The bits set in both Ints.
    (bit-and 12 10) => 8"
  (%bit-and a b))
(%sig bit-or ((Int Int) Int))
(define (bit-or a b)
  "The bits set in either Int.
    (bit-or 12 10) => 14"
  (%bit-or a b))
(%sig bit-xor ((Int Int) Int))
(define (bit-xor a b)
  "The bits set in one of the Ints.
    (bit-xor 12 10) => 6"
  (%bit-xor a b))
(%sig bit-not ((Int) Int))
(define (bit-not a)
  "All bits inverted.
    (bit-not 0) => -1"
  (%bit-not a))
(%sig shift-left ((Int Int) Int ! error))
(define (shift-left a n)
  "a times 2 to the power of n. Raises out-of-memory for an Int that is too large, domain-error for a negative n.
    (shift-left 1 10) => 1024"
  (%shift-left a n))
(%sig shift-right ((Int Int) Int ! error))
(define (shift-right a n)
  "a divided by 2 to the power of n, rounded down. Raises domain-error for a negative n.
    (shift-right -5 1) => -3"
  (%shift-right a n))

; ---- over Lists

(%sig sum (((List Int)) Int) (((List Number)) Number))
(define (sum xs)
  "The sum of a List of numbers.
    (sum [1 2 3]) => 6"
  (if (%is-list xs)
      (loop ((sum 0) (xs xs))
        (if (%is-cons xs) (recur (%add sum (%head-unchecked xs)) (%tail-unchecked xs)) sum))
      (%argument-error "sum" 1 "a List" xs)))
(%sig product (((List Int)) Int) (((List Number)) Number))
(define (product xs)
  "The product of a List of numbers.
    (product [2 3 4]) => 24"
  (if (%is-list xs)
      (loop ((product 1) (xs xs))
        (if (%is-cons xs) (recur (%mul product (%head-unchecked xs)) (%tail-unchecked xs)) product))
      (%argument-error "product" 1 "a List" xs)))
(%sig mean (((List Float)) Float ! error) (((List Number)) Number ! error))
(define (mean xs)
  "The arithmetic mean of a List of numbers; raises empty-error.
    (mean [1 2 4 5]) => 3"
  (cond ((%is-cons xs) (%div-exact (sum xs) (%list-length xs)))
        ((%is-list xs) (%raise "empty-error" "mean: the List is empty" nil))
        (else (%argument-error "mean" 1 "a List" xs))))

; ---- text

(%sig parse-int ((String) Int ! error) ((String Int) Int ! error))
(define parse-int (%case-lambda
  ((s)
    "The Int that a text is, in a radix from 2 to 36; else raises parse-error.
    (parse-int \"ff\" 16) => 255"
    (%parse-int s 10))
  ((s radix) (%parse-int s radix))))
(%sig to-int ((Number) Int ! error) ((String) Int ! error))
(define (to-int x)
  "The older name of int, for Numbers, and of parse-int, for Strings. Raises parse-error or domain-error, as they do.
    (to-int \"12\") => 12
    (to-int 2.7) => 2"
  (if (%is-string x) (parse-int x) (int x)))
(%sig parse-float ((String) Float ! error))
(define (parse-float s)
  "The Float that a text is; else raises parse-error.
    (parse-float \"2.50\") => 2.5"
  (%parse-float s))
(%sig number->string
  ((Number) String)
  ((Int Int) String ! error)
  ((Float Int) String ! error))
(define number->string (%case-lambda
  ((n)
    "The text of a number; of an Int, in any radix from 2 to 36. Raises domain-error for another radix.
    (number->string 255 16) => \"ff\""
    (%number->string n 10))
  ((n radix) (%number->string n radix))))
