"""What people decide (决定): assign, drag, undo, and the gate (销号)."""
