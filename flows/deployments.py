"""Flow. Deployments: the one definition of what runs when; deploy/prefect.yaml is written from it: `python -m flows.deployments`."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from flows.backfill import backfill
from flows.monitor import monitor

MONITOR = "monitor"
EVERY_FIVE_MINUTES = "*/5 * * * *"  # cron, not an interval: an interval starts anew whenever it is served
ONE_AFTER_THE_OTHER = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
POOL = "tocsin"  # the work pool of those who run workers instead of `tocsin up`
_HEAD = "# Written by `make deploy/prefect.yaml` from flows/deployments.py: edit that. For `prefect deploy --all` with a work pool.\n"


def deployments(feeds: Sequence[str] = (), watches: Sequence[str] = ()) -> tuple[RunnerDeployment, ...]:
    """Give every deployment; the form of backfills lists these feeds and watches.

    Entrypoints are module paths, and runs start in an empty folder of their own.
    """
    watching: Any = monitor.to_deployment(
        name=MONITOR,
        cron=EVERY_FIVE_MINUTES,
        concurrency_limit=ONE_AT_A_TIME,
        description="Polls the feeds that are due, and rings once per change. A run that comes while one is under way is cancelled.",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    bringing: Any = backfill.to_deployment(
        name="backfill",
        concurrency_limit=ONE_AFTER_THE_OTHER,
        description="Brings history in: fill in the form under *Run*. Nobody is alerted unless you say so. Count first.",
        tags=["by hand"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    _fill_in(bringing, {"feeds": feeds, "watches": watches})
    return watching, bringing


def _fill_in(deployment: RunnerDeployment, choices: Mapping[str, Sequence[str]]) -> None:
    """Make a form that a person can fill in: names to choose from, and no field called optional that has a default.

    What is required must be sent by programs too, so that every default is a parameter of the deployment.
    """
    schema = deployment._parameter_openapi_schema  # noqa: SLF001 - Prefect has no other door to the form; a test pins it
    for name, names in choices.items():
        if names:
            schema.properties[name]["items"]["enum"] = list(names)
    schema.required = [name for name, one in schema.properties.items() if one.get("type") != "array"]
    deployment.parameters = {name: one["default"] for name, one in schema.properties.items() if "default" in one}


def as_yaml() -> str:
    """Write all deployments as prefect.yaml."""
    document = {"name": "tocsin", "pull": [], "deployments": [_plain(one) for one in deployments()]}
    text: str = yaml.safe_dump(document, sort_keys=False, width=120, allow_unicode=True)
    return _HEAD + text


def _plain(deployment: RunnerDeployment) -> dict[str, Any]:
    told = deployment.model_dump(mode="json")
    strategy = told["concurrency_options"]["collision_strategy"]
    return {
        **{name: told[name] for name in ("name", "description", "entrypoint", "parameters")},
        "tags": told["tags"],
        "schedules": [{"cron": one["schedule"]["cron"], "timezone": "UTC"} for one in told["schedules"] or ()],
        "concurrency_limit": {"limit": told["concurrency_limit"], "collision_strategy": strategy},
        "work_pool": {"name": POOL},
    }


if __name__ == "__main__":
    sys.stdout.write(as_yaml())
