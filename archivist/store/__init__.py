"""The archive's files (档案库): the only writer of originals and copies; never overwrites."""
