"""A workspace (工作区): its settings, its rule books, its data files, and all of it opened."""
