"""Books whose chapters are files: Quarto, Jupyter Book, MyST, mdBook and GitBook projects."""
