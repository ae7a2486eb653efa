"""The what-if without a browser."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from cs_planning.cli import main
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind
from tests.automation.calibration.call_logs import simulated_calls

ROOT = Path(__file__).parents[2]
DOCUMENTED = re.findall(r"```json (operation|scenario)\n(.*?)```", (ROOT / "docs" / "automation.md").read_text(), re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "operation.json").write_bytes((ROOT / "sample_data" / "operation.json").read_bytes())
    return tmp_path


def written(folder, name, document):
    (folder / name).write_text(json.dumps(document), encoding="utf-8")
    return name


def simulated(folder, *scenarios):
    files = [written(folder, f"{number}.json", scenario) for number, scenario in enumerate(scenarios)]
    given = [argument for file in files for argument in ("--scenario", file)]
    assert main(["simulate", "operation.json", *given, "--out", "result.json"]) == 0
    return json.loads((folder / "result.json").read_text())


def test_help_shows_examples(capsys):
    for command in ("simulate", "schema", "validate"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"python -m cs_planning {command}" in capsys.readouterr().out


def test_as_is_stands_in_front_and_bands_surround_medians(folder):
    result = simulated(folder, {"name": "bot", "levers": [{"kind": "chatbot"}]})
    as_is, bot = result["scenarios"]
    assert (as_is["name"], bot["name"]) == ("as is", "bot")
    for band in (as_is["mean_wait_seconds"], bot["cost_per_month"], bot["response_seconds"]["first_contact"]):
        assert band["low"] <= band["median"] <= band["high"]
    assert bot["mean_wait_seconds"]["median"] < as_is["mean_wait_seconds"]["median"]
    assert 0 <= bot["probability_target_met"] <= 1
    assert bot["sentence"].startswith("Customers now wait")


def test_each_channel_has_its_own_clocks_and_chance_and_means_over_mixed_channels_say_so(folder):
    phone = {"kind": "phone", "contacts_per_day": 1200, "opening_hours_per_day": 12, "handle_time_seconds": 300, "agents": 10}
    mail = {"kind": "email", "contacts_per_day": 100, "handle_time_seconds": 600, "agents": 3, "answer_within_seconds": 28800}
    for channels, mixes in (([phone], False), ([phone, mail], True)):
        written(folder, "operation.json", {"channels": channels, "cost_per_agent_hour": 28, "currency": "EUR"})
        result = simulated(folder, {"name": "bot", "levers": [{"kind": "chatbot", "price_per_resolution": 1}]})
        for scenario in result["scenarios"]:
            assert scenario["mixes_waits"] is mixes
            first = scenario["channels"][0]
            assert first["response_seconds"]["handover"] == first["mean_wait_seconds"]
            assert first["window"] is None
            assert 0 <= first["probability_target_met"] <= 1
            if not mixes:
                assert first["probability_target_met"] == scenario["probability_target_met"]
            else:
                assert scenario["channels"][1]["window"] == "mean of a week that repeats"
                assert first["response_seconds"] != scenario["channels"][1]["response_seconds"]


def test_the_break_even_of_a_bot_stands_in_the_result(folder):
    bot, lean = {"kind": "chatbot"}, {"kind": "staffing", "agents_change": -1}
    result = simulated(
        folder, {"name": "bot", "levers": [bot]}, {"name": "both", "levers": [bot, lean]}, {"name": "lean", "levers": [lean]}
    )
    found = {one["name"]: one["break_even"] for one in result["scenarios"]}
    assert found["as is"] is None and found["lean"] is None
    assert found["bot"]["containment"] is None
    assert "when hours leave the roster" in found["bot"]["sentence"]
    assert 0 < found["both"]["containment"] < 1
    assert f"from {round(100 * found['both']['containment'])} % " in found["both"]["sentence"]


def test_a_lever_that_changes_nothing_changes_nothing(folder):
    result = simulated(folder, {"name": "nothing", "levers": [{"kind": "staffing"}]})
    as_is, same = result["scenarios"]
    assert same["mean_wait_seconds"] == as_is["mean_wait_seconds"]
    assert same["cost_per_month"] == as_is["cost_per_month"]


def test_a_file_may_hold_several_scenarios(folder):
    (folder / "many.json").write_bytes((ROOT / "sample_data" / "scenarios.json").read_bytes())
    assert main(["simulate", "operation.json", "--scenario", "many.json", "--out", "result.json"]) == 0
    assert len(json.loads((folder / "result.json").read_text())["scenarios"]) == 3


@pytest.mark.parametrize(
    ("lever", "said"),
    [
        ({"kind": "chatbot", "containment": 30}, "write 0.3 for 30 %"),
        ({"kind": "chatbot", "containment": {"min": 0.3, "mode": 0.2, "max": 0.4}}, "out of order"),
        ({"kind": "demand", "volume_change": -2}, "looks like a percentage"),
    ],
)
def test_a_bad_lever_ends_with_two_and_says_what_to_write(folder, capsys, lever, said):
    written(folder, "bad.json", {"name": "bad", "levers": [lever]})
    assert main(["simulate", "operation.json", "--scenario", "bad.json", "--out", "result.json"]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "bad.json" in err
    assert not (folder / "result.json").exists()


def test_an_operation_without_people_ends_with_two(folder, capsys):
    document = json.loads((folder / "operation.json").read_text())
    document["channels"][0]["agents"] = 0
    written(folder, "operation.json", document)
    assert main(["simulate", "operation.json", "--out", "result.json"]) == 2
    assert "above 0" in capsys.readouterr().err


def test_two_scenarios_of_one_name_are_refused(folder, capsys):
    one = written(folder, "one.json", {"name": "bot", "levers": [{"kind": "chatbot"}]})
    assert main(["simulate", "operation.json", "--scenario", one, "--scenario", one, "--out", "result.json"]) == 2
    assert "bot" in capsys.readouterr().err


@pytest.mark.parametrize(("kind", "example"), DOCUMENTED)
def test_the_documented_files_follow_the_published_schema(folder, capsys, kind, example):
    assert main(["schema", kind]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(example), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(example) | {"no_such_field": 1}, schema)


def test_the_sample_files_follow_the_published_schemas(folder, capsys):
    main(["schema", "operation", "--out", "operation.schema.json"])
    main(["schema", "scenario", "--out", "scenario.schema.json"])
    operation = json.loads((ROOT / "sample_data" / "operation.json").read_text())
    jsonschema.validate(operation, json.loads((folder / "operation.schema.json").read_text()))
    for scenario in json.loads((ROOT / "sample_data" / "scenarios.json").read_text()):
        jsonschema.validate(scenario, json.loads((folder / "scenario.schema.json").read_text()))


@pytest.mark.slow
def test_a_call_log_is_validated_on_its_second_half(folder, capsys):
    simulated_calls(days=28).to_csv(folder / "calls.csv", index=False)
    assert main(["validate", "calls.csv", "--split", "2025-03-17", "--out", "report.json"]) == 0
    report = json.loads((folder / "report.json").read_text())
    level = report["overall"]["service_level"]
    assert abs(level["predicted"] - level["observed"]) < 0.1 * level["observed"]
    assert {"service_level", "abandonment_rate", "mean_wait_seconds"} <= set(report["overall"])
    assert report["days"][0]["date"] == "2025-03-17"
    assert report["calibration"]["patience_seconds"] > 0
    assert report["verdict"] in capsys.readouterr().err


@pytest.mark.slow
def test_a_stricter_time_lowers_the_observed_service_level(folder):
    simulated_calls(days=21).to_csv(folder / "calls.csv", index=False)
    levels = []
    for seconds in ("60", "10"):
        assert main(["validate", "calls.csv", "--split", "2025-03-14", "--out", "r.json", "--answer-within", seconds]) == 0
        levels.append(json.loads((folder / "r.json").read_text())["overall"]["service_level"]["observed"])
    assert levels[1] < levels[0]


def test_a_log_without_waits_says_which_columns_were_looked_for(folder, capsys):
    (folder / "calls.csv").write_text("colour,size\nred,1\n", encoding="utf-8")
    assert main(["validate", "calls.csv", "--split", "2025-03-17", "--out", "report.json"]) == 2
    assert "arrival" in capsys.readouterr().err


def test_a_split_that_is_no_day_is_refused(folder, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["validate", "calls.csv", "--split", "last week", "--out", "report.json"])
    assert ended.value.code == 2
    assert "2026-09-01" in capsys.readouterr().err


def test_a_result_follows_the_schema_that_the_command_prints(folder):
    result = simulated(folder, {"name": "bot", "levers": [{"kind": "chatbot"}]})
    assert main(["schema", "result", "--out", "result.schema.json"]) == 0
    follows = jsonschema.Draft202012Validator(json.loads((folder / "result.schema.json").read_text()))
    follows.check_schema(follows.schema)
    follows.validate(result)
    assert not follows.is_valid({name: value for name, value in result.items() if name != "currency"})
    assert not follows.is_valid(result | {"no_such_field": 1})


def test_the_default_time_of_the_service_level_is_that_of_imports_and_is_said(folder, capsys):
    simulated_calls(days=21).to_csv(folder / "calls.csv", index=False)
    levels = []
    for more in ([], ["--answer-within", str(Mapping(kind=Kind.CALLS, columns=()).answer_within_seconds)]):
        assert main(["validate", "calls.csv", "--split", "2025-03-14", "--out", "r.json", *more]) == 0
        levels.append(json.loads((folder / "r.json").read_text())["overall"]["service_level"]["observed"])
        assert "answered within 20 s of all calls offered" in capsys.readouterr().err
    assert levels[0] == levels[1]


@pytest.mark.parametrize(
    "command",
    [
        ["simulate", "operation.json", "--out", "result.json"],
        ["assess", "history.csv", "goals.csv", "--out", "out.csv"],
    ],
)
@pytest.mark.parametrize("seed", ["-1", "1.5", "x", "二"])
def test_a_seed_that_is_none_is_refused_in_a_sentence(folder, capsys, command, seed):
    with pytest.raises(SystemExit) as ended:
        main([*command, f"--seed={seed}"])
    assert ended.value.code == 2
    assert f"{seed} is no whole number from 0 on" in capsys.readouterr().err
