"""How it is found: text, diacritics, lexical and dense search, the sentences that answer."""
