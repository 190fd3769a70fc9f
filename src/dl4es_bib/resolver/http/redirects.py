"""Which redirects are followed: to the same host or by https, and never into this network from outside of it."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from dl4es_bib.resolver.http.hosts import is_local
from dl4es_bib.resolver.http.wire import NotFollowed

_MAX_URL = 8_000


def same_host(one: str, other: str) -> bool:
    """Whether two addresses have scheme, host and port in common."""
    ours, theirs = urlsplit(one), urlsplit(other)
    return (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)


def redirected(url: str, location: str, *, from_local: bool, mailto: str = "", secret: str = "") -> str:
    """Where an answer sends us.

    Arguments:
        url: what was asked.
        location: the answer's header ``Location``.
        from_local: the service itself is inside this network, as a mirror or test server is. It may redirect to
            its own host, and to no other one inside.
        mailto: the user's mail address; another host does not learn it.
        secret: the user's key; another host does not learn it either.

    Raises:
        NotFollowed: we do not go there.
    """
    try:
        target = urljoin(url, location.strip()).partition("#")[0]
        parts = urlsplit(target)
        host, same = parts.hostname or "", same_host(target, url)
        stays = from_local and host == urlsplit(url).hostname
    except ValueError:
        raise NotFollowed("it sends us to an address that is none") from None
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and same)):
        raise NotFollowed(f"it sends us to a {parts.scheme or 'nameless'} address, which is not followed")
    if parts.username or parts.password or len(target) > _MAX_URL:
        raise NotFollowed("it sends us to an address that is not followed")
    if is_local(host) and not stays:
        raise NotFollowed("it sends us to an address inside this network, which is not followed")
    private = [text.lower() for text in (mailto, secret) if text]
    if same or not private:
        return target
    # A service may repeat our question in its redirect, also as a value of a parameter of its own.
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() != "mailto" and not any(text in unquote(value).lower() for text in private)
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))
