(print "C:\temp\data" "\u{110000}" "\u12" "fine: \n \u{e9}")
;! error E0006: unknown escape `\d` in a string
;!   1:16: this escape means nothing
;!   = help: the escapes are \n \t \r \0 \\ \" and \u{…}; write `\\` for a backslash
;! error E0006: `\u{110000}` is no Unicode scalar value
;!   1:24: expected one to six hexadecimal digits in braces
;!   = help: write for example `\u{e9}`; values go up to 10FFFF, without D800 to DFFF
;! error E0006: `\u` is no Unicode scalar value
;!   1:37: expected one to six hexadecimal digits in braces
;!   = help: write for example `\u{e9}`; values go up to 10FFFF, without D800 to DFFF
