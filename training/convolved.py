"""A head that looks at the words around a word: dilated convolutions over states that stay as they are.

Residual blocks of width three and dilation 1, 2, 4, 8 see 15 words to either side (Yu and Koltun 2016; for
tagging Strubell et al. 2017). `stemma.extract.local.heads` and `bench_engine` compute the same in numpy.
"""

from __future__ import annotations

import torch
from torch import nn

from net import H

DILATIONS = (1, 2, 4, 8)


class Convolved(nn.Module):
    """States (n, 384) to logits (n, out) and, with `whole`, one logit of the text; `size` channels."""

    def __init__(self, size: int, out: int, dropout: float, whole: bool = False) -> None:
        super().__init__()
        self.into = nn.Linear(H, size)
        self.whole = nn.Linear(H, size) if whole else None
        self.mixes = nn.ModuleList(nn.Linear(3 * size, size) for _ in DILATIONS)
        self.out = nn.Linear(size + H, out)
        self.relevant = nn.Linear(size + H, 1) if whole else None
        self.dropout = nn.Dropout(dropout)
        # ReLU where it runs over every report; the head of the benchmark alone may cost more.
        self.bend = nn.functional.gelu if whole else torch.relu

    def forward(self, x):
        mean = x.mean(0)
        h, logits = self.around(x)
        return logits if self.relevant is None else (logits, self.relevant(torch.cat([h.amax(0), mean])))

    def around(self, x):
        """What each word and those around it say together (n, size), and the logits (n, out)."""
        mean = x.mean(0)
        x = self.dropout(x)
        h = self.into(x)
        if self.whole is not None:
            h = h + self.whole(self.dropout(mean))
        h = self.bend(h)
        for mix, gap in zip(self.mixes, DILATIONS, strict=True):
            edge = h.new_zeros(gap, h.shape[1])
            before, after = torch.cat([edge, h])[: len(h)], torch.cat([h, edge])[gap:]
            h = h + self.dropout(self.bend(mix(torch.cat([before, h, after], 1))))
        return h, self.out(torch.cat([h, x], 1))

    def weights(self, name: str) -> dict[str, torch.Tensor]:
        """All weights as the engine names them."""
        own = {f"{name}_in": self.into, f"{name}_out": self.out}
        own |= {f"{name}_mix{k}": mix for k, mix in enumerate(self.mixes)}
        if self.relevant is not None:
            own |= {f"{name}_whole": self.whole, f"{name}_relevant": self.relevant}
        return {
            f"{k}.{part}": getattr(layer, part).detach()
            for k, layer in own.items()
            for part in ("weight", "bias")
        }
