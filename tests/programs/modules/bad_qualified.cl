(import "lib_plain" :as p)
(print (p:no-such-name 1))
