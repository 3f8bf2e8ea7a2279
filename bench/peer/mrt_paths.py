"""What bench/internet-read.bench.ts times beside Netwright: mrtparse, to distinct paths."""
import sys

from mrtparse import Reader

routes = 0
paths = set()
for record in Reader(sys.argv[1]):
    if getattr(record.mrt, "rib", None) is None:
        continue
    for entry in record.mrt.rib.entry:
        routes += 1
        for attribute in entry.attr:
            if attribute.type == 2:
                paths.add(" ".join(asn for segment in attribute.as_path for asn in segment["val"]))
print(routes, len(paths))
