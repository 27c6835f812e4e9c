"""Make the shipped encoder: `python -m index.training STEP --shared FOLDER`.

fetch    read the public weights, cut the vocabulary          -> start/, teacher/, base/
align    teach the lower layers words as they are typed       -> align/model/
export   ONNX with 8-bit weights                              -> onnx/, onnx-8/
verify   compare the exported model with the trained one      -> fidelity.json
install  put the exported model in the place of the shipped one
compare  hold it against other encoders and the search        -> compare.json
         (all of them with weights of 7 bits, but the static one)
all      fetch to verify

Each step takes up what the one before left in the working folder; `align` goes on from its last
checkpoint when it was interrupted, and `compare` keeps the vectors it made.
"""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from index.encoder import MODEL, Encoder, OnnxEncoder
from index.evaluation.retrieval import EvaluationError
from index.training.compare import SETS
from index.training.weights import TrainingError

WORK = Path("build/encoder")


def fetch(shared: Path, work: Path, _: Namespace) -> None:
    """Read the public weights; write the model to teach, its teacher and the base model."""
    from index.syllables import SyllableModel
    from index.training import texts
    from index.training.model import save_model, tokenizer_of
    from index.training.vocabulary import SEED, cut_vocabulary, used_pieces, whole_vocabulary
    from index.training.weights import package_file, read_weights

    weights = read_weights(package_file())
    whole = whole_vocabulary(weights)
    used = used_pieces(tokenizer_of(whole), texts.sentences(shared, SEED))
    cut = cut_vocabulary(weights, used, SyllableModel.load().singles)
    save_model(weights, cut, cut.embeddings, work / "start")
    save_model(weights, cut, cut.original, work / "teacher")
    save_model(weights, whole, whole.embeddings, work / "base")
    print(f"{len(whole.pieces)} pieces -> {len(cut.pieces)}")


def align(shared: Path, work: Path, options: Namespace) -> None:
    """Teach words as they are typed."""
    from index.training import train

    chosen = train.SETTINGS[options.setting]
    print(train.align(work / "start", work / "teacher", shared, work, chosen))


def export(shared: Path, work: Path, _: Namespace) -> None:
    """Write the trained model as ONNX, with weights of 7 bits and, to compare, of 8."""
    from index.training.export import export

    sample = _sample(shared)
    export(work / "align/model", work / "onnx", sample)
    export(work / "align/model", work / "onnx-8", sample, reduce_range=False)


def verify(shared: Path, work: Path, _: Namespace) -> None:
    """Print how close the exported models are to the trained one."""
    from index.training.export import MEASURED, TEXTS, fidelity

    sample = _sample(shared)[MEASURED : MEASURED + TEXTS]
    names = {"reduced range": "onnx", "full range": "onnx-8"}
    found = {n: fidelity(work / "align/model", work / f, sample) for n, f in names.items()}
    _write(work / "fidelity.json", found)


def install(_: Path, work: Path, __: Namespace) -> None:
    """Put the exported model in the place of the shipped one."""
    from index.training.export import install

    install(work / "onnx", MODEL)


def compare(shared: Path, work: Path, options: Namespace) -> None:
    """Print the table of all systems over all sets."""
    from index.sentence_transformer_encoder import SentenceTransformerEncoder
    from index.training.compare import LAW, compare, gains
    from index.training.export import export
    from index.training.static import distilled

    if not (work / "base-onnx/model.onnx").is_file():
        export(work / "base", work / "base-onnx", _sample(shared))
    # Of the pieces that were cut away none occurs often enough to matter to a mean of pieces.
    static = distilled(work / "teacher", work / "static")
    encoders: dict[str, Encoder] = {
        "e5": OnnxEncoder(work / "base-onnx"),
        "static": SentenceTransformerEncoder.open(str(static), threads=2),
        "ours": OnnxEncoder(),
    }
    rows = []
    for row in compare(shared, work, encoders, options.sets):
        print(json.dumps(row.figures(), ensure_ascii=False), flush=True)
        rows.append(row)
    found: dict[str, Any] = {"rows": [row.figures() for row in rows]}
    if set(LAW) <= set(options.sets):
        found |= gains(rows)
    _write(work / "compare.json", found)


STEPS: dict[str, Callable[[Path, Path, Namespace], None]] = {
    "fetch": fetch,
    "align": align,
    "export": export,
    "verify": verify,
    "install": install,
    "compare": compare,
}
ALL = ("fetch", "align", "export", "verify")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step, or all that make the model.

    Args:
        arguments: what follows the module's name; those of the process without.

    Returns:
        Exit status: 0 done, 1 something is missing.
    """
    parser = argparse.ArgumentParser(
        prog="python -m index.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=[*STEPS, "all"])
    parser.add_argument("--shared", type=Path, required=True, help="folder of development data")
    parser.add_argument("--work", type=Path, default=WORK, help="default: %(default)s")
    parser.add_argument("--setting", choices=["cpu", "gpu", "test"], default="cpu")
    parser.add_argument(
        "--sets", nargs="+", choices=SETS, default=SETS, help="what to compare on; default: all"
    )
    options = parser.parse_args(arguments)
    try:
        for step in ALL if options.step == "all" else [options.step]:
            STEPS[step](options.shared, options.work, options)
    except (EvaluationError, TrainingError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _sample(shared: Path) -> list[str]:
    """Return sentences that are neither learnt nor measured."""
    from index.training import texts
    from index.training.train import SEED

    return texts.sentences(shared, SEED + 2)


def _write(path: Path, found: dict[str, Any]) -> None:
    text = json.dumps(found, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    sys.exit(main())
