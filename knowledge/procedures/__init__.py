"""Facts of administrative procedures, read out of the text that is stored of them.

    Document(text, sections) --reading--> Procedure(modes, papers, …) --rows--> the home's database

Whatever a procedure states is a slice of its document's text; numbers are computed beside it.
"""
