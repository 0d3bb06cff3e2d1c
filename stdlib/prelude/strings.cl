; Strings and Bytes. Positions count characters (Unicode scalar values) from 0.

; ---- making

(define str (%case-lambda
  (()
    "The display forms of its arguments, joined.
    (str 1 \"a\" :k) => \"1a:k\""
    "")
  ((a) (%to-string a))
  ((a b) (%str2 a b))
  ((a b c ...rest) (%str (%cons a (%cons b (%cons c rest)))))))
(define string-concat (%case-lambda
  (()
    "The same as str.
    (string-concat \"x\" 1) => \"x1\""
    "")
  ((a) (%to-string a))
  ((a b) (%str2 a b))
  ((a b c ...rest) (%str (%cons a (%cons b (%cons c rest)))))))
(define (to-string x)
  "The display form.
    (to-string [1 \"a\"]) => \"[1 \\\"a\\\"]\""
  (%to-string x))
(define (to-source x)
  "The form that reads back as the same value.
    (to-source \"a\") => \"\\\"a\\\"\""
  (%to-source x))
(define (format template ...args)
  "A template with {} replaced by display forms and {:.2} by numbers with decimals.
    (format \"{} is {:.2}\" \"pi\" pi) => \"pi is 3.14\""
  (%format template args))

(define (string-builder)
  "A mutable text to add to.
    (sb-string (sb-add! (string-builder) \"a\")) => \"a\""
  (%string-builder))
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
(define (sb-string sb)
  "The text of a builder.
    (sb-string (string-builder)) => \"\""
  (%sb-string sb))

; ---- looking

(define (string-length s)
  "The number of characters.
    (string-length \"abc\") => 3"
  (%string-length s))
(define (string-empty? s)
  "Whether there are no characters.
    (string-empty? \"\") => true"
  (%eq (%string-length s) 0))
(define (char-at s i)
  "The character at a position; raises index-error.
    (char-at \"abc\" 1) => \"b\""
  (%char-at s i))
(define substring (%case-lambda
  ((s start)
    "The text from start to before end; raises index-error.
    (substring \"hello\" 1 3) => \"el\""
    (%substring s start nil))
  ((s start end) (%substring s start (%end "substring" end)))))
(define string-slice (%case-lambda
  ((s start)
    "The same as substring.
    (string-slice \"hello\" 1 3) => \"el\""
    (%substring s start nil))
  ((s start end) (%substring s start (%end "string-slice" end)))))
; nil is no position: it stands for a missing argument in the primitive only.
(define (%end function end) (if (%is-nil end) (%argument-error function 3 "an Int" end) end))
(define (string-contains? s part)
  "Whether part is in s.
    (string-contains? \"hello\" \"ell\") => true"
  (%string-contains s part))
(define (string-starts-with? s part)
  "Whether s begins with part.
    (string-starts-with? \"hello\" \"he\") => true"
  (%string-starts-with s part))
(define (string-ends-with? s part)
  "Whether s ends with part.
    (string-ends-with? \"hello\" \"lo\") => true"
  (%string-ends-with s part))
(define (string-index-of s part)
  "The first position of part in s, or nil.
    (string-index-of \"hello\" \"l\") => 2"
  (%string-index-of s part))
(define (string-compare a b)
  "-1, 0 or 1 by code points.
    (string-compare \"a\" \"b\") => -1"
  (%string-compare a b))
(define (char-code c)
  "The code point of a character.
    (char-code \"A\") => 65"
  (%char-code c))
(define (code-char n)
  "The character of a code point; raises domain-error.
    (code-char 97) => \"a\""
  (%code-char n))

; ---- changing

(define (string-upper s)
  "In upper case.
    (string-upper \"straße\") => \"STRASSE\""
  (%string-upper s))
(define (string-lower s)
  "In lower case.
    (string-lower \"ÀB\") => \"àb\""
  (%string-lower s))
(define (string-upcase s)
  "The same as string-upper.
    (string-upcase \"x\") => \"X\""
  (%string-upper s))
(define (string-downcase s)
  "The same as string-lower.
    (string-downcase \"Y\") => \"y\""
  (%string-lower s))
(define (string-trim s)
  "Without white space at both ends.
    (string-trim \" x \") => \"x\""
  (%string-trim s))
(define (string-trim-left s)
  "Without white space at the start.
    (string-trim-left \" x\") => \"x\""
  (%string-trim-left s))
(define (string-trim-right s)
  "Without white space at the end.
    (string-trim-right \"x \") => \"x\""
  (%string-trim-right s))
(define (string-replace s old new)
  "Each old in s replaced by new.
    (string-replace \"banana\" \"an\" \"AN\") => \"bANANa\""
  (%string-replace s old new))
(define (string-repeat s n)
  "s, n times.
    (string-repeat \"ab\" 3) => \"ababab\""
  (%string-repeat s n))
(define string-pad-left (%case-lambda
  ((s width)
    "With padding at the start up to a width.
    (string-pad-left \"7\" 3 \"0\") => \"007\""
    (%string-pad-left s width " "))
  ((s width fill) (%string-pad-left s width fill))))
(define string-pad-right (%case-lambda
  ((s width)
    "With padding at the end up to a width.
    (string-pad-right \"7\" 3 \".\") => \"7..\""
    (%string-pad-right s width " "))
  ((s width fill) (%string-pad-right s width fill))))
(define (string-reverse s)
  "The characters in reverse.
    (string-reverse \"abc\") => \"cba\""
  (%string-reverse s))

; ---- taking apart and putting together

(define (string-split s separator)
  "The List of parts between separators; the characters for \"\".
    (string-split \"a,b,,c\" \",\") => [\"a\" \"b\" \"\" \"c\"]"
  (%string-split s separator))
(define string-join (%case-lambda
  ((xs)
    "The Strings of a List with a separator between.
    (string-join [\"a\" \"b\"] \"-\") => \"a-b\""
    (%string-join xs ""))
  ((xs separator) (%string-join xs separator))))
(define (string-lines s)
  "The List of lines.
    (string-lines \"a\\nb\\n\") => [\"a\" \"b\"]"
  (%string-lines s))
(define (string-words s)
  "The List of words.
    (string-words \" a  b \") => [\"a\" \"b\"]"
  (%string-words s))
(define (string->list s)
  "The List of characters.
    (string->list \"ab\") => [\"a\" \"b\"]"
  (%string->list s))
(define (list->string xs)
  "A List of Strings, joined.
    (list->string [\"a\" \"b\"]) => \"ab\""
  (%list->string xs))
(define (string->symbol s)
  "The Symbol of a name.
    (to-source (string->symbol \"a\")) => \"'a\""
  (%string->symbol s))
(define (symbol->string s)
  "The name of a Symbol.
    (symbol->string 'a) => \"a\""
  (%symbol->string s))
(define (keyword->string k)
  "The name of a Keyword.
    (keyword->string :a) => \"a\""
  (%keyword->string k))

; ---- Bytes

(define (bytes ...items)
  "Bytes of Ints from 0 to 255.
    (bytes 1 2) => (bytes 1 2)"
  (%bytes items))
(define (string->bytes s)
  "The UTF-8 of a text.
    (string->bytes \"é\") => (bytes 195 169)"
  (%string->bytes s))
(define (bytes->string b)
  "The text of UTF-8; else raises utf8-error.
    (bytes->string (bytes 104 105)) => \"hi\""
  (%bytes->string b))
(define (bytes-length b)
  "The number of bytes.
    (bytes-length (bytes 1 2)) => 2"
  (%bytes-length b))
(define (bytes-get b i)
  "The byte at a position; raises index-error.
    (bytes-get (bytes 7 8) 1) => 8"
  (%bytes-get b i))
(define (bytes-slice b start end)
  "The bytes from start to before end.
    (bytes-slice (bytes 1 2 3) 1 3) => (bytes 2 3)"
  (%bytes-slice b start end))
(define (bytes-concat ...parts)
  "Bytes, joined.
    (bytes-concat (bytes 1) (bytes 2)) => (bytes 1 2)"
  (%bytes-concat parts))
