; Latin-1, not UTF-8.
(print "café")
;! error E0009: not_utf8.cl:2:12: the file is not UTF-8: byte 0xe9 at offset 33
;!   = help: save the file as UTF-8; source files hold text
