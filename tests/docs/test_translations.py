"""Every text of the product has its Japanese, and no text is left over."""

from string import Formatter

from tests import catalogues


def places(sentence: str) -> set[str]:
    return {name for _literal, name, _format, _conversion in Formatter().parse(sentence) if name is not None}


def forms(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_text_has_a_translation_and_no_translation_is_unused():
    shown = {message.id for message in catalogues.template() if message.id}
    translated = {message.id for message in catalogues.read("ja") if message.id and all(forms(message))}
    assert not shown - translated, "run `make messages` and translate what is new"
    assert not translated - shown, "run `make messages`"


def test_translations_keep_every_place_of_an_argument():
    for message in catalogues.read("ja"):
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        if sources[0]:
            wanted = set().union(*map(places, sources))
            for form in forms(message):
                assert places(form) <= wanted, message.id
                assert wanted - places(form) <= {"count"}, message.id
