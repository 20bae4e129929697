"""Who is what to a public event: each word of a text against each trigger, over states that stay as they are.

WikiEvents counts the head word of an argument, so heads are what is found: no spans are proposed. What stands
between trigger and word, how far apart they are and the trigger's type go into one small network; the
triggers are learned beside them, for what that teaches the convolutions. `bench_engine` computes the same.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from convolved import Convolved
from corpora import events
from labels import DISTANCES, EVENT_ROLES, EVENT_TYPES
from net import H, between_means, span_mean
from prepare import bucket, relation

TYPES = [name for name in EVENT_TYPES if not name.startswith("ACE.")]
ROLES = [name for name in EVENT_ROLES if not name.startswith("ACE.")]
SIZE, PAIR, FORM = 160, 128, 24
MOST = 24  # triggers of one text that are learned at once
PARTIAL = 0.3  # weight of a text of which one event of several is labelled


class Arguments(nn.Module):
    """WikiEvents, with RAMS and M2E2 told in its terms."""

    name, epochs, batch, rate, decay = "event_argument", 3.0, 4, 1.5e-3, 0.05

    def __init__(self) -> None:
        super().__init__()
        self.body = Convolved(SIZE, 2 * len(TYPES), 0.3)
        self.dropout = nn.Dropout(0.3)
        self.types = nn.Embedding(len(TYPES), H)
        self.near, self.sentence = nn.Embedding(len(DISTANCES) + 1, PAIR), nn.Embedding(5, PAIR)
        for table, spread in ((self.types, 0.02), (self.near, 0.1), (self.sentence, 0.1)):
            nn.init.normal_(table.weight, std=spread)
        self.event, self.word = nn.Linear(2 * H + SIZE, PAIR), nn.Linear(H + SIZE, PAIR)
        self.between = nn.Linear(H + SIZE, PAIR, bias=False)
        self.mix, self.out = nn.Linear(PAIR, PAIR), nn.Linear(PAIR, len(ROLES))
        self.event_form, self.word_form = nn.Linear(PAIR, len(ROLES) * FORM), nn.Linear(PAIR, FORM)
        self.prior = nn.Linear(H, len(ROLES))

    def documents(self):
        # WikiEvents twice: it alone is measured, and has a quarter of the texts.
        return [*2 * events.wikievents("train"), *events.rams(), *events.m2e2_as_wikievents()]

    def forward(self, x, triggers, types, sentence):
        """States (n, H), triggers (t, 2), their types (t,), the sentence of each word -> logits of the
        triggers (n, 2, TYPES) and of the words' roles (t, n, ROLES)."""
        h, logits = self.body.around(x)
        z = torch.cat([x, h], 1)
        starts, ends = triggers.T
        kinds = self.types(types)
        event = F.gelu(self.event(self.dropout(torch.cat([span_mean(z, starts, ends), kinds], 1))))
        word = F.gelu(self.word(self.dropout(z)))
        every = torch.arange(len(x))
        first, last = starts.numpy()[:, None], ends.numpy()[:, None]
        place = np.arange(len(x))[None]
        where = relation(sentence[starts.numpy()], sentence)
        where = np.where((place >= first) & (place <= last), 4, where)
        hidden = F.gelu(
            event[:, None]
            + word[None]
            + between_means(self.between(z), starts, ends, every, every)
            + self.near(torch.from_numpy(bucket(place - first)))
            + self.sentence(torch.from_numpy(where))
        )
        hidden = hidden + F.gelu(self.mix(self.dropout(hidden)))
        form = self.event_form(event).view(len(event), len(ROLES), FORM)
        scores = self.out(self.dropout(hidden)) + self.prior(kinds)[:, None]
        scores = scores + torch.einsum("tre,ne->tnr", form, self.word_form(word)) / 5
        return logits.view(len(x), 2, -1), scores

    def loss(self, document, x):
        chosen = document.events
        if len(chosen) > MOST:
            chosen = [chosen[k] for k in torch.randperm(len(chosen))[:MOST]]
        triggers = torch.tensor([event.trigger for event in chosen], dtype=torch.long).reshape(-1, 2)
        types = torch.tensor([event.type for event in chosen], dtype=torch.long)
        found, roles = self(x, triggers, types, document.words.sentence)
        wanted, mask = torch.zeros_like(found), torch.ones_like(found)
        for event in document.events:
            first, last = event.trigger
            wanted[first : last + 1, 0, event.type] = 1
            wanted[first, 1, event.type] = 1
        if document.partial:
            (first, last), mask = document.events[0].trigger, torch.zeros_like(found)
            mask[first : last + 1] = 1
        elif document.told:
            mask[..., [k for k in range(len(TYPES)) if k not in document.told]] = 0
        loss = 2 * _told(found, wanted, mask) / (wanted.sum() + 8)
        if not chosen:
            return loss
        filled = torch.zeros_like(roles)
        for row, event in enumerate(chosen):
            for span, role in event.arguments:
                filled[row, events.head(document.words, span), role] = 1
        loss = loss + _told(roles, filled, torch.ones(())) / (filled.sum() + 4)
        return loss * (PARTIAL if document.partial else 1)

    def weights(self):
        layers = {"event", "word", "between", "mix", "out", "event_form", "word_form", "prior"}
        tables = {"types": self.types, "near": self.near, "sentence": self.sentence}
        own = {f"{self.name}_{name}.weight": layer.weight for name, layer in tables.items()}
        for name in layers:
            for part, values in getattr(self, name).named_parameters():
                own[f"{self.name}_own_{name}.{part}"] = values
        return {**self.body.weights(self.name), **{name: values.detach() for name, values in own.items()}}


def _told(logits, wanted, mask):
    losses = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (losses * (1 + 0.5 * wanted) * mask).sum()
