"""Reading PDFs: characters and rules to lines and tables, by pdfium or pdfplumber."""
