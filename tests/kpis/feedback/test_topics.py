"""Topics of what customers write, in English and Japanese."""

from __future__ import annotations

import re
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.feedback.counting import examples_of, find_topics, topic_points, topic_query
from cs_planning.kpis.feedback.tokens import words_of
from cs_planning.kpis.feedback.topics import Level, Origin, Topic, level_of, named_topics, pattern_of, phrase_topics, tag_topics
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import use_language

ENGLISH = [
    ("My parcel is late, delivery took three weeks", 0.0),
    ("Where is my parcel? No delivery yet, unacceptable", None),
    ("The agent was rude and did not listen", 0.0),
    ("Loyalty card points are missing", None),
    ("Loyalty card points not added", 1.0),
    ("Great help, thank you", 1.0),
]
JAPANESE = [
    ("配送が遅くて困りました。荷物がまだ届かない。", 0.0),
    ("オペレーターの態度が悪い", 0.0),
    ("ポイントカードの残高が合わない", None),
    ("ポイントカードの残高が違います", None),
    ("とても親切でした。ありがとうございます", 1.0),
]


def contacts(texts: list[tuple[str, float | None]], repeat: int = 10, **more: Any) -> pd.DataFrame:
    many = texts * repeat
    moments = pd.date_range("2026-01-03", periods=len(many), freq="30h")
    frame = pd.DataFrame({"contact_id": [str(n) for n in range(len(many))], "kind": "ticket", "created_at": moments})
    frame["remark"] = [words for words, _ in many]
    frame["csat_satisfied"] = [answer for _, answer in many]
    return typed_contacts(frame.assign(**more))


def totals(points: pd.DataFrame) -> dict[str, float]:
    return {str(series): value for series, value in points.groupby("series")["value"].sum().items()}


@pytest.mark.parametrize("texts", [ENGLISH, JAPANESE])
def test_topics_are_counted_with_their_complaints_in_both_languages(texts):
    log = contacts(texts)
    counted = totals(topic_points(log, find_topics(log), CALENDAR_YEAR.rhythm(Frequency.MONTH)))
    about_delivery = sum("deliver" in words or "配送" in words for words, _ in texts)
    assert counted["contact_volume|topic=delivery"] == 10 * about_delivery
    assert counted["complaints|topic=delivery"] == 10 * about_delivery
    assert counted["complaints|topic=attitude"] == 10


def test_counting_by_the_engine_equals_counting_by_hand():
    log = contacts(ENGLISH, repeat=7)
    points = topic_points(log, named_topics(), CALENDAR_YEAR.rhythm(Frequency.WEEK))
    for topic in named_topics():
        hits = log["remark"].str.lower().map(lambda words, topic=topic: re.search(topic.pattern, words) is not None)
        weeks = log["created_at"].dt.to_period("W-SUN").dt.start_time[hits].value_counts().sort_index()
        found = points[points["series"] == f"contact_volume|topic={topic.id}"].set_index("period")["value"]
        np.testing.assert_array_equal(found[found > 0], weeks)


def test_a_column_of_complaints_counts_more_than_an_answer_and_an_answer_more_than_words():
    texts = [("delivery was terrible", 1.0), ("delivery", 0.0), ("delivery, a complaint", None)]
    by_answer = totals(topic_points(contacts(texts, 1), named_topics(), CALENDAR_YEAR.rhythm(Frequency.YEAR)))
    assert by_answer["complaints|topic=delivery"] == 2
    by_column = totals(
        topic_points(contacts(texts, 1, complaint=[True, False, False]), named_topics(), CALENDAR_YEAR.rhythm(Frequency.YEAR))
    )
    assert by_column["complaints|topic=delivery"] == 1


@pytest.mark.parametrize(("texts", "phrase"), [(ENGLISH, "loyalty card points"), (JAPANESE, "ポイントカードの残高")])
def test_frequent_phrases_that_no_list_knows_become_topics(texts, phrase):
    topics = phrase_topics([words for words, _ in texts * 10], named_topics())
    assert phrase in [topic.id for topic in topics]
    assert "loyalty" not in [topic.id for topic in topics]


def test_spellings_of_one_japanese_word_are_one_phrase():
    texts = ["ｻｰﾊﾞが落ちた", "サーバーが落ちています", "サーバが落ちました"] * 4
    topics = phrase_topics(texts)
    pattern = next(topic.pattern for topic in topics)
    assert all(re.search(pattern, words.lower()) for words in texts)


def test_tags_are_topics_of_their_own():
    log = contacts(ENGLISH, tags=["vip, delivery_late", "vip", "", "billing", "vip", "vip_customer"] * 10)
    topics = [topic for topic in find_topics(log) if topic.origin is Origin.TAG]
    assert {topic.id for topic in topics} >= {"vip", "delivery_late", "billing", "vip_customer"}
    counted = totals(topic_points(log, topics, CALENDAR_YEAR.rhythm(Frequency.YEAR)))
    assert counted["contact_volume|tag=vip"] == 30
    assert next(topic.level for topic in topics if topic.id == "billing") is Level.COMPANY


def test_causes_of_the_company_stand_apart_from_those_of_agents():
    assert level_of(["the delivery was late", "refund please"]) is Level.COMPANY
    assert level_of(["the agent was rude", "態度が悪い"]) is Level.AGENT
    assert level_of(["hello there"]) is None


def test_words_with_meaning_for_patterns_are_taken_as_they_are():
    topic = tag_topics(["c++ (beta)"] * 6 + ["a.b"] * 6)
    assert {one.id for one in topic} >= {"c++", "a.b"} or {one.id for one in topic} >= {"c++ (beta)", "a.b"}
    for one in topic:
        re.compile(one.pattern)
    assert re.search(pattern_of(["deliver*"]), "deliveries")
    assert not re.search(pattern_of(["bill"]), "billboard")


def test_markup_in_a_remark_stays_text():
    log = contacts([("<script>alert(1)</script> delivery [x](http://y)", 0.0)], repeat=6)
    delivery = next(topic for topic in named_topics() if topic.id == "delivery")
    assert examples_of(log, delivery)[0].words.startswith("<script>")


def test_a_log_without_words_has_no_topics():
    log = contacts([("", None)])
    assert find_topics(log.assign(remark=None)) == ()
    assert topic_points(log, (), CALENDAR_YEAR.rhythm(Frequency.MONTH)).empty


def test_a_very_long_and_a_hostile_text_are_read_in_time():
    assert words_of("a " * 500_000) == []
    assert isinstance(words_of("\x00\ud83d" + "(" * 1000), list)


def test_every_named_topic_has_words_of_both_languages_and_a_japanese_name():
    for topic in named_topics():
        assert re.search(r"[a-z]", topic.pattern)
        assert re.search(r"[ぁ-鿿]", topic.pattern)
        with use_language("ja"):
            assert str(topic.name) != topic.name.source, topic.id


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "databricks", "trino", "bigquery", "snowflake", "clickhouse"])
def test_counting_compiles_for_every_engine(engine: str):
    kinds = {"VARCHAR": "string", "TIMESTAMP": "timestamp", "DOUBLE": "float64", "BOOLEAN": "boolean"}
    table = ibis.table({name: kinds[kind] for name, kind in CONTACT_COLUMNS.items()}, name="contacts")
    assert (
        "GROUP BY"
        in ibis.to_sql(topic_query(table, named_topics()[:2], CALENDAR_YEAR.rhythm(Frequency.MONTH)), dialect=engine).upper()
    )


def test_a_topic_is_kept_and_read_again():
    topic = tag_topics(["vip"] * 6)[0]
    assert Topic.model_validate_json(topic.model_dump_json()) == topic
