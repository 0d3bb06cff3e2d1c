(print "C:\temp\data" "\u{110000}" "\u12" "fine: \n \u{e9}")
