"""Runs pyreverse on one package, and prints what it found and took as JSON."""

import json
import resource
import subprocess
import sys

name = sys.argv[1]
subprocess.run(
    ["/usr/bin/pyreverse", "-o", "puml", "-p", "peer", name],
    check=True,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
with open("classes_peer.puml", encoding="utf-8") as classes:
    lines = classes.read().split("\n")
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            "classes": sum(line.startswith(("class ", "abstract class ")) for line in lines),
            "edges": sum(" --|> " in line for line in lines),
            "cpuS": used.ru_utime + used.ru_stime,
            "memoryMb": used.ru_maxrss / 1024,
        }
    )
)
