"""What was computed and asked for lately, up to a number of values: the longest unasked for is forgotten first."""

import threading
from collections import OrderedDict
from typing import Any


class Recent:
    """Values by key, for many threads at once. A class because what it holds changes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[object, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: object, default: Any = None) -> Any:
        """The value of a key, which is the latest asked for now; `default` where there is none."""
        with self._lock:
            if key not in self._values:
                return default
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, key: object, value: Any) -> Any:
        """The value of a key: this one, or the one that another thread has brought before."""
        with self._lock:
            value = self._values.setdefault(key, value)
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
            return value
