; Regular expressions: the syntax of the Rust crate `regex` (Perl's, without look-around and back references), and so
; every search takes time linear in the text.
;
; A pattern may be given as a String or, compiled and checked beforehand, as a Regex. Either way it is compiled once. A match
; is a Dict: "text", "start" and "end" (positions in characters), "groups" (a List of Strings, nil for a group that took no
; part), "named" (a Dict of the groups that have a name).

(%sig regex ((String) %Regex ! error))
(define (regex pattern)
  "The compiled form of a pattern, a Regex. Raises parse-error.
    (regex \"a+\") => #<regex>
    (try (regex \"a(\") (catch (e) (get e \"type\"))) => \"parse-error\""
  (%regex pattern))

(%sig regex-match (((or %Regex String) String) (or Nil (Dict String Any)) ! error))
(define (regex-match pattern s)
  "The match of the whole of s, or nil. Raises parse-error for a String that is no pattern.
    (get (regex-match \"([0-9]+)-([0-9]+)\" \"10-20\") \"groups\") => [\"10\" \"20\"]
    (regex-match \"[0-9]+\" \"a 10\") => nil"
  (%regex-match pattern s))

(%sig regex-find (((or %Regex String) String) (or Nil (Dict String Any)) ! error))
(define (regex-find pattern s)
  "The first match in s, or nil. Raises parse-error for a String that is no pattern.
    (get (regex-find \"[0-9]+\" \"é 10, 20\") \"start\") => 2
    (regex-find \"(?<y>[0-9]{4})\" \"in 2024\") => {\"text\" \"2024\" \"start\" 3 \"end\" 7 \"groups\" [\"2024\"] \"named\" {\"y\" \"2024\"}}"
  (%regex-find pattern s))

(%sig regex-find-all (((or %Regex String) String) (List (Dict String Any)) ! error))
(define (regex-find-all pattern s)
  "The List of all matches in s that do not overlap. Raises parse-error for a String that is no pattern.
    (map (lambda (m) (get m \"text\")) (regex-find-all \"[0-9]+\" \"1, 22, 333\")) => [\"1\" \"22\" \"333\"]"
  (%regex-find-all pattern s))

(%sig regex-replace (((or %Regex String) String String) String ! error) (((or %Regex String) String (Function (Dict String Any) String ! e)) String ! error e))
(define (regex-replace pattern s new)
  "s with each match replaced: by a String, in which $1 and ${name} stand for groups and $$ for a dollar, or by the String
  that a Function makes of the match. Raises parse-error for a String that is no pattern.
    (regex-replace \"([a-z])([0-9])\" \"a1 b2\" \"$2$1\") => \"1a 2b\"
    (regex-replace \"[a-z]+\" \"one two\" (lambda (m) (string-upper (get m \"text\")))) => \"ONE TWO\""
  (if (%is-function new)
      (%replace-by (%regex-find-all pattern s) s new)
      (%regex-replace pattern s new)))

; s with each of these matches replaced by what f makes of it.
(define (%replace-by matches s f)
  (let ((out (%string-builder)))
    (loop ((rest matches) (at 0))
      (if (%is-cons rest)
          (let ((found (%head-unchecked rest))
                (new (f found)))
            (if (%is-string new) nil (%argument-error "regex-replace" 3 "a Function that gives a String" new))
            (%sb-add out (%substring s at (%dict-get found "start" nil)))
            (%sb-add out new)
            (recur (%tail-unchecked rest) (%dict-get found "end" nil)))
          (%sb-string (%sb-add out (%substring s at nil)))))))

(%sig regex-split (((or %Regex String) String) (List String) ! error))
(define (regex-split pattern s)
  "The List of the texts between the matches. Raises parse-error for a String that is no pattern.
    (regex-split \" *, *\" \"a, b ,c\") => [\"a\" \"b\" \"c\"]"
  (%regex-split pattern s))
