"""What many tests share: workspaces, papers, hostile files, programs."""
