"""Bulletins as files for office programs: .docx in the form of GB/T 9704-2012, .xlsx of the tables."""
