; Dates and times: parts, text in both directions, calendar and zones, order and equality.
(define (iso dt) (datetime:iso-format dt))
(define d (datetime:create 2024 2 29 13 5 9))
(print d (type-of d) (datetime:year d) (datetime:month d) (datetime:day d) (datetime:hour d) (datetime:minute d) (datetime:second d)
       (datetime:weekday d))
(print (map (lambda (i) (datetime:weekday (date:create 2024 1 i))) (range 1 8)))

; months end where they end
(print (map (lambda (n) (iso (datetime:add-months (date:create 2024 1 31) n))) [1 2 13 -1 -11]))
(print (iso (datetime:add-days (date:create 2023 12 31) 1)) (iso (datetime:add-days (date:create 2024 3 1) -1)))

; a day is not 24 hours when clocks change
(define before (datetime:create 2024 3 30 12 0 0 "Europe/Berlin"))
(print (iso (datetime:add-days before 1)) (iso (datetime:add-hours before 24)) (datetime:diff-days (datetime:add-days before 1) before)
       (datetime:diff-seconds (datetime:add-days before 1) before))
; 2:30 does not exist, and later exists twice
(print (iso (datetime:create 2024 3 31 2 30 0 "Europe/Berlin")) (iso (datetime:create 2024 10 27 2 30 0 "Europe/Berlin")))
(print (iso (datetime:add-hours (datetime:create 2024 10 27 2 30 0 "Europe/Berlin") 1)))
(print (map (lambda (zone) (iso (datetime:in-zone d zone))) ["America/New_York" "Asia/Kolkata" "+05:45" "UTC" "Australia/Lord_Howe"]))

(print (map (lambda (s) (iso (datetime:parse-iso s)))
            ["2024-03-10" "2024-03-10T12:30" "2024-03-10T12:30:45.125" "2024-03-10 12:30:45Z" "2024-03-10T12:30:45-05:00"
             "2024-07-10T12:30:45+02:00[Europe/Berlin]" "-000044-03-15T12:00:00Z"]))
(print (map (lambda (p) (iso (datetime:parse (tuple-ref p 0) (tuple-ref p 1))))
            [(tuple "10.03.2024" "%d.%m.%Y") (tuple "Mar 10 2024 01:05 PM" "%b %d %Y %I:%M %p")
             (tuple "2024-03-10 12:00:00 +0530" "%Y-%m-%d %H:%M:%S %z") (tuple "1700000000" "%s")]))
(print (datetime:format d "%Y-%m-%d %H:%M:%S %A %B %j %p %% %z %Z"))
(print (datetime:format (datetime:in-zone d "Europe/Berlin") "%e %-H %Z %:z %Q"))

(print (datetime:to-timestamp d) (datetime:to-timestamp (datetime:from-timestamp 0.5)) (iso (datetime:from-timestamp -0.25))
       (iso (datetime:from-timestamp 0 "Asia/Tokyo")) (iso (datetime:from-timestamp 253402207200)))
(let ((t 1732550000.123456)) (print (= t (datetime:to-timestamp (datetime:from-timestamp t)))))

; equal and ordered by the instant
(define same (datetime:in-zone d "Asia/Tokyo"))
(print (= d same) (datetime:equal? d same) (get {d "found"} same) (set-size #{d same}) (compare d same))
(print (datetime:before? d (datetime:add-seconds d 0.001)) (datetime:after? d same)
       (map iso (sort [(date:create 2024 2 1) (date:create 2023 5 1) (date:create 2024 1 1)])))
(print (json-stringify {"at" d}) [d] (str d))
(print (: d DateTime) (match d ((: x DateTime) (datetime:year x)) (_ "other")) (match 5 ((: _x DateTime) "date") (_ "other")))
(print (<= (datetime:diff-seconds (datetime:now) (datetime:utcnow)) 0) (datetime:hour (datetime:today)))

; the clock is an operation: a handler sets it
(print (handler ((time:now (lambda () (resume 1e9)))) (list (iso (datetime:utcnow)) (datetime:to-timestamp (datetime:now)))))
