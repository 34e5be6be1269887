"""Issue 3: shown exactly as long as the law says, and nobody's private life."""
