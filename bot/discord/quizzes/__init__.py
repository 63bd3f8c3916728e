"""What the commands of ``/quiz`` do, and who keeps the rounds going."""
