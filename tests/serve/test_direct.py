"""Direct answers to plain requests: the same as those through the parser, and never to anything else."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from helpers.serving import Line

if TYPE_CHECKING:
    from helpers.serving import Served

TAIL = b"Host: localhost\r\nX-Test: %b\r\n\r\n"
PATHS = {
    "a kept answer": (b"/sparql?query=ASK%7B%7D", b"200 OK"),
    "a changing answer": (b"/sparql?query=SELECT%20(RAND()%20AS%20?r)%20%7B%7D", b"200 OK"),
    "a refused query": (b"/sparql?query=SELEC", b"400 Bad Request"),
    "a parameter that is not UTF-8": (b"/sparql?query=%FF", b"400 Bad Request"),
    "an encoded path": (b"/%73parql?query=ASK%7B%7D", b"200 OK"),
    "nothing": (b"/nothing", b"404 Not Found"),
    "a redirection": (b"/", b"303 See Other"),
    "a large answer": (b"/sparql?query=CONSTRUCT%20WHERE%20%7B?s%20?p%20?o%7D%20LIMIT%204000", b"200 OK"),
}
_CHANGES = re.compile(rb"date: [^\r]*|[0-9.E-]+</literal>|\"value\":\"[0-9.E-]+\"|content-length: \d+")


@pytest.mark.parametrize("name", PATHS)
def test_a_direct_answer_is_that_of_the_parser(served: Served, name: str) -> None:
    path, status = PATHS[name]
    request = b"GET %b HTTP/1.1\r\n" % path + TAIL % name.encode()
    line = Line(served)
    first, second, third = (line.ask(request) for _ in range(3))
    line.close()
    assert first.startswith(b"HTTP/1.1 " + status)
    assert _CHANGES.sub(b"", first) == _CHANGES.sub(b"", second) == _CHANGES.sub(b"", third)


def test_requests_that_are_sent_ahead_are_answered_in_order(served: Served) -> None:
    asks = [
        b"GET /sparql?query=SELECT%%20(%d%%20AS%%20?n)%%20%%7B%%7D HTTP/1.1\r\n" % n + TAIL % b"a" for n in range(9)
    ]
    line = Line(served)
    line.ask(asks[0])
    line.send(asks[1])  # direct, while the others arrive
    line.send(asks[2], asks[3] + asks[4] + asks[5][:30])
    line.send(asks[5][30:] + asks[6])
    line.send(*asks[7:])
    answers = [line.reply() for _ in asks[1:]]
    line.close()
    values = [re.findall(rb'"value":"(\d)"', answer) for answer in answers]
    assert values == [[b"%d" % n] for n in range(1, 9)]


def test_headers_of_one_message_are_read_each_time(served: Served) -> None:
    messages = [
        (b"Content-Length: 18", b"GET /no HTTP/1.1\r\n"),
        (b"Transfer-Encoding: chunked", b"0\r\n\r\n"),
        (b"Connection: close", b""),
        (b"Expect: 100-continue", b""),
    ]

    def statuses(message: tuple[bytes, bytes]) -> list[bytes]:
        answer = served.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n%b\r\n\r\n%b" % message, wait=0.5)
        return re.findall(rb"HTTP/1.1 (\d+)", answer)

    with ThreadPoolExecutor(len(messages)) as clients:
        for _ in range(2):
            for message, found in zip(messages, clients.map(statuses, messages), strict=True):
                assert found in ([b"200"], [b"100", b"200"]), message


@pytest.mark.parametrize(
    "first_line", [b"GET //sparql HTTP/1.1", b"GET /a#b HTTP/1.1", b"GET /\xc3\xa9 HTTP/1.1", b"GET / HTTP/1.0"]
)
def test_an_unusual_first_line_has_the_same_answer_each_time(served: Served, first_line: bytes) -> None:
    request = first_line + b"\r\nHost: localhost\r\n\r\n"
    line = Line(served)
    line.ask(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")  # these headers are known now
    answer = line.ask(request)
    line.close()
    line = Line(served)
    fresh = line.ask(request.replace(b"Host: ", b"X: y\r\nHost: "))
    line.close()
    assert _CHANGES.sub(b"", answer) == _CHANGES.sub(b"", fresh)


def test_a_client_that_is_gone_ends_its_direct_query(served: Served) -> None:
    text = b"SELECT%20(COUNT(*)%20AS%20?n)%20%7B?a%20?b%20?c.?d%20?e%20?f.?g%20?h%20?i%7D"
    ended = served.metric('kg_workers_ended_total{cause="other"}')
    line = Line(served)
    line.ask(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + TAIL % b"gone")
    line.send(b"GET /sparql?query=%b HTTP/1.1\r\n" % text + TAIL % b"gone")
    line.close()
    deadline = time.monotonic() + 10
    while served.metric('kg_workers_ended_total{cause="other"}') == ended:
        assert time.monotonic() < deadline
        time.sleep(0.02)
