"""An answer as a page: for a terminal, as Markdown, as one self-contained HTML file."""
