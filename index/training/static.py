"""Static vectors distilled from a model: what one gets without running a transformer."""

from __future__ import annotations

from pathlib import Path

DIMENSIONS = 256


def distilled(base: Path, folder: Path) -> Path:
    """Return the folder of static vectors of a model, made where it is missing.

    Model2Vec (Tulkens and van Dongen, 2024): each piece is encoded alone, the principal components
    are kept and weighted by frequency; a text is the mean of its pieces.

    Args:
        base: folder of the sentence-transformers model.
        folder: where the result is kept, itself a sentence-transformers model.
    """
    if (folder / "modules.json").is_file():
        return folder
    from model2vec.distill import distill_from_model
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    whole = SentenceTransformer(str(base), device="cpu")
    static = distill_from_model(whole[0].model, whole.tokenizer, pca_dims=DIMENSIONS, device="cpu")
    layer = StaticEmbedding(static.tokenizer, embedding_weights=static.embedding)
    SentenceTransformer(modules=[layer], device="cpu").save(str(folder), create_model_card=False)
    return folder
