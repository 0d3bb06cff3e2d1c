; Numbers: arithmetic, comparison, functions of the reals, bits, conversion.
;
; Each docstring ends with examples, `expression => value`. Names that start with % are
; primitives or private to the library.

(define pi 3.141592653589793)
(define e 2.718281828459045)
(define tau 6.283185307179586)

; ---- arithmetic

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

(define - (%case-lambda
  ((a)
    "The difference; of one number, its negation.
    (- 10 1 2) => 7"
    (%neg a))
  ((a b) (%sub a b))
  ((a b ...rest)
    (loop ((difference (%sub a b)) (xs rest))
      (if (%is-cons xs) (recur (%sub difference (%head-unchecked xs)) (%tail-unchecked xs)) difference)))))

(define / (%case-lambda
  ((a)
    "The quotient: an Int if it is exact, else a Float; of one number, its reciprocal.
    (/ 7 2) => 3.5"
    (%div-exact 1 a))
  ((a b) (%div-exact a b))
  ((a b ...rest)
    (loop ((quotient (%div-exact a b)) (xs rest))
      (if (%is-cons xs) (recur (%div-exact quotient (%head-unchecked xs)) (%tail-unchecked xs)) quotient)))))

(define (quot a b)
  "The quotient rounded towards zero.
    (quot -7 2) => -3"
  (%quot a b))
(define (rem a b)
  "The remainder of quot, with the sign of a.
    (rem -7 2) => -1"
  (%rem a b))
(define (div a b)
  "The quotient rounded down.
    (div -7 2) => -4"
  (%div a b))
(define (mod a b)
  "The remainder of div, with the sign of b.
    (mod -7 2) => 1"
  (%mod a b))

(define (abs x)
  "The absolute value.
    (abs -2.5) => 2.5"
  (if (%is-fixnum x) (if (%lt x 0) (%neg x) x) (%abs x)))
(define (neg x)
  "The negation.
    (neg 3) => -3"
  (if (%is-number x) (%neg x) (%argument-error "neg" 1 "a Number" x)))
(define (inc x)
  "One more.
    (inc 5) => 6"
  (if (%is-number x) (%add x 1) (%argument-error "inc" 1 "a Number" x)))
(define (dec x)
  "One less.
    (dec 5) => 4"
  (if (%is-number x) (%sub x 1) (%argument-error "dec" 1 "a Number" x)))

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
(define == (%case-lambda
  ((_a)
    "The same as =.
    (== 1 1.0) => true"
    true)
  ((a b) (%eq a b))
  ((a b c ...rest) (apply = a b c rest))))
(define not= (%case-lambda
  ((_a)
    "Whether not all are equal.
    (not= 1 2) => true"
    false)
  ((a b) (%not (%eq a b)))
  ((a b c ...rest) (%not (apply = a b c rest)))))
(define != (%case-lambda
  ((_a)
    "The same as not=.
    (!= 1 2) => true"
    false)
  ((a b) (%not (%eq a b)))
  ((a b c ...rest) (%not (apply = a b c rest)))))

; All pairs are looked at, so that a wrong argument is an error wherever it stands.
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

(define (compare a b)
  "-1, 0 or 1, as a comes before b, is equal or comes after it; both of one kind.
    (compare [1 2] [1 3]) => -1"
  (%compare a b))

(define (zero? x)
  "Whether a number is 0.
    (zero? 0.0) => true"
  (if (%is-number x) (%eq x 0) (%argument-error "zero?" 1 "a Number" x)))
(define (positive? x)
  "Whether a number is above 0.
    (positive? 3) => true"
  (if (%is-number x) (%lt 0 x) (%argument-error "positive?" 1 "a Number" x)))
(define (negative? x)
  "Whether a number is below 0.
    (negative? 3) => false"
  (if (%is-number x) (%lt x 0) (%argument-error "negative?" 1 "a Number" x)))
(define (even? n)
  "Whether an Int is a multiple of 2.
    (even? -4) => true"
  (if (%is-int n) (%eq (%bit-and n 1) 0) (%argument-error "even?" 1 "an Int" n)))
(define (odd? n)
  "Whether an Int is no multiple of 2.
    (odd? -3) => true"
  (if (%is-int n) (%eq (%bit-and n 1) 1) (%argument-error "odd?" 1 "an Int" n)))

(define (number? x)
  "Whether x is an Int or a Float.
    (number? 1.5) => true"
  (%is-number x))
(define (int? x)
  "Whether x is an Int.
    (int? 1.0) => false"
  (%is-int x))
(define (float? x)
  "Whether x is a Float.
    (float? 1.0) => true"
  (%is-float x))
(define (nan? x)
  "Whether a number is not a number.
    (nan? +nan) => true"
  (if (%is-number x) (%not (%eq x x)) (%argument-error "nan?" 1 "a Number" x)))

; ---- rounding and functions of the reals

(define (float x)
  "The nearest Float.
    (float 3) => 3.0"
  (%float x))
(define (int x)
  "An Int, rounded towards zero.
    (int -2.9) => -2"
  (%int x))
(define (floor x)
  "An Int, rounded down.
    (floor -2.1) => -3"
  (%floor x))
(define (ceil x)
  "An Int, rounded up.
    (ceil 2.1) => 3"
  (%ceil x))
(define (round x)
  "The nearest Int, half to even.
    (round 2.5) => 2"
  (%round x))
(define (round-to x places)
  "Rounded to decimal places.
    (round-to 3.14159 2) => 3.14"
  (%round-to x places))
(define (sqrt x)
  "The square root; raises domain-error below 0.
    (sqrt 16) => 4.0"
  (%sqrt x))
(define (pow x y)
  "x to the power of y; an Int for Ints if y is not negative.
    (pow 2 10) => 1024"
  (%pow x y))
(define (exp x)
  "e to the power of x.
    (exp 0) => 1.0"
  (%exp x))
(define (log x)
  "The natural logarithm; raises domain-error at or below 0.
    (log 1) => 0.0"
  (%log x))
(define (log2 x)
  "The logarithm to base 2; raises domain-error at or below 0.
    (log2 8) => 3.0"
  (%log2 x))
(define (log10 x)
  "The logarithm to base 10; raises domain-error at or below 0.
    (log10 1000) => 3.0"
  (%log10 x))
(define (sin x)
  "The sine of an angle in radians.
    (sin 0) => 0.0"
  (%sin x))
(define (cos x)
  "The cosine of an angle in radians.
    (cos 0) => 1.0"
  (%cos x))
(define (tan x)
  "The tangent of an angle in radians.
    (tan 0) => 0.0"
  (%tan x))
(define (asin x)
  "The arc sine, in radians.
    (asin 0) => 0.0"
  (%asin x))
(define (acos x)
  "The arc cosine, in radians.
    (acos 1) => 0.0"
  (%acos x))
(define (atan x)
  "The arc tangent, in radians.
    (atan 0) => 0.0"
  (%atan x))
(define (atan2 y x)
  "The angle of the point (x, y), in radians.
    (atan2 0.0 1.0) => 0.0"
  (%atan2 y x))
(define (hypot x y)
  "The length of the vector (x, y).
    (hypot 3 4) => 5.0"
  (%hypot x y))
(define (degrees x)
  "An angle in degrees from one in radians.
    (degrees pi) => 180.0"
  (if (%is-number x) (%mul (%float x) 57.29577951308232) (%argument-error "degrees" 1 "a Number" x)))
(define (radians x)
  "An angle in radians from one in degrees.
    (= (radians 180) pi) => true"
  (if (%is-number x) (%mul (%float x) 0.017453292519943295) (%argument-error "radians" 1 "a Number" x)))

; ---- integers

(define (gcd a b)
  "The greatest common divisor.
    (gcd 12 18) => 6"
  (%gcd a b))
(define (lcm a b)
  "The least common multiple.
    (lcm 4 6) => 12"
  (cond ((not (%is-int a)) (%argument-error "lcm" 1 "an Int" a))
        ((not (%is-int b)) (%argument-error "lcm" 2 "an Int" b))
        ((or (%eq a 0) (%eq b 0)) 0)
        (else (%abs (%mul a (%quot b (%gcd a b)))))))
(define (factorial n)
  "n!; raises domain-error below 0.
    (factorial 5) => 120"
  (%factorial n))
(define (bit-and a b)
  "The bits set in both Ints.
    (bit-and 12 10) => 8"
  (%bit-and a b))
(define (bit-or a b)
  "The bits set in either Int.
    (bit-or 12 10) => 14"
  (%bit-or a b))
(define (bit-xor a b)
  "The bits set in one of the Ints.
    (bit-xor 12 10) => 6"
  (%bit-xor a b))
(define (bit-not a)
  "All bits inverted.
    (bit-not 0) => -1"
  (%bit-not a))
(define (shift-left a n)
  "a times 2 to the power of n.
    (shift-left 1 10) => 1024"
  (%shift-left a n))
(define (shift-right a n)
  "a divided by 2 to the power of n, rounded down.
    (shift-right -5 1) => -3"
  (%shift-right a n))

; ---- over Lists

(define (sum xs)
  "The sum of a List of numbers.
    (sum [1 2 3]) => 6"
  (if (%is-list xs)
      (loop ((sum 0) (xs xs))
        (if (%is-cons xs) (recur (%add sum (%head-unchecked xs)) (%tail-unchecked xs)) sum))
      (%argument-error "sum" 1 "a List" xs)))
(define (product xs)
  "The product of a List of numbers.
    (product [2 3 4]) => 24"
  (if (%is-list xs)
      (loop ((product 1) (xs xs))
        (if (%is-cons xs) (recur (%mul product (%head-unchecked xs)) (%tail-unchecked xs)) product))
      (%argument-error "product" 1 "a List" xs)))
(define (mean xs)
  "The arithmetic mean of a List of numbers; raises empty-error.
    (mean [1 2 4 5]) => 3"
  (cond ((%is-cons xs) (%div-exact (sum xs) (%list-length xs)))
        ((%is-list xs) (%raise "empty-error" "mean: the List is empty" nil))
        (else (%argument-error "mean" 1 "a List" xs))))

; ---- text

(define parse-int (%case-lambda
  ((s)
    "The Int that a text is, in a radix from 2 to 36; else raises parse-error.
    (parse-int \"ff\" 16) => 255"
    (%parse-int s 10))
  ((s radix) (%parse-int s radix))))
(define (parse-float s)
  "The Float that a text is; else raises parse-error.
    (parse-float \"2.50\") => 2.5"
  (%parse-float s))
(define number->string (%case-lambda
  ((n)
    "The text of a number; of an Int, in any radix from 2 to 36.
    (number->string 255 16) => \"ff\""
    (%number->string n 10))
  ((n radix) (%number->string n radix))))
