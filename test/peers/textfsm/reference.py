"""Runs the reference implementation: JSON lines in, JSON lines out.

["parse", template, text]          -> {"header": [...], "rows": [...]} or {"error": class, "message": text}
["match", pattern, text]           -> {"groups": {...}} or null, or {"error": ...}
["table", {file: text}, attributes, text] -> {"header": [...], "rows": [...], "superkey": [...]} or {"error": ...}
["time", template, text, rounds]   -> {"seconds": ..., "rows": ...}
"""
import io
import json
import os
import re
import sys
import tempfile
import time
import warnings

import textfsm
from textfsm import clitable

warnings.simplefilter("ignore")


def parse(template, text):
    fsm = textfsm.TextFSM(io.StringIO(template))
    return {"header": fsm.header, "rows": fsm.ParseText(text)}


def match(pattern, text):
    found = re.compile(pattern).match(text)
    return None if found is None else {"groups": found.groupdict()}


def table(files, attributes, text):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(content)
        result = clitable.CliTable("index", folder)
        result.ParseCmd(text, attributes)
        return {
            "header": list(result.header.values),
            "rows": [list(row.values) for row in result],
            "superkey": list(result.superkey),
        }


def measure(template, text, rounds):
    fsm = textfsm.TextFSM(io.StringIO(template))
    best = None
    for _ in range(rounds):
        fsm.Reset()
        start = time.process_time()
        rows = len(fsm.ParseText(text))
        spent = time.process_time() - start
        best = spent if best is None else min(best, spent)
    return {"seconds": best, "rows": rows}


jobs = {"parse": parse, "match": match, "table": table, "time": measure}
for line in sys.stdin:
    kind, *arguments = json.loads(line)
    try:
        answer = jobs[kind](*arguments)
    except Exception as error:  # pylint: disable=broad-except
        answer = {"error": type(error).__name__, "message": str(error)}
    print(json.dumps(answer))
