"""Teaching: a recipe and lessons in, a net out. Seeded; one thread, so that the same recipe gives the same model."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from vigie.scanning.xray.teaching_lessons import Lesson

if TYPE_CHECKING:
    from torch import Tensor

    from vigie.scanning.xray.teaching_net import AnyNet, Net
    from vigie.scanning.xray.teaching_projecting import Patch
    from vigie.scanning.xray.teaching_show import Show

Told = Callable[[str, int, int, float], None]
"""Hears the step, of how many, and the mean loss since it last heard."""


class Recipe(Struct, frozen=True, kw_only=True):
    """How a model is taught.

    Attributes:
        name: Of the recipe. seed: Of all draws.
        pictures: Containers that are learnt from, each with a twin that hides nothing.
        steps, batch: Steps of `batch` pieces.
        rate: Greatest learning rate; it rises over a twentieth of the steps and falls to nothing as a cosine.
        turn: The same of convolutions, whose steps are turned so that all directions weigh the same; 0 steps them
            as all else.
        keep: Share of the running mean of the weights that a step keeps; the mean is what is taught.
        form: Rows and columns of a piece on the grid.
        projected: Share of the pieces with bricks that are another container with a threat laid over it.
        drawn: Threats that are drawn without a picture, to lay over lessons.
    """

    name: str
    seed: int = 1
    pictures: int = 1400
    steps: int = 3000
    batch: int = 8
    rate: float = 3e-3
    turn: float = 0.0
    keep: float = 0.995
    form: tuple[int, int] = (304, 608)
    projected: float = 0.3
    drawn: int = 0


DEMO = Recipe(
    name="demo", pictures=1400, steps=4000, batch=36, turn=0.03, form=(336, 128), projected=0.4, drawn=3000,
)  # fmt: skip
"""The model that comes with vigie: at most 30 minutes of one core with the making of the pictures."""
LONG = structs.replace(DEMO, name="long", pictures=2800, steps=9000, drawn=8000)
"""The same with twice the pictures and the steps, for figures; it does not ship."""
SHORT = Recipe(name="short", pictures=60, steps=30)
"""For tests and a first look: it learns next to nothing."""
ADAPT = Recipe(name="adapt", pictures=120, steps=300, rate=6e-4, keep=0.98)
"""From the champion to a site's scanner, without a single seizure: at most 3 minutes of one core."""
RECIPES = {each.name: each for each in (DEMO, LONG, SHORT, ADAPT)}


def teach(
    lessons: Sequence[Lesson],
    recipe: Recipe,
    told: Told = lambda *_: None,
    start: "Net | None" = None,
    patches: "Sequence[Patch] | None" = None,
    dealt: "Show | None" = None,
) -> "Net":
    """Teach a net.

    Args:
        start: A net to go on from; None starts from nothing.
        patches: Threats to lay over lessons; None takes those of the lessons.
        dealt: Deals the pieces; None deals those of the lessons.

    Returns:
        The running mean of the net, its normalisation folded into the convolutions.
    """
    from vigie.scanning.xray.teaching_net import Net, loss_of
    from vigie.scanning.xray.teaching_show import Show

    show = dealt or Show(lessons, recipe.seed, patches, recipe.projected, recipe.form)

    def loss(out: "Tensor", masks: "Tensor") -> "Tensor":
        return loss_of(out, masks, (masks[:, 0].flatten(1).amax(1) > 0).float())

    return taught(lambda: start or Net(), recipe, lambda: show.batch(recipe.batch), loss, told)


def taught(
    begin: "Callable[[], AnyNet]",
    recipe: Recipe,
    deal: Callable[[], tuple[Any, Any]],
    loss_of: "Callable[[Tensor, Tensor], Tensor]",
    told: Told,
    every: int = 100,
) -> "AnyNet":
    """Lead a net through the steps of a recipe; gives its running mean, normalisation folded in.

    Args:
        begin: Gives the net to go on from; asked after the recipe's seed is set.
        deal: Gives pictures and what is true of them. loss_of: What is to become small, of logits and truth.
        told: Hears of the mean loss, each so many steps.
    """
    import torch

    from vigie.scanning.xray.teaching_net import folded, state
    from vigie.scanning.xray.teaching_steps import Steps

    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    net: AnyNet = begin().to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    mean = state(net)
    steps = Steps(net, recipe)
    since, loss_sum = 0, 0.0
    for step in range(recipe.steps):
        seen, truth = (torch.from_numpy(each) for each in deal())
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = net(seen.contiguous(memory_format=torch.channels_last))
        loss = loss_of(out.float(), truth)
        steps.step(loss, _pace(step, recipe.steps))
        keep = min(recipe.keep, (1 + step) / (10 + step))
        for name, value in net.state_dict().items():
            if value.dtype.is_floating_point:
                mean[name].lerp_(value, 1 - keep)
            else:
                mean[name].copy_(value)
        since, loss_sum = since + 1, loss_sum + float(loss.detach())
        if since == every or step + 1 == recipe.steps:
            told("steps", step + 1, recipe.steps, loss_sum / since)
            since, loss_sum = 0, 0.0
    net.load_state_dict(mean)
    return folded(net.eval())


def _pace(step: int, steps: int) -> float:
    """Share of the greatest rate: it rises over a twentieth of the steps and falls to nothing as a cosine."""
    import math

    rise = max(1, steps // 20)
    if step < rise:
        return (step + 1) / rise
    return 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, steps - rise)))
