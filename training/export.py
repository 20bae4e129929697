#!/usr/bin/env python3
"""Writes a checkpoint as the shipped model: python training/export.py CHECKPOINT OUT_DIR [--fp32]

OUT_DIR gets encoder.onnx (int8, per channel), heads.npz (fp16), heads.json (labels, thresholds).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent))
from labels import all_labels
from net import Net

BENCH_ONLY = ("factuality", "event_trigger")
OVER = ("attribution", "muc", "event_")
"""Heads that `over.py` trains anew over the exported encoder: these here only shaped it."""


class States(torch.nn.Module):
    def __init__(self, encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces, shapes):
        return self.encoder(pieces, shapes, torch.ones_like(pieces))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--fp32", action="store_true")
    parser.add_argument("--bench", type=Path, help="where the heads go that only the public benchmarks need")
    parser.add_argument("--shares", type=Path, help="the roles of each type, from shares.py")
    parser.add_argument("--twice", type=Path, help="those that take two parties (--least 2)")
    options = parser.parse_args()
    net = Net()
    net.load_state_dict(torch.load(options.checkpoint, map_location="cpu"))
    net.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        sample = torch.full((1, 16), 101), torch.zeros(1, 16, dtype=torch.long)
        torch.onnx.export(
            States(net.encoder),
            sample,
            str(plain),
            input_names=["pieces", "shapes"],
            output_names=["states"],
            dynamic_axes={"pieces": {1: "n"}, "shapes": {1: "n"}},
            opset_version=17,
            dynamo=False,
        )
        if options.fp32:
            (options.out / "encoder.onnx").write_bytes(plain.read_bytes())
        else:
            from onnxruntime.quantization import QuantType, quantize_dynamic
            from onnxruntime.quantization.shape_inference import quant_pre_process

            ready = Path(folder) / "ready.onnx"
            quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
            quantize_dynamic(
                str(ready),
                str(options.out / "encoder.onnx"),
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
    heads = {k: v.numpy().astype(np.float16) for k, v in net.heads.state_dict().items()}
    extra = {k: v for k, v in heads.items() if k.startswith(BENCH_ONLY)}
    heads = {k: v for k, v in heads.items() if k in extra or not k.startswith(OVER)}
    np.savez_compressed(options.out / "heads.npz", **{k: v for k, v in heads.items() if k not in extra})
    if options.bench:
        np.savez_compressed(options.bench, **extra)
    old = options.out / "heads.json"
    kept = json.loads(old.read_text()) if old.exists() else {}
    shares = json.loads(options.shares.read_text()) if options.shares else kept.get("shares", {})
    labels = {**all_labels(), "thresholds": kept.get("thresholds", {}), "shares": shares}
    labels |= {name: kept[name] for name in ("calibration", "heard", "twice") if kept.get(name)}
    labels |= {"twice": json.loads(options.twice.read_text())} if options.twice else {}
    old.write_text(json.dumps(labels, indent=1) + "\n")
    for path in sorted(options.out.iterdir()):
        print(path.name, f"{path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
