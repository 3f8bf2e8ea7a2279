"""netmiko's side of the benchmarks: one JSON line a round on stdout, {"seconds", "cpu", "bytes"}.

    netmiko_backup.py one <rounds> <platform> <host> <port> <user> <password> <enable>
    netmiko_backup.py many <serial|parallel> <platform> <user> <password> <enable> <host:port>...
"""
import json
import os
import sys
import time
from multiprocessing import Pool

from netmiko import ConnectHandler

COMMANDS = ("show version", "show running-config")
# Its waits are fixed times, 0.1 s in find_prompt for one: behind a long line they must be stretched.
DELAY_FACTOR = int(os.environ.get("NETMIKO_DELAY_FACTOR", "0"))


def back_up(target):
    connection = ConnectHandler(**target)
    if target["secret"]:
        connection.enable()
    size = sum(len(connection.send_command(command, delay_factor=4, max_loops=5000)) for command in COMMANDS)
    connection.disconnect()
    return size


def target(platform, host, port, user, password, enable):
    return {"device_type": platform, "host": host, "port": int(port), "username": user, "password": password,
            "secret": enable, "fast_cli": DELAY_FACTOR == 0, "global_delay_factor": DELAY_FACTOR or 1, "timeout": 60}


def report(work):
    clock, cpu = time.monotonic(), time.process_time()
    size = work()
    print(json.dumps({"seconds": time.monotonic() - clock, "cpu": time.process_time() - cpu, "bytes": size}), flush=True)


if __name__ == "__main__":
    mode = sys.argv[1]
    if mode == "one":
        rounds, platform, host, port, user, password, enable = sys.argv[2:9]
        for _ in range(int(rounds)):
            report(lambda: back_up(target(platform, host, port, user, password, enable)))
    else:
        how, platform, user, password, enable = sys.argv[2:7]
        targets = [target(platform, *address.rsplit(":", 1), user, password, enable) for address in sys.argv[7:]]
        if how == "serial":
            report(lambda: sum(map(back_up, targets)))
        else:
            with Pool(len(targets)) as pool:
                report(lambda: sum(pool.map(back_up, targets)))
