#!/usr/bin/env python3
"""Random programs on clc against an independent, slow interpreter of the language (the oracle).

    tests/fuzz/oracle_fuzz.py --oracle FOLDER --count 2000 --jobs 2
    tests/fuzz/oracle_fuzz.py --oracle FOLDER --print 7      # only show program 7

The oracle is a folder with `fuzz.py`, which makes, runs, compares and shrinks programs; it is not part of this
repository. Without it nothing is tested, and that is said. This wrapper compares two engines, `clc run` and `clc build`.
Differences are shrunk and left in --out; the exit status is 1 if there are any.
"""

import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def check(job):
    """The oracle's own check of a program, where the oracle is not fast enough a skip. Runs in worker processes."""
    import fuzz

    found = fuzz.unfiltered_check(job)
    slow = [seed for seed, what, why in found if what == "oracle" and "timeout" in why]
    for seed in slow:
        print("seed %d: skipped, the oracle takes too long" % seed, flush=True)
    return [item for item in found if item[0] not in slow]


def default_clc():
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "..", "..", "target"))
    return os.environ.get("CLC") or os.path.join(target, "release", "clc")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oracle", required=True, help="the oracle's folder")
    parser.add_argument("--clc", default=default_clc(), help="default: $CLC, else the release build of this workspace")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=20)
    parser.add_argument("--out", default="fuzz-out")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--engines", default="jit,aot", help="of jit, aot, jit-stress, jit-O0")
    parser.add_argument("--print", type=int, metavar="SEED", dest="show")
    options = parser.parse_args()
    if not os.path.exists(os.path.join(options.oracle, "fuzz.py")):
        print("test oracle_fuzz ... ignored, no oracle in %s" % options.oracle)
        return 0
    sys.path.insert(0, os.path.abspath(options.oracle))
    import fuzz

    fuzz.unfiltered_check, fuzz.check = fuzz.check, check
    if options.show is not None:
        sys.stdout.write(fuzz.Gen(options.show).program())
        return 0
    clc = os.path.abspath(options.clc)
    commands = {
        "jit": clc + " run {}",
        "aot": clc + " build {} -o {}.exe && {}.exe",
        "jit-stress": "CL_GC=stress " + clc + " run {}",
        "jit-O0": clc + " run -O0 {}",
    }
    sys.argv = ["fuzz.py", "--out", options.out, "--timeout", str(options.timeout), "--jobs", str(options.jobs)]
    sys.argv += ["--count", str(options.count), "--seed", str(options.seed)]
    sys.argv += ["--no-shrink"] if options.no_shrink else []
    for engine in options.engines.split(","):
        sys.argv += ["--cmd", commands[engine]]
    return fuzz.main()


if __name__ == "__main__":
    sys.exit(main())
