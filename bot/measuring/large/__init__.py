"""Large stores, made by varying real text: how speed and memory grow with their size."""
