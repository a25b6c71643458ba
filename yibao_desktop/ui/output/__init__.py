"""Sheets on paper, in PDF files and as codes."""
