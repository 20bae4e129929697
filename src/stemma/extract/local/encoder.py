"""The encoder: words to states, by onnxruntime on the CPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from stemma.errors import EngineError
from stemma.extract.local.words import Words, owners, windows

CLS, SEP = 101, 102
SHAPE_OF_SPECIAL = 5
Floats = NDArray[np.float32]


class Encoder:
    """Gives every word of a text a state of 384 numbers.

    Windows are encoded one by one, so that a document's states do not depend on what else is read,
    and a word's state is the mean of those of its pieces.
    """

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise EngineError(
                "the model cannot be loaded", where=path.name, mend="install stemma-record anew"
            ) from error

    def states(self, words: Words) -> Floats:
        """The states (n, 384) of the n words."""
        cuts = windows(words)
        width = 384
        sums = np.zeros((len(words), width), dtype=np.float32)
        for window, (first, last) in zip(cuts, owners(words, cuts), strict=True):
            of = words.word[window.low : window.high]
            pieces = np.concatenate([[CLS], words.pieces[window.low : window.high], [SEP]])
            shapes = np.concatenate([[SHAPE_OF_SPECIAL], words.shape[of], [SHAPE_OF_SPECIAL]])
            found = self._session.run(
                None, {"pieces": pieces[None].astype(np.int64), "shapes": shapes[None].astype(np.int64)}
            )[0][0, 1:-1]
            keep = (of >= first) & (of < last)
            np.add.at(sums, of[keep], found[keep])
        counts = np.bincount(words.word, minlength=len(words))[:, None]
        return (sums / np.maximum(counts, 1)).astype(np.float32)
