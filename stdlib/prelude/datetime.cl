; Dates and times. A DateTime is an instant, to the nanosecond, in a time zone; two are equal, and ordered, by their
; instants. A zone is an IANA name ("Europe/Berlin") or an offset ("+05:30").

; ---- making

(%sig datetime:now (() DateTime ! time:now))
(define (datetime:now)
  "The present time in the system's zone. Performs time:now.
    (type-of (datetime:now)) => :datetime"
  (%datetime-from-timestamp (time:now) nil))
(%sig datetime:utcnow (() DateTime ! time:now))
(define (datetime:utcnow)
  "The present time in UTC. Performs time:now.
    (type-of (datetime:utcnow)) => :datetime"
  (%datetime-from-timestamp (time:now) "UTC"))
(%sig datetime:today (() DateTime ! time:now))
(define (datetime:today)
  "The beginning of the present day in the system's zone. Performs time:now.
    (datetime:second (datetime:today)) => 0"
  (%datetime-start-of-day (%datetime-from-timestamp (time:now) nil)))
(%sig datetime:create
  ((Int Int Int) DateTime ! error)
  ((Int Int Int Int Int Int) DateTime ! error)
  ((Int Int Int Int Int Int String) DateTime ! error))
(define datetime:create (%case-lambda
  ((year month day)
    "The DateTime of a date and time, in UTC or the zone given. Raises domain-error for dates and zones that do not exist.
    (datetime:create 2024 3 10 12 30 0 \"Europe/Berlin\") => #<datetime 2024-03-10T12:30:00+01:00>
    (try (datetime:create 2023 2 29) (catch (e) (get e \"type\"))) => \"domain-error\""
    (%datetime-create "datetime:create" [year month day] "UTC"))
  ((year month day hour minute second)
    (%datetime-create "datetime:create" [year month day hour minute second] "UTC"))
  ((year month day hour minute second zone)
    (if (%is-string zone) nil (%argument-error "datetime:create" 7 "a String" zone))
    (%datetime-create "datetime:create" [year month day hour minute second] zone))))
(%sig date:create ((Int Int Int) DateTime ! error))
(define (date:create year month day)
  "The beginning of a day in UTC. Raises domain-error.
    (date:create 2024 2 29) => #<datetime 2024-02-29T00:00:00Z>"
  (%datetime-create "date:create" [year month day] "UTC"))
(%sig datetime:from-timestamp ((Number) DateTime ! error) ((Number String) DateTime ! error))
(define datetime:from-timestamp (%case-lambda
  ((seconds)
    "The DateTime of seconds since 1970-01-01 UTC, in UTC or the zone given. Raises domain-error.
    (datetime:from-timestamp 86400) => #<datetime 1970-01-02T00:00:00Z>"
    (%datetime-from-timestamp seconds "UTC"))
  ((seconds zone)
    (if (%is-string zone) nil (%argument-error "datetime:from-timestamp" 2 "a String" zone))
    (%datetime-from-timestamp seconds zone))))

; ---- text

(%sig datetime:parse ((String String) DateTime ! error))
(define (datetime:parse text pattern)
  "The DateTime of a text in the form of a pattern (%Y %m %d %H %M %S %z and the others of strftime), in UTC where the
  pattern has no zone. Raises parse-error.
    (datetime:parse \"10.03.2024 12:30\" \"%d.%m.%Y %H:%M\") => #<datetime 2024-03-10T12:30:00Z>"
  (%datetime-parse text pattern))
(%sig datetime:parse-iso ((String) DateTime ! error))
(define (datetime:parse-iso text)
  "The DateTime of a text in ISO 8601, in UTC where it has no offset. Raises parse-error.
    (datetime:parse-iso \"2024-03-10T12:30:00+01:00\") => #<datetime 2024-03-10T12:30:00+01:00>
    (datetime:parse-iso \"2024-03-10\") => #<datetime 2024-03-10T00:00:00Z>"
  (%datetime-parse-iso text))
(%sig datetime:format ((DateTime String) String ! error))
(define (datetime:format dt pattern)
  "The text by a pattern as of strftime. Raises format-error.
    (datetime:format (date:create 2024 3 10) \"%A, %d %B %Y\") => \"Sunday, 10 March 2024\""
  (%datetime-format dt pattern))
(%sig datetime:iso-format ((DateTime) String))
(define (datetime:iso-format dt)
  "The text in ISO 8601 (the form of RFC 3339).
    (datetime:iso-format (date:create 2024 3 10)) => \"2024-03-10T00:00:00Z\""
  (%datetime-iso dt))

; ---- parts, where the zone is

(%sig datetime:year ((DateTime) Int))
(define (datetime:year dt)
  "The year.
    (datetime:year (date:create 2024 3 10)) => 2024"
  (%datetime-part "datetime:year" dt 0))
(%sig datetime:month ((DateTime) Int))
(define (datetime:month dt)
  "The month, from 1.
    (datetime:month (date:create 2024 3 10)) => 3"
  (%datetime-part "datetime:month" dt 1))
(%sig datetime:day ((DateTime) Int))
(define (datetime:day dt)
  "The day of the month, from 1.
    (datetime:day (date:create 2024 3 10)) => 10"
  (%datetime-part "datetime:day" dt 2))
(%sig datetime:hour ((DateTime) Int))
(define (datetime:hour dt)
  "The hour, from 0.
    (datetime:hour (datetime:from-timestamp 3600 \"Asia/Tokyo\")) => 10"
  (%datetime-part "datetime:hour" dt 3))
(%sig datetime:minute ((DateTime) Int))
(define (datetime:minute dt)
  "The minute, from 0.
    (datetime:minute (datetime:from-timestamp 90)) => 1"
  (%datetime-part "datetime:minute" dt 4))
(%sig datetime:second ((DateTime) Int))
(define (datetime:second dt)
  "The whole second, from 0.
    (datetime:second (datetime:from-timestamp 90.5)) => 30"
  (%datetime-part "datetime:second" dt 5))
(%sig datetime:weekday ((DateTime) Int))
(define (datetime:weekday dt)
  "The day of the week; Monday is 0.
    (datetime:weekday (date:create 2024 3 10)) => 6"
  (%datetime-part "datetime:weekday" dt 6))
(%sig datetime:to-timestamp ((DateTime) Number))
(define (datetime:to-timestamp dt)
  "Seconds since 1970-01-01 UTC, an Int if they are whole.
    (datetime:to-timestamp (date:create 1970 1 2)) => 86400"
  (%datetime-timestamp dt))

; ---- calculating

(%sig datetime:add-days ((DateTime Int) DateTime ! error))
(define (datetime:add-days dt n)
  "So many days later, at the same time of day. Raises domain-error beyond the years -9999 and 9999.
    (datetime:add-days (datetime:create 2024 3 30 12 0 0 \"Europe/Berlin\") 1) => #<datetime 2024-03-31T12:00:00+02:00>"
  (%datetime-add-calendar "datetime:add-days" dt 0 n))
(%sig datetime:add-months ((DateTime Int) DateTime ! error))
(define (datetime:add-months dt n)
  "So many months later; a day that the month does not have becomes its last.
  Raises domain-error beyond the years -9999 and 9999.
    (datetime:add-months (date:create 2024 1 31) 1) => #<datetime 2024-02-29T00:00:00Z>"
  (%datetime-add-calendar "datetime:add-months" dt n 0))
(%sig datetime:add-hours ((DateTime Number) DateTime ! error))
(define (datetime:add-hours dt n)
  "So many hours later. Raises domain-error beyond the years -9999 and 9999.
    (datetime:add-hours (datetime:create 2024 3 30 12 0 0 \"Europe/Berlin\") 24) => #<datetime 2024-03-31T13:00:00+02:00>"
  (%datetime-add-seconds "datetime:add-hours" dt n 3600))
(%sig datetime:add-minutes ((DateTime Number) DateTime ! error))
(define (datetime:add-minutes dt n)
  "So many minutes later. Raises domain-error beyond the years -9999 and 9999.
    (datetime:add-minutes (date:create 2024 1 1) -1) => #<datetime 2023-12-31T23:59:00Z>"
  (%datetime-add-seconds "datetime:add-minutes" dt n 60))
(%sig datetime:add-seconds ((DateTime Number) DateTime ! error))
(define (datetime:add-seconds dt n)
  "So many seconds later. Raises domain-error beyond the years -9999 and 9999.
    (datetime:add-seconds (date:create 2024 1 1) 0.5) => #<datetime 2024-01-01T00:00:00.5Z>"
  (%datetime-add-seconds "datetime:add-seconds" dt n 1))
(%sig datetime:in-zone ((DateTime String) DateTime ! error))
(define (datetime:in-zone dt zone)
  "The same instant in another zone. Raises domain-error for one that does not exist.
    (datetime:in-zone (date:create 2024 7 1) \"America/New_York\") => #<datetime 2024-06-30T20:00:00-04:00>"
  (%datetime-in-zone dt zone))

; ---- comparing

(%sig datetime:before? ((DateTime DateTime) Bool))
(define (datetime:before? a b)
  "Whether a is earlier.
    (datetime:before? (date:create 2024 1 1) (date:create 2024 1 2)) => true"
  (%lt (%datetime-order "datetime:before?" a b) 0))
(%sig datetime:after? ((DateTime DateTime) Bool))
(define (datetime:after? a b)
  "Whether a is later.
    (datetime:after? (date:create 2024 1 1) (date:create 2024 1 2)) => false"
  (%gt (%datetime-order "datetime:after?" a b) 0))
(%sig datetime:equal? ((DateTime DateTime) Bool))
(define (datetime:equal? a b)
  "Whether both are the same instant.
    (datetime:equal? (date:create 2024 1 1) (datetime:parse-iso \"2024-01-01T01:00:00+01:00\")) => true"
  (%same (%datetime-order "datetime:equal?" a b) 0))
(%sig datetime:diff-seconds ((DateTime DateTime) Number))
(define (datetime:diff-seconds a b)
  "Seconds from b to a, an Int if they are whole.
    (datetime:diff-seconds (date:create 2024 1 2) (date:create 2024 1 1)) => 86400"
  (%datetime-diff "datetime:diff-seconds" a b))
(%sig datetime:diff-days ((DateTime DateTime) Int))
(define (datetime:diff-days a b)
  "Whole days from b to a, by the calendar where the zone of a is.
    (datetime:diff-days (date:create 2024 3 1) (date:create 2024 2 1)) => 29"
  (%datetime-diff-days a b))
