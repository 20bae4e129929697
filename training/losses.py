"""The losses of one coded report over all heads."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from corpora.gold import Labelled
from labels import MAX_WIDTH, TYPES
from net import between_means
from prepare import bucket, relation

UNTOLD = 0.3  # weight of a negative outside every coded sentence: names there were never looked for


def bce(logits, targets, weights=None, positive=1.0):
    loss = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    loss = loss * (1 + (positive - 1) * targets)
    return loss if weights is None else loss * weights


def told_mask(labelled: Labelled, n: int) -> np.ndarray:
    told = np.zeros(n, dtype=bool)
    for first, last in labelled.told:
        sentences = labelled.words.sentence
        told |= (sentences >= sentences[first]) & (sentences <= sentences[last])
    return told


def gold_losses(net, labelled: Labelled, x, device) -> dict[str, torch.Tensor]:
    heads, n = net.heads, len(x)
    told = torch.from_numpy(told_mask(labelled, n)).to(device)
    logits = heads.spans(x)
    targets = torch.zeros_like(logits)
    for (i, j), kinds in labelled.spans.items():
        for k in kinds:
            targets[i, j - i, k] = 1
    valid = (torch.arange(n, device=device)[:, None] + torch.arange(MAX_WIDTH, device=device)) < n
    weights = (valid.float() * torch.where(told, 1.0, UNTOLD)[:, None])[..., None]
    weights = torch.maximum(weights.expand_as(targets), targets)
    losses = {"span": bce(logits, targets, weights, 1.5).sum() / (targets.sum() + 10)}

    trigger_logits = heads.trigger(heads.dropout(x)).view(n, 2, len(TYPES))
    trigger_targets = torch.zeros_like(trigger_logits)
    for c in labelled.claims:
        trigger_targets[c.trigger[0] : c.trigger[1] + 1, 0, c.type] = 1
        trigger_targets[c.trigger[0], 1, c.type] = 1
    losses["trigger"] = (
        bce(trigger_logits, trigger_targets, None, 2.0).sum() / (trigger_targets.sum() + 5) * 1.5
    )
    if not labelled.claims:
        return losses

    def tensor(values, kind=torch.long):
        return torch.tensor(values, dtype=kind, device=device)

    starts, ends = (
        tensor([c.trigger[0] for c in labelled.claims]),
        tensor([c.trigger[1] for c in labelled.claims]),
    )
    claims = heads.claims(x, starts, ends, tensor([c.type for c in labelled.claims]))
    modes = tensor([c.mode for c in labelled.claims])
    if (modes >= 0).any():
        losses["mode"] = 0.5 * F.cross_entropy(heads.mode(claims)[modes >= 0], modes[modes >= 0])
    losses["status"] = F.cross_entropy(
        heads.status(claims),
        tensor([c.status for c in labelled.claims]),
        tensor([1.0, 1.0, 2.0, 2.0], torch.float),
    )
    losses["certainty"] = F.cross_entropy(
        heads.certainty(claims),
        tensor([c.certainty for c in labelled.claims]),
        tensor([1.0, 3.0, 3.0], torch.float),
    )
    losses["negated"] = bce(
        heads.negated(claims)[:, 0], tensor([c.negated for c in labelled.claims], torch.float), None, 4.0
    ).mean()

    with torch.no_grad():
        probabilities = torch.sigmoid(logits)
        best = torch.where(valid, probabilities.amax(-1), 0)
        guessed = torch.nonzero(best > 0.3).tolist()
    gold_spans = sorted(labelled.spans)
    extra = [(i, i + w) for i, w in guessed if (i, i + w) not in labelled.spans][:80]
    spans = gold_spans + extra
    s, e = tensor([a for a, _ in spans]), tensor([b for _, b in spans])
    kinds = probabilities[s, e - s]
    mentions = heads.mentions(x, s, e, kinds)

    distance = s.cpu().numpy()[None] - starts.cpu().numpy()[:, None]
    sentence = labelled.words.sentence
    between = between_means(x, starts, ends, s, e)
    scores = heads.links(
        claims,
        mentions,
        between,
        tensor(bucket(distance)),
        tensor(relation(sentence[starts.cpu().numpy()], sentence[s.cpu().numpy()])),
    )
    wanted, mask = torch.zeros_like(scores), torch.ones_like(scores[..., 0])
    index = {span: k for k, span in enumerate(spans)}
    for t, c in enumerate(labelled.claims):
        for span in c.ignored:
            if span in index:
                mask[t, index[span]] = 0
        for span, links in c.links.items():
            if span in index:
                mask[t, index[span]] = 1
                for link in links:
                    wanted[t, index[span], link] = 1
    losses["link"] = bce(scores, wanted, mask[..., None], 1.5).sum() / (wanted.sum() + 5) * 2.5

    kinds_at = [(index[span], kind) for span, kind in labelled.source_kinds.items() if span in index]
    if kinds_at:
        losses["source kind"] = 0.3 * F.cross_entropy(
            heads.source_kind(mentions[tensor([k for k, _ in kinds_at])]),
            tensor([kind for _, kind in kinds_at]),
        )
    named = [k for k, span in enumerate(spans) if len(labelled.entity.get(span, ())) == 1]
    if len(named) > 1:
        ids = [next(iter(labelled.entity[spans[k]])) for k in named]
        same = tensor([[a == b for b in ids] for a in ids], torch.float)
        features = tensor(pair_features(labelled.words, [spans[k] for k in named]), torch.float)
        pairs = heads.same(mentions[tensor(named)], features)
        off = 1 - torch.eye(len(named), device=device)
        losses["same"] = (bce(pairs, same, off, 2.0).sum() / off.sum()) * 2
    return losses


def pair_features(words, spans) -> np.ndarray:
    from stemma.extract.local.likeness import likeness

    texts = [words.text[words.start[a] : words.end[b]] for a, b in spans]
    return likeness(texts)
