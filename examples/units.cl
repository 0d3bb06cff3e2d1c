; Converts between units: each argument, or each line of standard input, is a question.
;
;   clc run units.cl "12 km to mi" "100 F to C"

; What one unit is, in the base unit of its kind.
(define factors
  {"m" (tuple :length 1) "km" (tuple :length 1000) "cm" (tuple :length 0.01)
   "mi" (tuple :length 1609.344)
   "ft" (tuple :length 0.3048) "in" (tuple :length 0.0254)
   "g" (tuple :mass 1) "kg" (tuple :mass 1000) "lb" (tuple :mass 453.59237)
   "oz" (tuple :mass 28.349523125)
   "s" (tuple :time 1) "min" (tuple :time 60) "h" (tuple :time 3600) "d" (tuple :time 86400)
   "B" (tuple :data 1) "KiB" (tuple :data 1024) "MiB" (tuple :data (pow 1024 2))
   "GiB" (tuple :data (pow 1024 3))
   "bit" (tuple :data 0.125)})

; Temperatures have a zero of their own: to and from kelvin.
(define temperatures
  {"K" (tuple identity identity)
   "C" (tuple (lambda (t) (+ t 273.15)) (lambda (k) (- k 273.15)))
   "F" (tuple (lambda (t) (/ (* (+ t 459.67) 5) 9)) (lambda (k) (- (/ (* k 9) 5) 459.67)))})

(define (lookup unit)
  (or (get factors unit) (error:raise "unknown-unit" (str "I do not know the unit " unit))))

(define (convert amount from to)
  (match (tuple (get temperatures from) (get temperatures to))
    ((tuple (tuple to-kelvin _) (tuple _2 from-kelvin)) (from-kelvin (to-kelvin amount)))
    (_
      (let (((tuple kind factor) (lookup from)) ((tuple other-kind other-factor) (lookup to)))
        (if (= kind other-kind)
            (/ (* amount factor) other-factor)
            (error:raise "different-kinds"
                         (str from " is " (keyword->string kind) ", " to " is "
                              (keyword->string other-kind))))))))

(define (number text)
  (try (parse-int text)
    (catch (_)
      (try (parse-float text)
        (catch (_) (error:raise "bad-number" (str (to-source text) " is not a number")))))))

(define (show x)
  "Without digits that no one wants: at most six after the point."
  (let ((rounded (round-to (float x) 6)))
    (if (= rounded (round rounded)) (str (round rounded)) (str rounded))))

(define (answer question)
  (match (string-words question)
    ([amount from (or "to" "in" "=") to]
      (str amount " " from " = " (show (convert (number amount) from to)) " " to))
    (_ (error:raise "usage" "ask for example: 12 km to mi"))))

(define (reply question)
  (print (try (answer question) (catch (err) (str question ": " (get err "message"))))))

(define (main args)
  (if (empty? args)
      (loop ()
        (let ((line (read-line)))
          (unless (nil? line) (reply line) (recur))))
      (for-each reply args)))
