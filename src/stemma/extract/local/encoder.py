"""The encoder: words to states, by onnxruntime on the CPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from stemma.errors import EngineError
from stemma.extract.local.words import Ints, Words, owners, windows

CLS, SEP = 101, 102
SHAPE_OF_SPECIAL = 5
WIDTH = 384
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
        # A thread that waits awake costs what it saves: on a busy machine the second one doubled the
        # encoder's processor time (105 ms a report for 55), and all else went half as fast meanwhile.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
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
        states = np.zeros((len(words), WIDTH), dtype=np.float32)
        for window, (first, last) in zip(cuts, owners(words, cuts), strict=True):
            of = words.word[window.low : window.high]
            pieces = np.concatenate([[CLS], words.pieces[window.low : window.high], [SEP]])
            shapes = np.concatenate([[SHAPE_OF_SPECIAL], words.shape[of], [SHAPE_OF_SPECIAL]])
            found = self._session.run(
                None, {"pieces": pieces[None].astype(np.int64), "shapes": shapes[None].astype(np.int64)}
            )[0][0, 1:-1]
            keep = (of >= first) & (of < last)
            own, means = word_means(of[keep], found[keep])
            states[own] = means
        return states


def word_means(of: Ints, pieces: Floats) -> tuple[Ints, Floats]:
    """The words that the pieces (p, d) belong to, and the mean state of each: `of` (p,) in order."""
    if not len(of):
        return of, pieces
    firsts = np.flatnonzero(np.append(True, of[1:] != of[:-1]))
    counts = np.diff(np.append(firsts, len(of)))
    return of[firsts], np.asarray(np.add.reduceat(pieces, firsts) / counts[:, None], dtype=np.float32)
