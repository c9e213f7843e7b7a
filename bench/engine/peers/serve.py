"""PyTorch, one thread, float32: the same questions in lines of JSON as serve.mjs. Used where Python has it: see pythonWithTorch."""

import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def split(y):
    return y.reshape(64, 4, 16).transpose(0, 1)


def w1(t):
    h1 = torch.relu(t["x"] @ t["w1"] + t["b1"])
    h2 = torch.relu(h1 @ t["w2"] + t["b2"])
    return F.cross_entropy(h2 @ t["w3"] + t["b3"], t["target"])


def w2(t):
    h = t["x"]
    for i in range(50):
        h = torch.tanh(h @ t[f"w{i}"] + t[f"b{i}"])
    return h.mean()


def w3(t):
    x = t["a"]
    for _ in range(5000):
        x = x * t["a"] + t["b"]
    return x


def w4(t):
    n = F.layer_norm(t["x"], [64], t["g1"], t["c1"])
    scores = split(n @ t["q"]) @ split(n @ t["k"]).mT
    attention = torch.softmax(scores * (1 / 4), -1)
    mixed = (attention @ split(n @ t["v"])).transpose(0, 1).reshape(64, 64)
    y = t["x"] + mixed @ t["o"]
    hidden = torch.relu(F.layer_norm(y, [64], t["g2"], t["c2"]) @ t["up"] + t["upBias"])
    return (y + (hidden @ t["down"] + t["downBias"])).mean()


def w5(t):
    p1 = F.max_pool2d(torch.relu(F.conv2d(t["x"], t["k1"], t["c1"], padding=2)), 2)
    p2 = F.max_pool2d(torch.relu(F.conv2d(p1, t["k2"], t["c2"])), 2)
    h1 = torch.relu(p2.reshape(16, 400) @ t["w1"] + t["b1"])
    h2 = torch.relu(h1 @ t["w2"] + t["b2"])
    return F.cross_entropy(h2 @ t["w3"] + t["b3"], t["target"])


losses = {"W1": w1, "W2": w2, "W3": w3, "W4": w4, "W5": w5}


class Prepared:
    def __init__(self, workload, leaves):
        self.loss = losses[workload]
        self.tensors = {}
        self.parameters = {}
        for name, leaf in leaves.items():
            dtype = torch.int64 if leaf["kind"] == "classes" else torch.float32
            made = torch.tensor(leaf["content"], dtype=dtype).reshape(leaf["shape"])
            if leaf["kind"] == "parameter":
                self.parameters[name] = made.requires_grad_()
            self.tensors[name] = made

    def step(self):
        for parameter in self.parameters.values():
            parameter.grad = None
        loss = self.loss(self.tensors)
        loss.backward()
        return loss

    def check(self):
        loss = self.step()
        norms = {name: parameter.grad.double().norm().item() for name, parameter in self.parameters.items()}
        return {"loss": loss.item(), "norms": norms}


def main():
    prepared = None
    for line in sys.stdin:
        question = json.loads(line)
        try:
            if question["ask"] == "start":
                reply = {"version": f"PyTorch {torch.__version__}, 1 thread"}
            elif question["ask"] == "prepare":
                prepared = Prepared(question["workload"], question["leaves"])
                reply = prepared.check()
            else:
                times = []
                until = time.perf_counter() + question["milliseconds"] / 1000
                while time.perf_counter() < until or len(times) < 3:
                    started = time.perf_counter()
                    prepared.step()
                    times.append((time.perf_counter() - started) * 1000)
                reply = {"times": times}
        except Exception as error:
            reply = {"fails": str(error)}
        print(json.dumps({"reply": reply}), flush=True)


main()
