"""What the running netmiko says of itself, as JSON."""

import json
import netmiko
from netmiko.ssh_dispatcher import CLASS_MAPPER, FILE_TRANSFER_MAP

IMPLICIT = {"__module__", "__doc__", "__dict__", "__weakref__", "__qualname__"}


def name_of(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def order(cls):
    return [name_of(one) for one in cls.__mro__]


mapped = set(CLASS_MAPPER.values())
ios = CLASS_MAPPER["cisco_ios"]
print(
    json.dumps(
        {
            "version": netmiko.__version__,
            "keys": {key: name_of(cls) for key, cls in CLASS_MAPPER.items()},
            "transfer": {key: name_of(cls) for key, cls in FILE_TRANSFER_MAP.items()},
            "orders": {name_of(cls): order(cls) for cls in mapped},
            "vars": {name_of(cls): sorted(set(vars(cls)) - IMPLICIT) for cls in ios.__mro__ if cls is not object},
        }
    )
)
