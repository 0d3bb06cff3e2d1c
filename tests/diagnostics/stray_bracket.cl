(print (+ 1 2)))
]}
(print 3)
;! error E0003: `)` closes nothing: no bracket is open here
;!   1:16: this bracket closes nothing
;!   = help: remove it, or open its bracket before
;! error E0003: `]` closes nothing: no bracket is open here
;!   2:1: these brackets close nothing
;!   = help: remove them, or open their brackets before
