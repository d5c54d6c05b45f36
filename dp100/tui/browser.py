"""Opening a page in the learner's browser, without ever putting a text browser over the app."""

from __future__ import annotations

import webbrowser


def open_page(url: str) -> bool:
    """Opens a page in a browser with a window of its own; False when there is none."""
    try:
        browser = webbrowser.get()
        # A text-mode browser would take the terminal from the app; those are the plain GenericBrowser ones.
        if type(browser) is webbrowser.GenericBrowser:
            return False
        return browser.open(url)
    except (webbrowser.Error, OSError):
        return False
