"""Where the demonstration is served, and what is said when somebody else is there already."""

import socket

import pytest
from django.core.management import CommandError, call_command

from binzhou_litigation.demo.serving import is_taken


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_an_address_is_taken_while_somebody_listens_there(listener):
    assert is_taken(listener)


def test_a_free_one_is_not():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    assert not is_taken(address)


def test_a_taken_port_is_said_with_the_way_out_before_anything_is_made(listener):
    with pytest.raises(CommandError, match=f"{listener} 已被占用。换一个端口：PORT=8010 make demo"):
        call_command("demo", address=listener)
