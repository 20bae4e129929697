#!/usr/bin/env python3
"""Trains the network: python training/train.py --out DIR [--epochs N] [--init CHECKPOINT] ..."""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent))
from corpora import events, factuality, gold, muc4, plover, polnear, taught
from losses import gold_losses
from net import Net, load_pretrained
from prepare import prepare

# What each corpus loads (training parts only) and how it is scored.
CORPORA = {
    "polnear": (lambda: polnear.load("train"), polnear.losses),
    "muc4": (lambda: muc4.load("dev"), muc4.losses),
    "events": (lambda: events.wikievents("train") + events.m2e2(), events.losses),
    "rams": (events.rams, events.losses),
    "plover": (plover.training, plover.losses),
    "factuality": (lambda: factuality.load("train"), factuality.losses),
    "taught": (taught.load, taught.losses),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--init", type=Path)
    parser.add_argument(
        "--gold", action="append", type=Path, default=[], help="folders of coded reports, each with text/"
    )
    for name in CORPORA:
        parser.add_argument(f"--{name}", type=float, default=0.0, help="documents of it per coded report")
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--heads-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="each takes a part of every batch")
    parser.add_argument("--half", action="store_true", help="the encoder in bfloat16")
    parser.add_argument("--words", action="store_true", help="train the vectors of word pieces too")
    parser.add_argument("--clip", type=float, default=1.0, help="largest norm of a step's gradient")
    parser.add_argument("--mean", type=float, default=0.0, help="also keep a running mean of the weights")
    parser.add_argument("--limit", type=int, help="coded reports to use, for a trial")
    parser.add_argument("--stop", type=int, help="stop after this step of the schedule")
    parser.add_argument("--scale", type=float, default=1.0, help="do this part of all steps, for a trial")
    options = parser.parse_args()
    options.epochs *= options.scale
    options.stop = options.stop and max(1, int(options.stop * options.scale))
    return options


def stream(options, coded):
    """Endless documents: (loader, labelled). Each epoch is a new order."""
    rng = random.Random(options.seed)
    shares = {name: getattr(options, name) for name in CORPORA}
    others = {name: CORPORA[name][0]() for name, share in shares.items() if share}
    decks: dict[str, list] = {name: [] for name in others}
    while True:
        epoch = [("gold", d) for d in coded]
        for name, documents in others.items():
            for _ in range(int(shares[name] * len(coded))):
                if not decks[name]:
                    decks[name] = rng.sample(documents, len(documents))
                epoch.append((name, decks[name].pop()))
        rng.shuffle(epoch)
        yield from epoch


def share_out(batch, processes: int):
    """The documents of a batch per process, the longest first to whoever has least to do."""
    loads, shares = [0] * processes, [[] for _ in range(processes)]
    for item in sorted(batch, key=lambda item: -len(item[1].words.pieces)):
        least = loads.index(min(loads))
        loads[least] += len(item[1].words.pieces)
        shares[least].append(item)
    return shares


def add_up(parameters) -> None:
    """Sums the gradients over the processes."""
    flat = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in parameters])
    torch.distributed.all_reduce(flat)
    at = 0
    for p in parameters:
        p.grad = flat[at : at + p.numel()].view_as(p)
        at += p.numel()


def set_up(options, device):
    """The network as it begins, with its optimiser's parameters: (net, encoder's, heads')."""
    net = Net()
    load_pretrained(net.encoder)
    torch.nn.init.constant_(net.heads.span_first.bias, -3.0)
    torch.nn.init.constant_(net.heads.span_last.bias, -3.0)
    torch.nn.init.constant_(net.heads.trigger.bias, -5.0)
    torch.nn.init.constant_(net.heads.link_claim.bias, -3.0)
    torch.nn.init.constant_(net.heads.event_trigger.bias, -5.0)
    torch.nn.init.constant_(net.heads.event_prior.bias, -3.0)
    torch.nn.init.constant_(net.heads.event_first.bias, -3.0)
    torch.nn.init.constant_(net.heads.event_last.bias, -3.0)
    if options.init:
        stored = torch.load(options.init, map_location="cpu")
        own = net.state_dict()
        fitting = {k: v for k, v in stored.items() if k in own and own[k].shape == v.shape}
        print("new:", *sorted(set(own) - set(fitting)), flush=True)
        net.load_state_dict(fitting, strict=False)
    # Word pieces keep their vectors: half of all parameters, and a third of a step's time on a CPU.
    net.encoder.words.weight.requires_grad_(options.words)
    return net.to(device)


def main():
    options = arguments()
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29531")
    if options.processes == 1:
        train(0, options)
    else:
        torch.multiprocessing.spawn(train, (options,), options.processes)


def train(rank, options):
    if options.processes > 1:
        torch.distributed.init_process_group("gloo", rank=rank, world_size=options.processes)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = set_up(options, device)
    torch.manual_seed(options.seed * 100 + rank)
    chance = random.Random(options.seed * 100 + rank)
    coded = [
        d for folder in options.gold or [gold.ROOT / "train"] for d in gold.load(folder.name, folder.parent)
    ]
    coded = coded[: options.limit]
    per_epoch = len(coded) * (1 + sum(getattr(options, name) for name in CORPORA))
    steps = int(options.epochs * per_epoch / options.batch)
    parameters = [p for p in net.parameters() if p.requires_grad]
    heads = list(net.heads.parameters())
    plain = [p for p in net.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": plain, "lr": options.encoder_rate}, {"params": heads, "lr": options.heads_rate}],
        weight_decay=0.01,
    )
    warm = max(1, int(0.08 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / warm, max(0.02, (steps - k) / max(1, steps - warm)))
    )
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "command.json").write_text(
        json.dumps({k: str(v) for k, v in vars(options).items()}, indent=1)
    )
    source, began, sums, seen = stream(options, coded), time.time(), {}, 0
    net.train()
    mean = {k: v.detach().clone() for k, v in net.state_dict().items()} if options.mean and not rank else {}
    cache = {}
    for step in range(min(steps, options.stop or steps)):
        optimiser.zero_grad()
        batch = [next(source) for _ in range(options.batch)]
        seen += sum(len(labelled.words.pieces) for _, labelled in batch)
        for kind, labelled in share_out(batch, options.processes)[rank]:
            key = (kind, labelled.name)
            if key not in cache:
                cache[key] = prepare(labelled.words)
            document = cache[key] if chance.random() > 0.1 else prepare(labelled.words, capitals=True)
            # Half precision where the processor multiplies it: 2.4 times as fast with AMX, on a GPU more.
            with torch.autocast(device, torch.bfloat16, enabled=options.half):
                x = net.states(document.to(device))
            losses = (gold_losses if kind == "gold" else CORPORA[kind][1])(net, labelled, x.float(), device)
            if losses:
                (sum(losses.values()) / options.batch).backward()
            for name, value in losses.items():
                a, b = sums.get(name, (0.0, 0))
                sums[name] = (a + float(value.detach()), b + 1)
        if options.processes > 1:
            add_up(parameters)
        torch.nn.utils.clip_grad_norm_(parameters, options.clip)
        optimiser.step()
        schedule.step()
        if rank:
            continue
        for name, value in net.state_dict().items() if mean else ():
            # The mean begins short: the first steps are not what it is meant to remember.
            mean[name].lerp_(value, 1 - min(options.mean, (step + 1) / (step + 10)))
        if step % 25 == 24 or step + 1 in (steps, options.stop):
            row = {
                "step": step + 1,
                "of": steps,
                "epoch": round((step + 1) * options.batch / per_epoch, 2),
                "minutes": round((time.time() - began) / 60, 1),
                "pieces/s": int(seen / (time.time() - began)),
                **{k: round(a / b, 3) for k, (a, b) in sums.items()},
            }
            print(json.dumps(row), flush=True)
            with (options.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(row) + "\n")
            sums = {}
        if step % 100 == 99 or step + 1 in (steps, options.stop):
            torch.save({k: v.cpu() for k, v in net.state_dict().items()}, options.out / "net.pt")
            if mean:
                torch.save({k: v.cpu() for k, v in mean.items()}, options.out / "mean.pt")
    if math.isnan(sum(float(p.detach().sum()) for p in heads)):
        sys.exit("the weights are not numbers: lower the rates")


if __name__ == "__main__":
    main()
