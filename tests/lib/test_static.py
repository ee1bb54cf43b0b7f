"""Static files by their names, which strangers may make up as they like."""

from openspaces.lib import static


def test_a_path_from_the_root_of_the_disk_names_no_file() -> None:
    assert [static.find(name) for name in ("/etc/passwd", "../settings.py", "look")] == [None] * 3


def test_names_that_no_file_can_have_are_not_remembered() -> None:
    remembered = static._find.cache_info().currsize
    assert static.find("x" * (static.LONGEST + 1)) is None
    assert static._find.cache_info().currsize == remembered


def test_so_many_names_are_remembered_and_no_more() -> None:
    assert static._find.cache_parameters()["maxsize"] == 1024
