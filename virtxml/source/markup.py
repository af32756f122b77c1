"""The pieces of markup in a text of XML: what is a tag, a comment, an instruction or a section, and where it ends.

One regular expression tells, in linear time. Of a well-formed text, it finds all there is. In any other, a tag without
its end is over where the next begins, and what is never closed goes on to the end of the text.
"""

from __future__ import annotations

import re

_NAME = r"""[^ \t\r\n/<>!?="']+"""

MARKUP = re.compile(
    rf"""<(?:
    /({_NAME})?[^<>]*(>?)
    |({_NAME})[^<>"']*(?:(?:"[^"<]*"|'[^'<]*'|["'])[^<>"']*)*(>?)
    |!--.*?(-->|\Z)
    |\?.*?(\?>|\Z)
    |!\[CDATA\[.*?(\]\]>|\Z)
    |![^>]*(>?))""",
    re.VERBOSE | re.DOTALL,
)
"""What begins with an angle bracket; the last group that has matched is one of these."""
END, START, COMMENT, INSTRUCTION, SECTION, DECLARATION = 2, 4, 5, 6, 7, 8
END_NAME, START_NAME = 1, 3
"""The groups with the names of tags. That of an end tag may be missing."""
