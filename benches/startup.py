#!/usr/bin/env python3
"""Hello world: size of the executable, start-up time, time to build.

    benches/startup.py [ROUNDS]            # default 200 rounds
    benches/startup.py --check             # also exit with status 1 if clc misses its goals

Goals for clc: at most 450 KB stripped, start-up within 0.5 ms of C's, `clc build` in under 150 ms. Start-up is wall time
of the whole process, interleaved rounds, medians; the difference to C's is what counts, since starting any process costs.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time

import toolchains
from toolchains import BUILD, PEERS

HELLO = {
    "cl": '(print "hello")\n',
    "c": '#include <stdio.h>\nint main(void) { puts("hello"); }\n',
    "go": 'package main\n\nimport "os"\n\nfunc main() { os.Stdout.WriteString("hello\\n") }\n',
    "ml": 'let () = print_endline "hello"\n',
    "scm": '(display "hello")\n(newline)\n',
    "js": 'console.log("hello")\n',
    "py": 'print("hello")\n',
}
SIZE_GOAL_KB, STARTUP_GOAL_MS, BUILD_GOAL_MS = 450, 0.5, 150


class Hello:
    """A peer's hello world: its command, the size in KB of what it builds (stripped), the build times in seconds."""

    def __init__(self, peer, folder):
        self.peer = peer
        self.walls = []
        source = os.path.join(folder, "hello." + peer.extension)
        with open(source, "w") as f:
            f.write(HELLO[peer.extension])
        out = os.path.join(folder, "hello-" + peer.name)
        self.builds = []
        for _ in range(5):
            start = time.perf_counter()
            peer.build(peer.tool, source, out)
            self.builds.append(time.perf_counter() - start)
        self.command = peer.command(peer.tool, source, out)
        self.size = stripped_size(out) if self.command == [out] else None


def stripped_size(path):
    copy = path + ".stripped"
    shutil.copy(path, copy)
    subprocess.run(["strip", copy], check=True)
    return os.path.getsize(copy) / 1000


def gather(folder):
    found = []
    for peer in PEERS:
        if peer.tool and peer.extension in HELLO:
            try:
                found.append(Hello(peer, folder))
            except (RuntimeError, OSError) as error:
                print("%s: %s" % (peer.name, error), file=sys.stderr)
    return found


def main(args):
    rounds = next((int(arg) for arg in args if arg.isdigit()), 200)
    folder = os.path.join(BUILD, "hello")
    os.makedirs(folder, exist_ok=True)
    found = gather(folder)
    for _ in range(rounds):
        for hello in found:
            sample = toolchains.measure(hello.command, limit=None)
            if sample.status or sample.output != "hello":
                sys.exit("%s: exit status %d, printed %r" % (hello.peer.name, sample.status, sample.output))
            hello.walls.append(sample.wall * 1000)
    print("%-8s %9s %11s %9s %9s" % ("peer", "size_kb", "startup_ms", "min_ms", "build_ms"))
    for hello in found:
        size = "-" if hello.size is None else "%.0f" % hello.size
        build = statistics.median(hello.builds) * 1000
        print("%-8s %9s %11.2f %9.2f %9.0f" % (hello.peer.name, size, statistics.median(hello.walls), min(hello.walls), build))
    return verdict({hello.peer.name: hello for hello in found}, "--check" in args)


def verdict(by_name, strict):
    """Says whether clc reaches its goals; the exit status."""
    ours, c = by_name.get("clc"), by_name.get("c")
    if not ours or not c:
        print("no verdict: clc or a C compiler is missing")
        return 1 if strict else 0
    extra = statistics.median(ours.walls) - statistics.median(c.walls)
    build = statistics.median(ours.builds) * 1000
    goals = [
        ("size %.0f KB of %d" % (ours.size, SIZE_GOAL_KB), ours.size <= SIZE_GOAL_KB),
        ("start-up %.2f ms over C's, of %.1f" % (extra, STARTUP_GOAL_MS), extra <= STARTUP_GOAL_MS),
        ("build %.0f ms of %d" % (build, BUILD_GOAL_MS), build <= BUILD_GOAL_MS),
    ]
    for text, reached in goals:
        print("%s: %s" % (text, "reached" if reached else "MISSED"))
    return 1 if strict and not all(reached for _, reached in goals) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
