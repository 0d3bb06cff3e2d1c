; Input and output, files and paths, the process.

; ---- standard streams

(define io:print (%case-lambda
  ((x)
    "Prints display forms with spaces between them, and a newline.
    (io:print [1 \"a\"]) => nil"
    (%print1 x))
  ((...xs) (%print xs))))
(define print (%case-lambda
  ((x)
    "Prints display forms with spaces between them, and a newline.
    (print [1 \"a\"]) => nil"
    (%print1 x))
  ((...xs) (%print xs))))
(define print-line (%case-lambda
  ((x)
    "The same as print.
    (print-line [1 \"a\"]) => nil"
    (%print1 x))
  ((...xs) (%print xs))))
(define (io:write ...xs)
  "Prints display forms with nothing between or after them.
    (io:write \"a\" 1) => nil"
  (%write xs))
(define (io:print-err ...xs)
  "As print, to standard error.
    (io:print-err \"oops\") => nil"
  (%print-err xs))
(define (print-err ...xs)
  "As print, to standard error.
    (print-err \"oops\") => nil"
  (%print-err xs))
(define (io:read-line)
  "The next line of standard input; nil at the end.
    (io:read-line) => nil"
  (%read-line))
(define (read-line)
  "The next line of standard input; nil at the end.
    (read-line) => nil"
  (%read-line))

; ---- the process

(define (io:args)
  "The command-line arguments, a List of Strings.
    (io:args) => []"
  (%args))
(define io:env (%case-lambda
  (()
    "An environment variable, or nil; without a name, all as a Dict.
    (io:env \"NO SUCH\") => nil"
    (%env nil))
  ((name) (if (%is-string name) (%env name) (%argument-error "io:env" 1 "a String" name)))))
(define io:exit (%case-lambda
  (() "Ends the program with an exit status." (%exit 0))
  ((status) (%exit status))))

; ---- files: errors have the types not-found, permission-denied, already-exists, io-error, and the path as data

(define (io:read-file path)
  "The text of a file.
    (try (io:read-file \"/none\") (catch (e) (get e \"type\"))) => \"not-found\""
  (%file-read path))
(define (io:write-file path text)
  "Makes a file with a text; nil."
  (%file-write path text false))
(define (file-read path)
  "The text of a file.
    (try (file-read \"/none\") (catch (e) (get e \"type\"))) => \"not-found\""
  (%file-read path))
(define (file-write path text)
  "Makes a file with a text; nil."
  (%file-write path text false))
(define (file-append path text)
  "Adds a text at the end of a file; nil."
  (%file-write path text true))
(define (file-exists? path)
  "Whether there is a file or folder.
    (file-exists? \"/none\") => false"
  (%file-exists path))
(define (file-delete path)
  "Deletes a file; nil."
  (%file-delete path))
(define (file-read-lines path)
  "The List of lines of a file."
  (%string-lines (%string-replace (%file-read path) "\r\n" "\n")))
(define (file-write-lines path lines)
  "Makes a file of lines, each with a newline; nil."
  (%file-write path (if (%is-cons lines) (%str2 (%string-join lines "\n") "\n") (%string-join lines "")) false))
(define (file-read-bytes path)
  "The Bytes of a file."
  (%file-read-bytes path))
(define (file-write-bytes path content)
  "Makes a file with Bytes; nil."
  (%file-write-bytes path content))
(define (file-size path)
  "The number of bytes in a file."
  (%file-size path))
(define (file-copy from to)
  "Copies a file; nil."
  (%file-copy from to))
(define (file-rename from to)
  "Gives a file or folder another path; nil."
  (%file-rename from to))
(define (dir-list path)
  "The names in a folder, sorted.
    (contains? (dir-list \"/\") \"tmp\") => true"
  (%dir-list path))
(define (dir-create path)
  "Makes a folder, and those that it is in; nil."
  (%dir-create path))
(define (dir-delete path)
  "Deletes an empty folder; nil."
  (%dir-delete path))
(define (current-directory)
  "The path of the folder that relative paths start from."
  (%current-directory))
(define (temp-dir)
  "The path of the folder for temporary files."
  (%temp-dir))

; ---- paths

(define (path-join ...parts)
  "Parts with / between them.
    (path-join \"a\" \"b.txt\") => \"a/b.txt\""
  (%string-join parts "/"))
(define (path-parent path)
  "The path of the folder.
    (path-parent \"a/b.txt\") => \"a\""
  (%path-parent path))
(define (path-name path)
  "The last part.
    (path-name \"a/b.txt\") => \"b.txt\""
  (%path-name path))
(define (path-ext path)
  "The extension, without the dot.
    (path-ext \"a/b.txt\") => \"txt\""
  (%path-ext path))

; ---- data formats

(define (json-parse text)
  "The value of a JSON text; raises parse-error with line and column.
    (json-parse \"[1, null]\") => [1 nil]"
  (%json-parse text))
(define json-stringify (%case-lambda
  ((x)
    "The JSON text of a value, indented by so many spaces if given.
    (json-stringify [1 nil]) => \"[1,null]\""
    (%json-stringify x 0))
  ((x indent) (%json-stringify x indent))))

(define (base64-encode x)
  "Base64 of Bytes or of the UTF-8 of a String.
    (base64-encode \"foob\") => \"Zm9vYg==\""
  (%base64-encode x))
(define (base64-decode s)
  "The Bytes of a base64 text; raises parse-error.
    (bytes->string (base64-decode \"Zm9vYg==\")) => \"foob\""
  (%base64-decode s))
(define (hex-encode x)
  "Two hexadecimal digits for each byte of Bytes or of the UTF-8 of a String.
    (hex-encode (bytes 1 255)) => \"01ff\""
  (%hex-encode x))
(define (hex-decode s)
  "The Bytes of hexadecimal digits; raises parse-error.
    (hex-decode \"01ff\") => (bytes 1 255)"
  (%hex-decode s))
(define (sha256 x)
  "The SHA-256 digest of Bytes or of the UTF-8 of a String, in hexadecimal.
    (substring (sha256 \"abc\") 0 8) => \"ba7816bf\""
  (%sha256 x))
(define csv-parse (%case-lambda
  ((text)
    "The rows of comma-separated text, Lists of Strings; another separator may be given. Raises parse-error.
    (csv-parse \"a,b\\n1,\\\"x,y\\\"\\n\") => [[\"a\" \"b\"] [\"1\" \"x,y\"]]"
    (%csv-parse text ","))
  ((text separator) (%csv-parse text separator))))
(define csv-stringify (%case-lambda
  ((rows)
    "The text of rows, Lists of values, quoted where it must be.
    (csv-stringify [[\"a\" 1] [\"x,y\" nil]]) => \"a,1\\n\\\"x,y\\\",nil\\n\""
    (%csv-stringify rows ","))
  ((rows separator) (%csv-stringify rows separator))))
(define (uuid)
  "A random UUID (version 4).
    (string-length (uuid)) => 36"
  (%uuid))
(define (process-run program arguments)
  "Runs a program without input to its end: a Dict with \"status\", \"stdout\" and \"stderr\". Raises not-found.
    (process-run \"echo\" [\"hi\"]) => {\"status\" 0 \"stdout\" \"hi\\n\" \"stderr\" \"\"}"
  (%process-run program arguments))
