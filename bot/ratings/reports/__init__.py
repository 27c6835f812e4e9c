"""Reports over ratings: counted, compared, drawn, exported."""
