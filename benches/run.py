#!/usr/bin/env python3
"""Benchmarks side by side: our programs against the same programs in other languages.

    benches/run.py                       # the programs of the goal, 5 rounds: fib tak ack nqueens bintrees tailloop fact
    benches/run.py all                   # all programs
    benches/run.py -n 3 -p clc,chez fib  # some programs, some peers
    benches/run.py --small all           # small sizes: only checks that every checksum agrees
    benches/run.py --also                # clc-jit, node, C and Python too
    benches/run.py --json FILE           # the medians, for comparing later

A round runs every peer once, so that a busy machine slows all of them alike: compare rows of one invocation. Times are
CPU seconds (user + system) of the whole process, start-up included. `x` columns are clc's time over that peer's (below
1: clc is faster). Exit status 1 if a checksum differs, a build fails or a run fails.
"""

import argparse
import json
import math
import os
import statistics
import sys

import toolchains
from toolchains import BUILD, HERE, PEERS

# name: arguments of a measurement, arguments of a check
PROGRAMS = {
    "fib": (["38"], ["20"]),
    "tak": (["1000"], ["4"]),
    "ack": (["11"], ["5"]),
    "nqueens": (["12"], ["7"]),
    "bintrees": (["18"], ["8"]),
    "tailloop": (["1000000000"], ["1000"]),
    "fact": (["5000", "20"], ["100", "1"]),
    "nbody": (["5000000"], ["1000"]),
    "mandelbrot": (["1000"], ["60"]),
    "matmul": (["400", "5"], ["20", "1"]),
    "pipeline": (["5000000"], ["1000"]),
    "strings": (["1000000"], ["1000"]),
    "dictmut": (["1000000"], ["1000"]),
    "pingpong": (["2000000"], ["1000"]),
    "fanin": (["4000000"], ["1600"]),
    "sieve": (["2500"], ["50"]),
    "park": (["1000000"], ["1000"]),
    "eff_countdown": (["200000000"], ["5"]),
    "eff_fibonacci_recursive": (["42"], ["5"]),
    "eff_iterator": (["40000000"], ["5"]),
    "eff_nqueens": (["12"], ["5"]),
    "eff_product_early": (["100000"], ["5"]),
    "eff_resume_nontail": (["10000"], ["5"]),
    "eff_triples": (["300"], ["10"]),
}
GOAL = ["fib", "tak", "ack", "nqueens", "bintrees", "tailloop", "fact"]
# (peer, program): why it is left out
LEFT_OUT = {
    ("ocaml", "pingpong"): "no effects",
    ("ocaml", "sieve"): "no effects",
    ("ocaml", "park"): "no effects",
    ("ocaml", "eff_countdown"): "no effects",
    ("ocaml", "eff_iterator"): "no effects",
    ("ocaml", "eff_product_early"): "no effects",
    ("ocaml", "eff_resume_nontail"): "no effects",
    ("python", "fib"): "minutes",
    ("python", "nqueens"): "minutes",
    ("python", "bintrees"): "minutes",
}


class Row:
    """A peer's runs of one program."""

    def __init__(self, peer, command, note):
        self.peer, self.command, self.note, self.samples = peer, command, note, []

    def failed(self):
        return bool(self.note) or any(sample.status for sample in self.samples)

    def median(self, field):
        return statistics.median(getattr(sample, field) for sample in self.samples)

    def checksum(self):
        last = self.samples[-1].output.split("\n")[-1].split() if self.samples else []
        return " ".join(last)


def prepare(program, peer):
    """The row of a peer with its program built, or None if it does not take part."""
    source = os.path.join(HERE, "programs", program, "%s.%s" % (program, peer.extension))
    if not os.path.exists(source) or (peer.name, program) in LEFT_OUT:
        return None
    if not peer.tool:
        return Row(peer, None, "not installed")
    folder = os.path.join(BUILD, program, peer.name)
    os.makedirs(folder, exist_ok=True)
    out = os.path.join(folder, "main")
    try:
        peer.build(peer.tool, source, out)
    except (RuntimeError, OSError) as error:
        return Row(peer, None, "build failed: %s" % str(error).replace("\n", " | "))
    return Row(peer, peer.command(peer.tool, source, out), "")


def run(program, peers, rounds, small):
    """All rows of a program, measured in interleaved rounds."""
    rows = [row for row in (prepare(program, peer) for peer in peers) if row]
    args = PROGRAMS[program][1 if small else 0]
    for _ in range(rounds):
        for row in rows:
            if row.command and not row.failed():
                row.samples.append(toolchains.measure(row.command + args))
    return rows


def report(program, rows):
    """Prints a program's rows; gives the number of failures."""
    bad = 0
    good = [row for row in rows if row.samples and not row.failed()]
    expected = good[-1].checksum() if good else ""
    ours = next((row for row in good if row.peer.name == "clc"), None)
    for row in rows:
        if row not in good:
            note = row.note or "exit status %d: %s" % (row.samples[-1].status, row.samples[-1].output[-200:])
            bad += row.note != "not installed"
            print("%-11s %-8s %s" % (program, row.peer.name, note), flush=True)
            continue
        note = "" if row.checksum() == expected else "  CHECKSUM DIFFERS"
        bad += bool(note)
        ratio = "" if not ours or row is ours else "%6.2f" % (ours.median("cpu") / max(row.median("cpu"), 1e-4))
        print(
            "%-11s %-8s %8.3f %8.3f %8.1f %6s  %s%s"
            % (program, row.peer.name, row.median("cpu"), row.median("wall"), row.median("rss"), ratio, row.checksum(), note),
            flush=True,
        )
    return bad


def summary(results, peers):
    """The geometric mean of clc's time over each peer's."""
    for peer in peers:
        ratios = []
        for rows in results.values():
            times = {row.peer.name: row.median("cpu") for row in rows if row.samples and not row.failed()}
            if peer.name != "clc" and "clc" in times and peer.name in times:
                ratios.append(times["clc"] / max(times[peer.name], 1e-4))
        if ratios:
            mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
            print("geometric mean, clc / %-8s %5.2f  (worst %.2f, %d programs)" % (peer.name, mean, max(ratios), len(ratios)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="*", help="default: those of the goal; `all`")
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("-p", "--peers", help="comma-separated")
    parser.add_argument("--also", action="store_true", help="the secondary peers too")
    parser.add_argument("--small", action="store_true", help="one round of small sizes, to check the checksums")
    parser.add_argument("--json", help="write the medians to this file")
    options = parser.parse_args()
    programs = list(PROGRAMS) if "all" in options.program else options.program or GOAL
    unknown = [name for name in programs if name not in PROGRAMS]
    if unknown:
        parser.error("no such program: %s (there are: %s)" % (", ".join(unknown), " ".join(PROGRAMS)))
    wanted = options.peers.split(",") if options.peers else None
    peers = [peer for peer in PEERS if (peer.name in wanted if wanted else options.also or options.small or not peer.also)]
    toolchains.allow_deep_stacks()
    os.makedirs(BUILD, exist_ok=True)
    print("%-11s %-8s %8s %8s %8s %6s  %s" % ("program", "peer", "cpu_s", "wall_s", "rss_mib", "clc x", "checksum"))
    results, bad = {}, 0
    for program in programs:
        results[program] = run(program, peers, 1 if options.small else options.rounds, options.small)
        bad += report(program, results[program])
    if not options.small:
        summary(results, peers)
    if options.json:
        medians = {p: {r.peer.name: r.median("cpu") for r in rows if r.samples} for p, rows in results.items()}
        with open(options.json, "w") as f:
            json.dump(medians, f, indent=1)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
