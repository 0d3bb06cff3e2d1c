; Input and output, files and paths, the process. What reaches outside is an operation (%op): a handler may take it.

; ---- standard streams

(%sig io:print (((Rest Any)) Nil ! io:print))
(define io:print (%case-lambda
  ((x)
    "Prints display forms with spaces between them, and a newline.
    (io:print [1 \"a\"]) => nil"
    (%op io:print x (%print1 x)))
  ((...xs) (%op io:print ...xs (%print xs)))))
(%sig print (((Rest Any)) Nil ! io:print))
(define print (%case-lambda
  ((x)
    "Prints display forms with spaces between them, and a newline. The operation io:print.
    (print [1 \"a\"]) => nil"
    (%op io:print x (%print1 x)))
  ((...xs) (%op io:print ...xs (%print xs)))))
(%sig print-line (((Rest Any)) Nil ! io:print))
(define print-line (%case-lambda
  ((x)
    "The same as print.
    (print-line [1 \"a\"]) => nil"
    (%op io:print x (%print1 x)))
  ((...xs) (%op io:print ...xs (%print xs)))))
(%sig io:write (((Rest Any)) Nil ! io:write))
(define (io:write ...xs)
  "Prints display forms with nothing between or after them.
    (io:write \"a\" 1) => nil"
  (%op io:write ...xs (%write xs)))
(%sig io:print-err (((Rest Any)) Nil ! io:print-err))
(define (io:print-err ...xs)
  "As print, to standard error.
    (io:print-err \"oops\") => nil"
  (%op io:print-err ...xs (%print-err xs)))
(%sig print-err (((Rest Any)) Nil ! io:print-err))
(define (print-err ...xs)
  "As print, to standard error. The operation io:print-err.
    (print-err \"oops\") => nil"
  (%op io:print-err ...xs (%print-err xs)))
(%sig io:read-line (() (or String Nil) ! io:read-line) ((%File) (or String Nil) ! io:read-line error))
(define io:read-line (%case-lambda
  (()
    "The next line of standard input or of an open file; nil at the end. Raises io-error for a file that is closed or open for
    writing, utf8-error for what is no text.
    (io:read-line) => nil"
    (%op io:read-line (%read-line)))
  ((file) (%op io:read-line file (%file-read-line file)))))
(%sig read-line (() (or String Nil) ! io:read-line))
(define (read-line)
  "The next line of standard input; nil at the end. The operation io:read-line.
    (read-line) => nil"
  (%op io:read-line (%read-line)))

; ---- the process

(%sig io:args (() (List String) ! io:args))
(define (io:args)
  "The command-line arguments, a List of Strings.
    (io:args) => []"
  (%op io:args (%args)))
(%sig io:env (() (Dict String String) ! io:env) ((String) (or String Nil) ! io:env))
(define io:env (%case-lambda
  (()
    "An environment variable, or nil; without a name, all as a Dict.
    (io:env \"NO SUCH\") => nil"
    (%op io:env (%env nil)))
  ((name) (%op io:env name (if (%is-string name) (%env name) (%argument-error "io:env" 1 "a String" name))))))
(%sig io:exit (() Never ! io:exit) ((Int) Never ! io:exit))
(define io:exit (%case-lambda
  (()
    "Ends the program with an exit status, 0 if none is given: no `finally` runs."
    (%op io:exit (%exit 0)))
  ((status) (%op io:exit status (%exit status)))))
(%sig io:run-process ((String (List String)) (Dict String Any) ! io:run-process error))
(define (io:run-process program arguments)
  "Runs a program without input to its end: a Dict with \"status\", \"stdout\" and \"stderr\". Raises not-found.
    (get (io:run-process \"echo\" [\"hi\"]) \"stdout\") => \"hi\\n\""
  (%op io:run-process program arguments (%process-run program arguments)))
(%sig process-run ((String (List String)) (Dict String Any) ! io:run-process error))
(define (process-run program arguments)
  "Runs a program without input to its end: a Dict with \"status\", \"stdout\" and \"stderr\". Raises not-found. The operation
  io:run-process.
    (process-run \"echo\" [\"hi\"]) => {\"status\" 0 \"stdout\" \"hi\\n\" \"stderr\" \"\"}"
  (io:run-process program arguments))

; ---- files

; Errors have the types not-found, permission-denied, already-exists, io-error, and the path as data. Each operation
; has its name and, for a mock that covers them all, the functions with older names perform it.

(%sig io:open-file ((String String) %File ! io:open-file error))
(define (io:open-file path mode)
  "Opens a file to \"read\" it, to \"write\" it anew or to \"append\" to it. io:read-line and io:read-file read from it, io:write-file
  adds to it. What is read is what the file held when it was opened; what is written is in the file at once. Raises not-found,
  permission-denied or io-error, and domain-error for another mode.
    (let ((p (path-join (temp-dir) \"cl-example-23\")) (f (io:open-file p \"write\"))) (io:write-file f \"a\") (io:write-file f \"b\") (io:close-file f) (let ((t (io:read-file p))) (io:delete-file p) t)) => \"ab\"
    (try (io:open-file \"/none\" \"read\") (catch (e) (get e \"type\"))) => \"not-found\""
  (%op io:open-file path mode (%file-open path mode)))
(%sig io:close-file ((%File) Nil ! io:close-file))
(define (io:close-file file)
  "Closes an open file; nil. What reads it or writes to it afterwards raises io-error; closing it again does nothing.
    (let ((p (path-join (temp-dir) \"cl-example-24\")) (f (io:open-file p \"write\"))) (io:close-file f) (io:delete-file p) f) => #<file>"
  (%op io:close-file file (%file-close file)))
(%sig io:read-file (((or String %File)) String ! io:read-file error))
(define (io:read-file path)
  "The text of a file by its path, or what is left to read of an open file. Raises not-found, permission-denied, io-error, or utf8-error for what is no text.
    (try (io:read-file \"/none\") (catch (e) (get e \"type\"))) => \"not-found\""
  (%op io:read-file path (%file-read path)))
(%sig io:write-file (((or String %File) String) Nil ! io:write-file error))
(define (io:write-file path text)
  "Makes a file with a text, or adds the text to an open file; nil. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-1\"))) (io:write-file p \"a\") (let ((t (io:read-file p))) (io:delete-file p) t)) => \"a\""
  (%op io:write-file path text (%file-write path text false)))
(%sig io:append-file ((String String) Nil ! io:append-file error))
(define (io:append-file path text)
  "Adds a text at the end of a file; nil. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-2\"))) (io:write-file p \"a\") (io:append-file p \"b\") (let ((t (io:read-file p))) (io:delete-file p) t)) => \"ab\""
  (%op io:append-file path text (%file-write path text true)))
(%sig io:read-bytes ((String) Bytes ! io:read-bytes error))
(define (io:read-bytes path)
  "The Bytes of a file. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-3\"))) (io:write-file p \"é\") (let ((b (io:read-bytes p))) (io:delete-file p) b)) => (bytes 195 169)"
  (%op io:read-bytes path (%file-read-bytes path)))
(%sig io:write-bytes ((String Bytes) Nil ! io:write-bytes error))
(define (io:write-bytes path content)
  "Makes a file with Bytes; nil. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-4\"))) (io:write-bytes p (bytes 104 105)) (let ((t (io:read-file p))) (io:delete-file p) t)) => \"hi\""
  (%op io:write-bytes path content (%file-write-bytes path content)))
(%sig io:file-exists? ((String) Bool ! io:file-exists?))
(define (io:file-exists? path)
  "Whether there is a file or folder.
    (io:file-exists? \"/none\") => false"
  (%op io:file-exists? path (%file-exists path)))
(%sig io:file-size ((String) Int ! io:file-size error))
(define (io:file-size path)
  "The number of bytes in a file. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-5\"))) (io:write-file p \"é\") (let ((n (io:file-size p))) (io:delete-file p) n)) => 2"
  (%op io:file-size path (%file-size path)))
(%sig io:delete-file ((String) Nil ! io:delete-file error))
(define (io:delete-file path)
  "Deletes a file; nil. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-6\"))) (io:write-file p \"\") (io:delete-file p) (file-exists? p)) => false"
  (%op io:delete-file path (%file-delete path)))
(%sig io:copy-file ((String String) Nil ! io:copy-file error))
(define (io:copy-file from to)
  "Copies a file; nil. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-7\"))) (io:write-file p \"a\") (io:copy-file p (str p \"-b\")) (let ((t (io:read-file (str p \"-b\")))) (io:delete-file p) (io:delete-file (str p \"-b\")) t)) => \"a\""
  (%op io:copy-file from to (%file-copy from to)))
(%sig io:rename-file ((String String) Nil ! io:rename-file error))
(define (io:rename-file from to)
  "Gives a file or folder another path; nil. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-8\"))) (io:write-file p \"a\") (io:rename-file p (str p \"-b\")) (io:delete-file (str p \"-b\")) (file-exists? p)) => false"
  (%op io:rename-file from to (%file-rename from to)))
(%sig io:list-dir ((String) (List String) ! io:list-dir error))
(define (io:list-dir path)
  "The names in a folder, sorted. Raises not-found, permission-denied or io-error.
    (contains? (io:list-dir \"/\") \"tmp\") => true"
  (%op io:list-dir path (%dir-list path)))
(%sig io:create-dir ((String) Nil ! io:create-dir error))
(define (io:create-dir path)
  "Makes a folder, and those that it is in; nil. Raises already-exists, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-9\"))) (io:create-dir p) (let ((there (file-exists? p))) (io:delete-dir p) there)) => true"
  (%op io:create-dir path (%dir-create path)))
(%sig io:delete-dir ((String) Nil ! io:delete-dir error))
(define (io:delete-dir path)
  "Deletes an empty folder; nil. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-10\"))) (io:create-dir p) (io:delete-dir p) (file-exists? p)) => false"
  (%op io:delete-dir path (%dir-delete path)))
(%sig io:current-directory (() String ! io:current-directory error))
(define (io:current-directory)
  "The path of the folder that relative paths start from. Raises not-found if it was deleted.
    (string-starts-with? (io:current-directory) \"/\") => true"
  (%op io:current-directory (%current-directory)))
(%sig io:temp-dir (() String ! io:temp-dir))
(define (io:temp-dir)
  "The path of the folder for temporary files.
    (file-exists? (io:temp-dir)) => true"
  (%op io:temp-dir (%temp-dir)))

(%sig file-read ((String) String ! io:read-file error))
(define (file-read path)
  "The text of a file. The operation io:read-file.
  Raises not-found, permission-denied, io-error, or utf8-error for what is no text.
    (try (file-read \"/none\") (catch (e) (get e \"type\"))) => \"not-found\""
  (io:read-file path))
(%sig file-write ((String String) Nil ! io:write-file error))
(define (file-write path text)
  "Makes a file with a text; nil. The operation io:write-file. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-11\"))) (file-write p \"a\") (let ((t (file-read p))) (file-delete p) t)) => \"a\""
  (io:write-file path text))
(%sig file-append ((String String) Nil ! io:append-file error))
(define (file-append path text)
  "Adds a text at the end of a file; nil. The operation io:append-file. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-12\"))) (file-write p \"a\") (file-append p \"b\") (let ((t (file-read p))) (file-delete p) t)) => \"ab\""
  (io:append-file path text))
(%sig file-exists? ((String) Bool ! io:file-exists?))
(define (file-exists? path)
  "Whether there is a file or folder. The operation io:file-exists?.
    (file-exists? \"/none\") => false"
  (io:file-exists? path))
(%sig file-delete ((String) Nil ! io:delete-file error))
(define (file-delete path)
  "Deletes a file; nil. The operation io:delete-file. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-13\"))) (file-write p \"\") (file-delete p) (file-exists? p)) => false"
  (io:delete-file path))
(%sig file-read-lines ((String) (List String) ! io:read-file error))
(define (file-read-lines path)
  "The List of lines of a file. The operation io:read-file.
  Raises not-found, permission-denied, io-error, or utf8-error for what is no text.
    (let ((p (path-join (temp-dir) \"cl-example-14\"))) (file-write p \"a,b\") (let ((l (file-read-lines p))) (file-delete p) l)) => [\"a,b\"]"
  (%string-lines (%string-replace (io:read-file path) "\r\n" "\n")))
(%sig file-write-lines ((String (List String)) Nil ! io:write-file error))
(define (file-write-lines path lines)
  "Makes a file of lines, each with a newline; nil. The operation io:write-file.
  Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-15\"))) (file-write-lines p [\"a\" \"b\"]) (let ((l (file-read-lines p))) (file-delete p) l)) => [\"a\" \"b\"]"
  (io:write-file path
    (if (%is-cons lines) (%str2 (%string-join lines "\n") "\n") (%string-join lines ""))))
(%sig file-read-bytes ((String) Bytes ! io:read-bytes error))
(define (file-read-bytes path)
  "The Bytes of a file. The operation io:read-bytes. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-16\"))) (file-write p \"é\") (let ((b (file-read-bytes p))) (file-delete p) b)) => (bytes 195 169)"
  (io:read-bytes path))
(%sig file-write-bytes ((String Bytes) Nil ! io:write-bytes error))
(define (file-write-bytes path content)
  "Makes a file with Bytes; nil. The operation io:write-bytes. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-17\"))) (file-write-bytes p (bytes 104 105)) (let ((t (file-read p))) (file-delete p) t)) => \"hi\""
  (io:write-bytes path content))
(%sig file-size ((String) Int ! io:file-size error))
(define (file-size path)
  "The number of bytes in a file. The operation io:file-size. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-18\"))) (file-write p \"é\") (let ((n (file-size p))) (file-delete p) n)) => 2"
  (io:file-size path))
(%sig file-copy ((String String) Nil ! io:copy-file error))
(define (file-copy from to)
  "Copies a file; nil. The operation io:copy-file. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-19\"))) (file-write p \"a\") (file-copy p (str p \"-b\")) (let ((t (file-read (str p \"-b\")))) (file-delete p) (file-delete (str p \"-b\")) t)) => \"a\""
  (io:copy-file from to))
(%sig file-rename ((String String) Nil ! io:rename-file error))
(define (file-rename from to)
  "Gives a file or folder another path; nil. The operation io:rename-file. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-20\"))) (file-write p \"a\") (file-rename p (str p \"-b\")) (file-delete (str p \"-b\")) (file-exists? p)) => false"
  (io:rename-file from to))
(%sig dir-list ((String) (List String) ! io:list-dir error))
(define (dir-list path)
  "The names in a folder, sorted. The operation io:list-dir. Raises not-found, permission-denied or io-error.
    (contains? (dir-list \"/\") \"tmp\") => true"
  (io:list-dir path))
(%sig dir-create ((String) Nil ! io:create-dir error))
(define (dir-create path)
  "Makes a folder, and those that it is in; nil. The operation io:create-dir.
  Raises already-exists, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-21\"))) (dir-create p) (let ((there (file-exists? p))) (dir-delete p) there)) => true"
  (io:create-dir path))
(%sig dir-delete ((String) Nil ! io:delete-dir error))
(define (dir-delete path)
  "Deletes an empty folder; nil. The operation io:delete-dir. Raises not-found, permission-denied or io-error.
    (let ((p (path-join (temp-dir) \"cl-example-22\"))) (dir-create p) (dir-delete p) (file-exists? p)) => false"
  (io:delete-dir path))
(%sig current-directory (() String ! io:current-directory error))
(define (current-directory)
  "The path of the folder that relative paths start from. The operation io:current-directory.
  Raises not-found if it was deleted.
    (string-starts-with? (current-directory) \"/\") => true"
  (io:current-directory))
(%sig temp-dir (() String ! io:temp-dir))
(define (temp-dir)
  "The path of the folder for temporary files. The operation io:temp-dir.
    (file-exists? (temp-dir)) => true"
  (io:temp-dir))

; ---- paths

(%sig path-join (((Rest String)) String))
(define (path-join ...parts)
  "Parts with / between them.
    (path-join \"a\" \"b.txt\") => \"a/b.txt\""
  (%string-join parts "/"))
(%sig path-parent ((String) String))
(define (path-parent path)
  "The path of the folder.
    (path-parent \"a/b.txt\") => \"a\""
  (%path-parent path))
(%sig path-name ((String) String))
(define (path-name path)
  "The last part.
    (path-name \"a/b.txt\") => \"b.txt\""
  (%path-name path))
(%sig path-ext ((String) String))
(define (path-ext path)
  "The extension, without the dot.
    (path-ext \"a/b.txt\") => \"txt\""
  (%path-ext path))

; ---- data formats

(%sig json-parse ((String) Any ! error))
(define (json-parse text)
  "The value of a JSON text; raises parse-error with line and column.
    (json-parse \"[1, null]\") => [1 nil]"
  (%json-parse text))
(%sig json-stringify ((Any) String ! error) ((Any Int) String ! error))
(define json-stringify (%case-lambda
  ((x)
    "The JSON text of a value, indented by so many spaces if given.
  Raises type-error for what JSON cannot hold, domain-error for NaN, infinities and too deep nesting.
    (json-stringify [1 nil]) => \"[1,null]\""
    (%json-stringify x 0))
  ((x indent) (%json-stringify x indent))))

(%sig base64-encode (((or Bytes String)) String))
(define (base64-encode x)
  "Base64 of Bytes or of the UTF-8 of a String.
    (base64-encode \"foob\") => \"Zm9vYg==\""
  (%base64-encode x))
(%sig base64-decode ((String) Bytes ! error))
(define (base64-decode s)
  "The Bytes of a base64 text; raises parse-error.
    (bytes->string (base64-decode \"Zm9vYg==\")) => \"foob\""
  (%base64-decode s))
(%sig hex-encode (((or Bytes String)) String))
(define (hex-encode x)
  "Two hexadecimal digits for each byte of Bytes or of the UTF-8 of a String.
    (hex-encode (bytes 1 255)) => \"01ff\""
  (%hex-encode x))
(%sig hex-decode ((String) Bytes ! error))
(define (hex-decode s)
  "The Bytes of hexadecimal digits; raises parse-error.
    (hex-decode \"01ff\") => (bytes 1 255)"
  (%hex-decode s))
(%sig sha256 (((or Bytes String)) String))
(define (sha256 x)
  "The SHA-256 digest of Bytes or of the UTF-8 of a String, in hexadecimal.
    (substring (sha256 \"abc\") 0 8) => \"ba7816bf\""
  (%sha256 x))
(%sig csv-parse ((String) (List (List String)) ! error) ((String String) (List (List String)) ! error))
(define csv-parse (%case-lambda
  ((text)
    "The rows of comma-separated text, Lists of Strings; another separator may be given. Raises parse-error.
    (csv-parse \"a,b\\n1,\\\"x,y\\\"\\n\") => [[\"a\" \"b\"] [\"1\" \"x,y\"]]"
    (%csv-parse text ","))
  ((text separator) (%csv-parse text separator))))
(%sig csv-stringify (((List (List Any))) String) (((List (List Any)) String) String))
(define csv-stringify (%case-lambda
  ((rows)
    "The text of rows, Lists of values, quoted where it must be.
    (csv-stringify [[\"a\" 1] [\"x,y\" nil]]) => \"a,1\\n\\\"x,y\\\",nil\\n\""
    (%csv-stringify rows ","))
  ((rows separator) (%csv-stringify rows separator))))
(%sig uuid (() String ! random:uuid))
(define (uuid)
  "A random UUID (version 4), from the system's entropy. The operation random:uuid.
    (string-length (uuid)) => 36"
  (random:uuid))
