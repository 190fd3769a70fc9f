"""What each verb does: the stages meet here, and only here."""
