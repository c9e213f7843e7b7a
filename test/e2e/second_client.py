"""Steps through a model over the debug protocol with debugpy's own protocol library, and prints what it saw as JSON.

Usage: second_client.py NODE CLI PROGRAM
"""

import json
import subprocess
import sys
import threading

from debugpy.common import messaging

node, cli, program = sys.argv[1:]
adapter = subprocess.Popen([node, cli, "dap"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


class Events:
    """What the adapter tells of its own accord."""

    def __init__(self):
        self.initialized = threading.Event()
        self.terminated = threading.Event()
        self.stops = []
        self.stopped = threading.Semaphore(0)

    def initialized_event(self, event):
        self.initialized.set()

    def stopped_event(self, event):
        self.stops.append({"reason": event("reason", str), "description": event("description", str, optional=True)})
        self.stopped.release()

    def terminated_event(self, event):
        self.terminated.set()

    def event(self, event):
        pass

    def disconnect(self):
        pass


events = Events()
channel = messaging.JsonMessageChannel(messaging.JsonIOStream.from_process(adapter), events, "second client")
channel.start()


def move(command):
    channel.request(command, {"threadId": 1})
    if not events.stopped.acquire(timeout=15):
        raise TimeoutError(command + " did not stop")


def top():
    frame = channel.request("stackTrace", {"threadId": 1})("stackFrames", list)[0]
    return {"name": frame["name"], "line": frame["line"], "endColumn": frame["endColumn"]}


def variables(scope):
    scopes = channel.request("scopes", {"frameId": 1})("scopes", list)
    reference = next(found["variablesReference"] for found in scopes if found["name"] == scope)
    rows = channel.request("variables", {"variablesReference": reference})("variables", list)
    return {row["name"]: row["value"] for row in rows}


seen = {}
capabilities = channel.request("initialize", {"adapterID": "retrograd", "clientID": "second client"})
seen["stepsBack"] = capabilities("supportsStepBack", bool)
channel.request("launch", {"program": program})
if not events.initialized.wait(15):
    raise TimeoutError("not initialized")
info = channel.request("dataBreakpointInfo", {"name": "w2.grad"})
channel.request("setDataBreakpoints", {"breakpoints": [{"dataId": info("dataId", str)}]})
channel.request("configurationDone")
events.stopped.acquire(timeout=15)
seen["start"] = top()
move("next")
move("next")
seen["sub"] = top()
move("stepBack")
seen["back"] = top()
move("continue")
seen["watched"] = top()
seen["gradients"] = variables("Gradients so far")
seen["local"] = channel.request("evaluate", {"expression": "Y * (1 - Y)"})("result", str)
try:
    channel.request("evaluate", {"expression": "nobody"})
except messaging.MessageHandlingError as error:
    seen["refused"] = str(error)
move("continue")
seen["end"] = variables("Gradients so far")
move("reverseContinue")
seen["again"] = top()
seen["stops"] = events.stops
channel.request("terminate")
seen["terminated"] = events.terminated.wait(15)
channel.request("disconnect")
seen["exit"] = adapter.wait(15)
print(json.dumps(seen))
