"""Steps of a life-cycle are one command a verb."""

import click

from vigie.cli.steps import steps


def test_each_verb_is_a_command_that_takes_a_version():
    made = list(steps("policy", ("submit", "approve"), lambda made, stale, out: None))
    assert [one.name for one in made] == ["submit", "approve"]
    assert all(isinstance(one.params[0], click.Argument) for one in made)


def test_where_versions_are_of_several_sorts_a_step_says_of_which():
    (made,) = steps("scanning_models", ("submit",), lambda made, stale, out: None, ("bricks", "comparison"))
    of = next(one for one in made.params if one.name == "sort")
    assert (of.default, tuple(of.type.choices)) == ("bricks", ("bricks", "comparison"))
