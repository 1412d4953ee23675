"""What a notebook shows, by MIME type."""
