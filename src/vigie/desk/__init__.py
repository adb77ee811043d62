"""What an officer can do: ask the gate, call the room, keep the trail."""
