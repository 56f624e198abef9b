"""One chart a file: worked-out values in; a Plotly figure, its words and its figures as a table out."""
