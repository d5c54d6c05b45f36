"""Which addresses the words of `curl`, `wget` and `azcopy` name.

A word is taken for an address unless it is known to be something else, so that an option we do not know hides none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

#: Options of one letter that have a value; it may follow at once, and switches may stand in front of the letter.
#: For azcopy, all letters are switches. From `curl --help all` and `wget --help`.
_VALUED = {"curl": "AbcCdDeEFHKmoPQrtTuUwxXyYz", "wget": "aABDeiIlnoOPQRtTUwX", "azcopy": ""}

#: Options whose value is an address to go to.
_TO = {
    "curl": frozenset(("-x", "--url")),
    "wget": frozenset(("-B", "--base")),
    "azcopy": frozenset[str](),
}

#: Long options whose value is none, though it may look like one.
_CURL = """
    --aws-sigv4 --cert --cookie --cookie-jar --data --data-ascii --data-binary --data-raw --data-urlencode
    --dump-header --etag-compare --etag-save --form --form-string --header --json --key --login-options --mail-auth
    --mail-from --mail-rcpt --netrc-file --noproxy --oauth2-bearer --output --output-dir --proxy-header --proxy-user
    --quote --referer --request-target --sasl-authzid --service-name --stderr --trace --trace-ascii --upload-file
    --url-query --user --user-agent --variable --write-out
"""
_WGET = """
    --accept --append-output --body-data --body-file --config --directory-prefix --domains --exclude-domains
    --execute --header --input-file --load-cookies --output-document --output-file --password --post-data
    --post-file --referer --reject --save-cookies --user --user-agent
"""
_AZCOPY = "--cap-mbps --log-level --output-level --output-type --trusted-microsoft-suffixes"
_NOT_TO = {
    "curl": frozenset(_CURL.split()),
    "wget": frozenset(_WGET.split()),
    "azcopy": frozenset(_AZCOPY.split()),
}

_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:/{1,3})?(?:[^/?#\s'\"]*@)?([^/?#:@\s'\"]+)(?::\d*)?(?:[/?#].*)?", re.IGNORECASE
)
_CONNECT_TO = re.compile(r"(?:\[.*?\]|[^:\[]*):\d*:(\[.*?\]|[^:\[]*):\d*")


def hosts(program: str, words: Sequence[str]) -> Iterator[str]:
    """The hosts in the words behind a program's name."""
    for word in _addresses(program, words):
        if found := _ADDRESS.fullmatch(word):
            yield found[1]


def plain(program: str, words: Sequence[str]) -> list[str]:
    """The words that are neither options nor the value of one that is known."""
    return [word for word in _addresses(program, words) if not word.startswith("-")]


def _addresses(program: str, words: Sequence[str]) -> Iterator[str]:
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            name, sign, value = word.partition("=")
            if sign:
                if name in _TO[program]:
                    yield value
            elif name == "--connect-to":
                if found := _CONNECT_TO.fullmatch(next(rest, "")):
                    yield found[1]
            elif name in _NOT_TO[program]:
                next(rest, None)
        elif word.startswith("-"):
            yield from _in_letters(program, word[1:], rest)
        else:
            yield word


def _in_letters(program: str, letters: str, rest: Iterator[str]) -> Iterator[str]:
    """What ``-sxHOST`` or ``-sx HOST`` names; ``rest`` are the words behind it."""
    for place, letter in enumerate(letters):
        if letter not in _VALUED[program]:
            continue
        value = letters[place + 1 :]
        if not value and not (program == "wget" and letter == "n"):  # -nc, -nH: letters follow, never a word
            value = next(rest, "")
        if "-" + letter in _TO[program]:
            yield value
        return
