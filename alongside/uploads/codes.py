"""What a file may be, how large, and what is said of it."""

from __future__ import annotations

from datetime import timedelta

KINDS = {
    "letter": "A letter or an e-mail",
    "messages": "Messages, or a picture of them",
    "injury": "A photograph of an injury",
    "damage": "A photograph of damage, or of a place",
    "statement": "A statement or a note",
    "court": "A paper of a court",
    "medical": "A medical paper",
    "other": "Something else",
}
PDF, JPEG, PNG, TEXT = "application/pdf", "image/jpeg", "image/png", "text/plain"
TYPES = {
    PDF: ("PDF", "pdf"),
    JPEG: ("Photograph (JPEG)", "jpg"),
    PNG: ("Picture (PNG)", "png"),
    TEXT: ("Plain text", "txt"),
}
MOST_BYTES = 20_000_000
MOST_A_DAY = 100  # files one person adds in a day: to be confirmed by your partnership; our proposal

# To be confirmed by your partnership. Source: our proposal; long enough for a slow line, too short to be passed on.
TICKET_FOR = timedelta(seconds=60)

# Why a file waits, or was refused: the code as it is kept, and the sentence whoever added it reads.
PROBLEMS = {
    "scanner-away": "The scanner does not answer. Nobody can open the file until it has been looked at; that is tried again every few seconds.",
    "signatures-old": "The scanner’s list of what is harmful is too old. Nobody can open the file until whoever runs Alongside has renewed it.",
    "malware": "The scanner found something harmful in it. It is kept sealed, and nobody can open it here.",
    "locked": "It is locked with a password. Take the password off, save it again, and add that.",
    "damaged": "It is damaged, or not what it says it is. Open it on your device, save it again as a PDF or a picture, and add that.",
    "too-large-inside": "It unpacks to far more than a page or a picture needs. Take a smaller picture, or save fewer pages.",
    "layers": "It has layers that are hidden, and what is hidden would go along. Print it to a new PDF, and add that.",
    "too-many-pages": "It has more than 500 pages. Add it in parts.",
    "moves": "It is a moving picture. Add a still one.",
    "picture-kind": "A picture in it is of a kind that cannot be made clean. Print it to a new PDF, and add that.",
    "took-too-long": "It took too long to make a clean copy. Save it again as a PDF or a picture, and add that.",
}
