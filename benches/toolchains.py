"""The compilers and interpreters that the benchmarks compare, and how each builds and runs a program.

Shared by run.py (programs) and startup.py (hello world). A toolchain that is not installed is left out with a note.
"""

import glob
import os
import resource
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(HERE, "build")


def clc():
    """The compiler under test: $CLC, else the release build of this workspace, else the one on PATH."""
    given = os.environ.get("CLC")
    if given:
        return os.path.abspath(given)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "..", "target"))
    built = os.path.abspath(os.path.join(target, "release", "clc"))
    return built if os.path.exists(built) else shutil.which("clc")


def first(*names):
    """The first of these tools that is there."""
    for name in names:
        found = name if os.path.isabs(name) and os.path.exists(name) else shutil.which(name)
        if found:
            return found
    return None


def check(cmd, **options):
    """Runs a build step; raises with what it said if it fails."""
    done = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode:
        raise RuntimeError(" ".join(map(str, cmd)) + ": " + done.stdout.decode(errors="replace").strip()[-400:])


class Peer:
    """One row of the tables. `build(tool, source, out)` makes `out`; `command(tool, source, out)` is what is run."""

    def __init__(self, name, extension, tool, build, command, also=False):
        self.name, self.extension, self.tool, self.build, self.command, self.also = name, extension, tool, build, command, also


def executable(tool, source, out):
    return [out]


def no_build(tool, source, out):
    pass


def build_clc(tool, source, out):
    check([tool, "build", source, "-o", out])


def build_c(tool, source, out):
    with open(source) as f:
        libraries = ["-lm"] + (["-lgmp"] if "gmp.h" in f.read() else [])
    check([tool, "-O2", "-o", out, source] + libraries)


def build_go(tool, source, out):
    check([tool, "build", "-o", out, source], env={**os.environ, "GO111MODULE": "off"})


def build_ocaml(tool, source, out):
    # It leaves its intermediate files beside the source.
    copy = out + ".ml"
    shutil.copy(source, copy)
    with open(source) as f:
        zarith = ["-I", "+zarith", "zarith.cmxa"] if "Z.mul" in f.read() else []
    check([tool, "-w", "-a"] + zarith + ["-o", out, copy])


def build_ocaml5(tool, source, out):
    copy = out + ".ml"
    shutil.copy(source, copy)
    check([tool, "-w", "-a", "-O3", "-o", out, copy])


def build_effekt(backend):
    def build(tool, source, out):
        folder = out + ".d"
        os.makedirs(folder, exist_ok=True)
        llvm = sorted(glob.glob("/usr/lib/llvm-*/bin"))[-1:] if backend == "llvm" else []
        version = ["--llvm-version", "".join(c for c in llvm[0] if c.isdigit())] if llvm else []
        path = os.pathsep.join(llvm + [os.environ["PATH"]])
        check([tool, "--backend", backend, *version, "-b", "-o", folder, source], env={**os.environ, "PATH": path})
        if os.path.lexists(out):
            os.unlink(out)
        os.symlink(os.path.join(folder, os.path.splitext(os.path.basename(source))[0]), out)

    return build


def build_chez(tool, source, out):
    with open(out + ".ss", "w") as whole:
        for part in (os.path.join(HERE, "prelude", "chez.scm"), source):
            with open(part) as f:
                whole.write(f.read() + "\n")
    script = (
        "(optimize-level 2)(generate-inspector-information #f)(enable-cross-library-optimization #t)"
        '(compile-program "%s.ss" "%s")(exit)' % (out, out)
    )
    check([tool, "-q"], input=script.encode())


PEERS = [
    Peer("clc", "cl", clc(), build_clc, executable),
    Peer("clc-jit", "cl", clc(), no_build, lambda tool, source, out: [tool, "run", source], also=True),
    Peer("chez", "scm", first("chezscheme", "chez", "scheme"), build_chez, lambda tool, source, out: [tool, "--program", out]),
    Peer("ocaml", "ml", first("ocamlopt"), build_ocaml, executable),
    Peer("go", "go", first("go", *sorted(glob.glob("/usr/lib/go-*/bin/go"))), build_go, executable),
    Peer("ocaml5", "ml", os.environ.get("OCAML5") or first("ocamlopt5"), build_ocaml5, executable),
    Peer("effekt-js", "effekt", first("effekt"), build_effekt("js"), executable),
    Peer("effekt-llvm", "effekt", first("effekt"), build_effekt("llvm"), executable),
    Peer("node", "js", first("node"), no_build, lambda tool, source, out: [tool, "--stack-size=60000", source], also=True),
    Peer("c", "c", first("gcc", "cc"), build_c, executable, also=True),
    Peer("python", "py", first("python3"), no_build, lambda tool, source, out: [tool, source], also=True),
]


def allow_deep_stacks():
    """Peers that recurse on the C stack need more of it than the usual 8 MiB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    want = 1 << 30
    if hard != resource.RLIM_INFINITY:
        want = min(want, hard)
    if soft != resource.RLIM_INFINITY and soft < want:
        resource.setrlimit(resource.RLIMIT_STACK, (want, hard))


class Sample:
    """One run: wall and CPU (user + system) seconds, peak resident MiB, exit status, what it printed."""

    def __init__(self, wall, cpu, rss, status, output):
        self.wall, self.cpu, self.rss, self.status, self.output = wall, cpu, rss, status, output


def measure(cmd, limit=120):
    """Runs a command once. Its CPU time is the kernel's account of that child alone."""
    output = os.path.join(BUILD, "stdout.%d" % os.getpid())
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
    ]
    cmd = ["timeout", str(limit)] + cmd if limit else cmd
    start = time.perf_counter()
    pid = os.posix_spawnp(cmd[0], cmd, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    with open(output, errors="replace") as f:
        text = f.read().strip()
    os.unlink(output)
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), text)
