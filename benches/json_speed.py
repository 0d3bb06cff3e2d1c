#!/usr/bin/env python3
"""How fast `json-parse` and `json-stringify` are, in MB of text a second of CPU time.

    benches/json_speed.py [RECORDS]              # default 200000, about 65 MB
    benches/json_speed.py --check                # also exit with status 1 if parsing takes longer than its goal

The text is an array of records with Ints, Floats, short and longer Strings, and nested arrays and objects. CLC names the
compiler (default: target/release/clc). The program is compiled, so that the runtime is the optimised one whatever built clc. CPU time
includes reading the file and what the collector does.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile

GOAL = 200
PROGRAM = """
(define (main args)
  (let (([path what] args)
        (text (file-read path)))
    (cond ((= what "read") (print (string-length text)))
          ((= what "parse") (print (length (json-parse text))))
          (else (print (string-length (json-stringify (json-parse text))))))))
"""
WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split()


def record(i, rng):
    words = [rng.choice(WORDS) for _ in range(4)]
    return {"id": i, "name": " ".join(words[:3]), "score": round(rng.random() * 1000, 4), "active": rng.random() < 0.5,
            "tags": words, "pos": {"x": rng.random(), "y": rng.randint(-1000, 1000)}, "none": None,
            "text": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt %d" % i}


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    sizes = [int(a) for a in sys.argv[1:] if a.isdigit()]
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    clc = os.environ.get("CLC", os.path.join(root, "target/release/clc"))
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        source, program, data = (os.path.join(folder, name) for name in ("json.cl", "json", "data.json"))
        with open(source, "w") as f:
            f.write(PROGRAM)
        with open(data, "w") as f:
            json.dump([record(i, rng) for i in range(sizes[0] if sizes else 200_000)], f)
        subprocess.run([clc, "build", source, "-o", program], check=True)
        megabytes = os.path.getsize(data) / 1e6
        best = {what: min(cpu([program, data, what]) for _ in range(5)) for what in ("read", "parse", "both")}
    parse = best["parse"] - best["read"]
    write = best["both"] - best["parse"]
    print("%.0f MB: parse %.0f MB/s, stringify %.0f MB/s" % (megabytes, megabytes / parse, megabytes / write))
    if "--check" in sys.argv and megabytes / parse < GOAL:
        sys.exit("parsing is slower than %d MB/s" % GOAL)


main()
