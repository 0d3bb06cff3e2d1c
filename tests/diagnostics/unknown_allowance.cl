; clc check --allow io:prnit,tmie,console
(print 1)
;! error E0411: --allow: unknown effect `io:prnit`
;!   = help: did you mean `io:print`, `io:exit` or `io:write`?
;! error E0411: --allow: unknown effect `tmie`
;!   = help: did you mean `time`?
