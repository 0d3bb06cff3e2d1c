; Strings and Bytes. Positions count characters (Unicode scalar values) from 0.

; ---- making

(%sig str (((Rest Any)) String))
(define str (%case-lambda
  (()
    "The display forms of its arguments, joined.
    (str 1 \"a\" :k) => \"1a:k\""
    "")
  ((a) (%to-string a))
  ((a b) (%str2 a b))
  ((a b c ...rest) (%str (%cons a (%cons b (%cons c rest)))))))
(%sig string-concat (((Rest Any)) String))
(define string-concat (%case-lambda
  (()
    "The same as str.
    (string-concat \"x\" 1) => \"x1\""
    "")
  ((a) (%to-string a))
  ((a b) (%str2 a b))
  ((a b c ...rest) (%str (%cons a (%cons b (%cons c rest)))))))
(%sig to-string ((Any) String))
(define (to-string x)
  "The display form.
    (to-string [1 \"a\"]) => \"[1 \\\"a\\\"]\""
  (%to-string x))
(%sig to-source ((Any) String))
(define (to-source x)
  "The form that reads back as the same value.
    (to-source \"a\") => \"\\\"a\\\"\""
  (%to-source x))
(%sig format ((String (Rest Any)) String ! error))
(define (format template ...args)
  "A template with {} replaced by display forms and {:.2} by numbers with decimals.
  Raises format-error if they do not fit together.
    (format \"{} is {:.2}\" \"pi\" pi) => \"pi is 3.14\""
  (%format template args))

(%sig string-builder (() %StringBuilder))
(define (string-builder)
  "A mutable text to add to.
    (sb-string (sb-add! (string-builder) \"a\")) => \"a\""
  (%string-builder))
(%sig sb-add! ((%StringBuilder (Rest String)) %StringBuilder))
(define sb-add! (%case-lambda
  ((sb s)
    "Adds Strings at the end; the builder.
    (sb-string (sb-add! (string-builder) \"a\" \"b\")) => \"ab\""
    (%sb-add sb s))
  ((sb ...parts)
    (loop ((xs parts))
      (if (%is-cons xs)
          (do (%sb-add sb (%head-unchecked xs)) (recur (%tail-unchecked xs)))
          (%sb-add sb ""))))))
(%sig sb-string ((%StringBuilder) String))
(define (sb-string sb)
  "The text of a builder.
    (sb-string (string-builder)) => \"\""
  (%sb-string sb))

; ---- looking

(%sig string-length ((String) Int))
(define (string-length s)
  "The number of characters.
    (string-length \"abc\") => 3"
  (%string-length s))
(%sig string-empty? ((String) Bool))
(define (string-empty? s)
  "Whether there are no characters.
    (string-empty? \"\") => true"
  (if (%is-string s) (%eq s "") (%argument-error "string-empty?" 1 "a String" s)))
(%sig char-at ((String Int) String ! error))
(define (char-at s i)
  "The character at a position; raises index-error.
    (char-at \"abc\" 1) => \"b\""
  (%char-at s i))
(%sig substring ((String Int) String ! error) ((String Int Int) String ! error))
(define substring (%case-lambda
  ((s start)
    "The text from start to before end; raises index-error.
    (substring \"hello\" 1 3) => \"el\""
    (%substring s start nil))
  ((s start end) (%substring s start (%end "substring" end)))))
(%sig string-slice ((String Int) String ! error) ((String Int Int) String ! error))
(define string-slice (%case-lambda
  ((s start)
    "The same as substring. Raises index-error.
    (string-slice \"hello\" 1 3) => \"el\""
    (%substring s start nil))
  ((s start end) (%substring s start (%end "string-slice" end)))))
; nil is no position: it stands for a missing argument in the primitive only.
(define (%end function end) (if (%is-nil end) (%argument-error function 3 "an Int" end) end))
(%sig string-contains? ((String String) Bool))
(define (string-contains? s part)
  "Whether part is in s.
    (string-contains? \"hello\" \"ell\") => true"
  (%string-contains s part))
(%sig string-starts-with? ((String String) Bool))
(define (string-starts-with? s part)
  "Whether s begins with part.
    (string-starts-with? \"hello\" \"he\") => true"
  (%string-starts-with s part))
(%sig string-ends-with? ((String String) Bool))
(define (string-ends-with? s part)
  "Whether s ends with part.
    (string-ends-with? \"hello\" \"lo\") => true"
  (%string-ends-with s part))
(%sig string-index-of ((String String) (or Int Nil)))
(define (string-index-of s part)
  "The first position of part in s, or nil.
    (string-index-of \"hello\" \"l\") => 2"
  (%string-index-of s part))
(%sig string-compare ((String String) Int))
(define (string-compare a b)
  "-1, 0 or 1 by code points.
    (string-compare \"a\" \"b\") => -1"
  (%string-compare a b))
(%sig char-code ((String) Int))
(define (char-code c)
  "The code point of a character.
    (char-code \"A\") => 65"
  (%char-code c))
(%sig code-char ((Int) String ! error))
(define (code-char n)
  "The character of a code point; raises domain-error.
    (code-char 97) => \"a\""
  (%code-char n))

; ---- changing

(%sig string-upper ((String) String))
(define (string-upper s)
  "In upper case.
    (string-upper \"straße\") => \"STRASSE\""
  (%string-upper s))
(%sig string-lower ((String) String))
(define (string-lower s)
  "In lower case.
    (string-lower \"ÀB\") => \"àb\""
  (%string-lower s))
(%sig string-upcase ((String) String))
(define (string-upcase s)
  "The same as string-upper.
    (string-upcase \"x\") => \"X\""
  (%string-upper s))
(%sig string-downcase ((String) String))
(define (string-downcase s)
  "The same as string-lower.
    (string-downcase \"Y\") => \"y\""
  (%string-lower s))
(%sig string-trim ((String) String))
(define (string-trim s)
  "Without white space at both ends.
    (string-trim \" x \") => \"x\""
  (%string-trim s))
(%sig string-trim-left ((String) String))
(define (string-trim-left s)
  "Without white space at the start.
    (string-trim-left \" x\") => \"x\""
  (%string-trim-left s))
(%sig string-trim-right ((String) String))
(define (string-trim-right s)
  "Without white space at the end.
    (string-trim-right \"x \") => \"x\""
  (%string-trim-right s))
(%sig string-replace ((String String String) String))
(define (string-replace s old new)
  "Each old in s replaced by new.
    (string-replace \"banana\" \"an\" \"AN\") => \"bANANa\""
  (%string-replace s old new))
(%sig string-repeat ((String Int) String))
(define (string-repeat s n)
  "s, n times.
    (string-repeat \"ab\" 3) => \"ababab\""
  (%string-repeat s n))
(%sig string-pad-left ((String Int) String) ((String Int String) String))
(define string-pad-left (%case-lambda
  ((s width)
    "With padding at the start up to a width.
    (string-pad-left \"7\" 3 \"0\") => \"007\""
    (%string-pad-left s width " "))
  ((s width fill) (%string-pad-left s width fill))))
(%sig string-pad-right ((String Int) String) ((String Int String) String))
(define string-pad-right (%case-lambda
  ((s width)
    "With padding at the end up to a width.
    (string-pad-right \"7\" 3 \".\") => \"7..\""
    (%string-pad-right s width " "))
  ((s width fill) (%string-pad-right s width fill))))
(%sig string-reverse ((String) String))
(define (string-reverse s)
  "The characters in reverse.
    (string-reverse \"abc\") => \"cba\""
  (%string-reverse s))

; ---- taking apart and putting together

(%sig string-split ((String String) (List String)))
(define (string-split s separator)
  "The List of parts between separators; the characters for \"\".
    (string-split \"a,b,,c\" \",\") => [\"a\" \"b\" \"\" \"c\"]"
  (%string-split s separator))
(%sig string-join (((List String)) String) (((List String) String) String))
(define string-join (%case-lambda
  ((xs)
    "The Strings of a List with a separator between.
    (string-join [\"a\" \"b\"] \"-\") => \"a-b\""
    (%string-join xs ""))
  ((xs separator) (%string-join xs separator))))
(%sig string-lines ((String) (List String)))
(define (string-lines s)
  "The List of lines.
    (string-lines \"a\\nb\\n\") => [\"a\" \"b\"]"
  (%string-lines s))
(%sig string-words ((String) (List String)))
(define (string-words s)
  "The List of words.
    (string-words \" a  b \") => [\"a\" \"b\"]"
  (%string-words s))
(%sig string->list ((String) (List String)))
(define (string->list s)
  "The List of characters.
    (string->list \"ab\") => [\"a\" \"b\"]"
  (%string->list s))
(%sig list->string (((List String)) String))
(define (list->string xs)
  "A List of Strings, joined.
    (list->string [\"a\" \"b\"]) => \"ab\""
  (%list->string xs))
(%sig string->symbol ((String) Symbol))
(define (string->symbol s)
  "The Symbol of a name.
    (to-source (string->symbol \"a\")) => \"'a\""
  (%string->symbol s))
(%sig symbol->string ((Symbol) String))
(define (symbol->string s)
  "The name of a Symbol.
    (symbol->string 'a) => \"a\""
  (%symbol->string s))
(%sig keyword->string ((Keyword) String))
(define (keyword->string k)
  "The name of a Keyword.
    (keyword->string :a) => \"a\""
  (%keyword->string k))

; ---- Bytes

(%sig bytes (((Rest Int)) Bytes ! error))
(define (bytes ...items)
  "Bytes of Ints from 0 to 255. Raises domain-error for other Ints.
    (bytes 1 2) => (bytes 1 2)"
  (%bytes items))
(%sig string->bytes ((String) Bytes))
(define (string->bytes s)
  "The UTF-8 of a text.
    (string->bytes \"é\") => (bytes 195 169)"
  (%string->bytes s))
(%sig bytes->string ((Bytes) String ! error))
(define (bytes->string b)
  "The text of UTF-8; else raises utf8-error.
    (bytes->string (bytes 104 105)) => \"hi\""
  (%bytes->string b))
(%sig bytes-length ((Bytes) Int))
(define (bytes-length b)
  "The number of bytes.
    (bytes-length (bytes 1 2)) => 2"
  (%bytes-length b))
(%sig bytes-get ((Bytes Int) Int ! error))
(define (bytes-get b i)
  "The byte at a position; raises index-error.
    (bytes-get (bytes 7 8) 1) => 8"
  (%bytes-get b i))
(%sig bytes-slice ((Bytes Int Int) Bytes))
(define (bytes-slice b start end)
  "The bytes from start to before end.
    (bytes-slice (bytes 1 2 3) 1 3) => (bytes 2 3)"
  (%bytes-slice b start end))
(%sig bytes-concat (((Rest Bytes)) Bytes))
(define (bytes-concat ...parts)
  "Bytes, joined.
    (bytes-concat (bytes 1) (bytes 2)) => (bytes 1 2)"
  (%bytes-concat parts))
