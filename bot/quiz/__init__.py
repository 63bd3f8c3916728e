"""The rules of a quiz: items and sets, judging, rounds, results, practice. Pure: state in, state and effects out."""
