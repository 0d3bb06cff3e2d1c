(print 'apple ')
(print [1 #;])
;! error E0007: `'` has nothing to quote
;!   1:15: expected a datum after this
;!   = help: add the datum after `'`, or remove it; strings are written with `"`, and text after `;` is a comment
;! error E0007: `#;` has nothing to skip
;!   2:11: expected a datum after this
;!   = help: add the datum after `#;`, or remove it
