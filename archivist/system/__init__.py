"""What the operating system gives us, one thing a module: steps on disk that hold, locks, mounts, notifications."""
