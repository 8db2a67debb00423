# SPDX-License-Identifier: Apache-2.0
"""The peers: where each comes from, how it is started, and the conversation with it."""

import json
import os
import select
import shutil
import subprocess
from pathlib import Path

import inputs

HERE = Path(__file__).resolve().parent

# What a peer needs: a Python module, or Debian packages and what the compiler is told.
MODULES = {
    "jax": "jax", "torch": "torch", "casadi": "casadi", "numpy": "numpy", "scipy": "scipy",
    "numdifftools": "numdifftools", "micrograd": "micrograd",
}
NATIVE = {
    "adolc": ("adolc.cpp", "libadolc-dev", ["-ladolc"], "adolc"),
    "ceres": ("ceres.cpp", "libceres-dev", ["-isystem", "/usr/include/eigen3", "-lglog"], None),
    "gsl": ("gsl.c", "libgsl-dev", ["-lgsl", "-lgslcblas"], "gsl"),
}


class Missing(Exception):
    """A peer that is not here; the text says how to get it."""


class Failed(Exception):
    """A peer that is here and does not work."""


class Peers:
    """Starts peers; compiled ones are built once, into a folder for the run."""

    def __init__(self, python, folder):
        self.python, self.folder = python, Path(folder)
        self.answers = {}

    def command(self, peer, workload, threads):
        """The command that starts a peer ("jax", "jax:loop") on a workload; `Missing` if it is not installed."""
        name, _, variant = peer.partition(":")
        if name not in self.answers:
            try:
                self.answers[name] = self.built(name) if name in NATIVE else self.imported(name)
            except Missing as missing:
                self.answers[name] = missing
        if isinstance(self.answers[name], Missing):
            raise self.answers[name]
        if name in NATIVE:
            data = self.folder / f"{workload}.doubles"
            if not data.exists():
                inputs.write(workload, data)
            return [self.answers[name], workload, str(data)]
        script = HERE / f"{name}_peer.py"
        return [self.python, "-W", "ignore", str(script), workload, "--variant", variant, "--threads", str(threads)]

    def imported(self, name):
        module = MODULES[name]
        done = subprocess.run([self.python, "-W", "ignore", "-c", f"import numpy, {module}"], capture_output=True)
        if done.returncode == 0:
            return module
        pins = dict(line.split("==") for line in (HERE / "requirements.txt").read_text().split())
        raise Missing(f"pip install {module}=={pins[module]} numpy=={pins['numpy']}")

    def built(self, name):
        source, package, flags, configuration = NATIVE[name]
        c = source.endswith(".c")
        compiler = shutil.which("clang" if c else "clang++") or shutil.which("cc" if c else "c++")
        if not compiler:
            raise Missing("apt-get install clang")
        version = "?"
        if configuration and shutil.which("pkg-config"):
            version = subprocess.run(
                ["pkg-config", "--modversion", configuration], capture_output=True, text=True).stdout.strip()
        program = self.folder / name
        done = subprocess.run(
            [compiler, "-O3", "-march=native", f'-DPEER_VERSION="{version}"'] + ([] if c else ["-std=c++17"])
            + [str(HERE / "native" / source), "-o", str(program)] + flags + ["-lm"], capture_output=True, text=True)
        if done.returncode == 0:
            return str(program)
        first = next((line for line in done.stderr.splitlines() if "error" in line), "")
        raise Missing(f"apt-get install {package} (the compiler says: {first.strip()})")


class Worker:
    """A started peer: its first result, then the shortest time of each round."""

    def __init__(self, command, cores, threads, patience=600):
        environment = dict(os.environ)
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            environment[name] = str(threads)
        self.patience = patience
        self.process = subprocess.Popen(
            pinned(cores) + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=environment)
        self.result = self.answer()

    def answer(self):
        ready, _, _ = select.select([self.process.stdout], [], [], self.patience)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            self.process.kill()
            said = self.process.stderr.read().strip().splitlines()
            raise Failed(said[-1] if said else "no answer")
        return json.loads(line)

    def time(self, seconds):
        self.process.stdin.write(f"go {seconds}\n")
        self.process.stdin.flush()
        return self.answer()["minimum"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def pinned(cores):
    """What keeps a process on these cores; nothing where there is no taskset."""
    return ["taskset", "-c", cores] if shutil.which("taskset") else []


def objection(result, reference, tolerance):
    """What is wrong with a result; None if it is right. A number that is not a number agrees with nothing."""
    scale = reference.get("norm", 0)
    for name in ("value", "first", "last", "norm"):
        expected, found = reference.get(name), result[name]
        if expected is None or found is None:
            continue
        # A component is as exact as the whole vector's length lets it be.
        size = max(abs(expected), 1e-3 * scale if name in ("first", "last") else 0)
        if not abs(found - expected) <= tolerance * size:
            return f"{name} {found} instead of {expected}"
    for i, expected in enumerate(reference.get("all", [])):
        found = result["all"][i]
        if not abs(found - expected) <= tolerance * max(1, abs(expected)):
            return f"number {i} is {found} instead of {expected}"
    return None
