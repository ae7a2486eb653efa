import pytest

from cs_planning.exports import file_name
from tests.exports.block_samples import page_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Answer every e-mail of all our customers within eighty minutes",
         "Answer-every-e-mail-of-all-our-customers-within-eighty"),
        ("CSAT", "CSAT"),
        ("長" * 80, "長" * 60),
        ("a" * 60 + " b", "a" * 60),
        ("a b " + "c" * 80, "a-b-" + "c" * 56),
    ],
)  # fmt: skip
def test_a_file_is_named_after_whole_words_of_the_title(title, name):
    assert file_name(page_of((), title), "pdf") == f"{name}-{page_of(()).today.isoformat()}.pdf"
