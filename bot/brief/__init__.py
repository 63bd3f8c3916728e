"""What a brief is: pack, places, publication, citations, references. Standard library only."""
