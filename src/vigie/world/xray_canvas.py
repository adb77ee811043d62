"""Drawing matter as areal density: places in millimetres, pixels of a scanner, edges by the share they cover.

Axes: x along the way of the container, z upwards from the ground, depth from the side of the source. The beam fans out
in height: what lies nearer to the source is drawn larger (see `Frame.down`).
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vigie.world.xray_settings import ScannerMake, xray_parameters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Line = NDArray[Any]
    Picture = NDArray[Any]

INNER_MM = 2350.0
"""Inner width of a dry container. Source: ISO 1496-1, rounded."""
MIDDLE_MM = INNER_MM / 2

_ROUND = 9  # points that describe the profile of one rounded cell


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the pixels of a picture lie.

    Attributes:
        columns: Left edges of the columns and the right edge of the last, mm; uneven where the speed wobbles.
        rows: Upper edges of the rows and the lower edge of the last, mm downwards from the picture's upper edge.
        top: Height of the upper edge, mm above ground, in the plane of the box's middle.
        fan, source: Way from source to that plane, and height of the source, mm.
    """

    columns: "Line"
    rows: "Line"
    top: float
    fan: float
    source: float

    def down(self, z: float, depth: float = MIDDLE_MM) -> float:
        """Where a height appears, mm below the upper edge of the picture.

        Args:
            z: Height above ground, mm. depth: From the source's side of the box, mm.
        """
        return self.top - self.source - (z - self.source) * self.fan / (self.fan + depth - MIDDLE_MM)

    def box(self, x: tuple[float, float], y: tuple[float, float]) -> tuple[int, int, int, int]:
        """Pixels (x, y, width, height) that hold a span of x and of `down`, cut at the picture's edges."""
        import numpy as np

        left = max(int(np.searchsorted(self.columns, x[0], "right")) - 1, 0)
        upper = max(int(np.searchsorted(self.rows, y[0], "right")) - 1, 0)
        right = min(int(np.searchsorted(self.columns, x[1])), len(self.columns) - 1)
        lower = min(int(np.searchsorted(self.rows, y[1])), len(self.rows) - 1)
        return left, upper, max(right - left, 0), max(lower - upper, 0)


def window(frame: Frame, x: tuple[float, float], z: tuple[float, float]) -> tuple[Frame, tuple[slice, slice]]:
    """The part of a frame that holds a span of x and z at every depth, and its rows and columns in the whole."""
    ends = [frame.down(height, depth) for height in z for depth in (0.0, INNER_MM)]
    left, upper, wide, high = frame.box(x, (min(ends), max(ends)))
    part = Frame(
        frame.columns[left : left + wide + 1], frame.rows[upper : upper + high + 1], frame.top, frame.fan, frame.source
    )
    return part, (slice(upper, upper + high), slice(left, left + wide))


def frame_of(make: ScannerMake, speed: "Line") -> Frame:
    """The pixels of a scanner's picture. speed: Relative width of each column, about 1."""
    import numpy as np

    size = xray_parameters().picture
    columns = np.concatenate([[0.0], np.cumsum(speed * make.pixel_mm)]).astype(np.float32)
    rows = (np.arange(size.rows + 1) * make.pixel_mm).astype(np.float32)
    return Frame(columns, rows, float(rows[-1]) - size.ground_mm, make.fan_mm, make.source_mm)


def cover(edges: "Line", start: float, stop: float) -> tuple[slice, "Line"]:
    """Which pixels an interval covers, and how much of each."""
    import numpy as np

    first = max(int(edges.searchsorted(start, "right")) - 1, 0)
    last = min(int(edges.searchsorted(stop)), len(edges) - 1)
    if last <= first:
        return slice(0, 0), edges[:0]
    share = np.ones(last - first, edges.dtype)
    for place in {first, last - 1}:
        left, right = edges[place], edges[place + 1]
        share[place - first] = max((min(right, stop) - max(left, start)) / (right - left), 0)
    return slice(first, last), share


_SHAPES = {"box": 0.0, "pillow": 4.0, "round": 2.0}


def cells(edges: "Line", starts: "Line", stops: "Line", shape: str = "box") -> tuple["Line", "Picture"]:
    """A row of cells, one after the other: how full each pixel is, and which cell it lies in.

    Args:
        edges: Pixel edges. starts, stops: Of the cells, ascending, not overlapping.
        shape: Profile inside a cell: `box` even, `round` a circle's chord, `pillow` between both, `ring` a tyre's.

    Returns:
        Fullness 0 to 1 for each pixel; number of the cell for each pixel.
    """
    import numpy as np

    places = np.linspace(-1, 1, _ROUND if shape != "box" else 2)
    knots = ((starts + stops)[:, None] / 2 + (stops - starts)[:, None] / 2 * places).ravel()
    full = _profile(shape, places)
    steps = np.concatenate([[0.0], np.cumsum((full[1:] + full[:-1]) / 2 * np.diff(places))])  # integral over one cell
    lengths = (stops - starts) / 2
    before = np.concatenate([[0.0], np.cumsum(steps[-1] * lengths)])[:-1]
    whole = (before[:, None] + steps * lengths[:, None]).ravel()
    level = np.diff(np.interp(edges, knots, whole)) / np.diff(edges)
    middles = (edges[1:] + edges[:-1]) / 2
    return level.astype(np.float32), np.clip(np.searchsorted(starts, middles, "right") - 1, 0, len(starts) - 1)


def _profile(shape: str, places: "Picture") -> "Picture":
    import numpy as np

    if shape == "ring":
        return np.asarray(np.sqrt(np.maximum(1 - places**2, 0)) - np.sqrt(np.maximum(0.3 - places**2, 0)))
    power = _SHAPES[shape]
    if not power:
        return np.ones_like(places)
    return np.asarray(np.sqrt(np.maximum(1 - np.abs(places) ** power, 0)))


@dataclass(slots=True)
class Canvas:
    """Areal density of each material, g/cm², on the pixels of a frame."""

    frame: Frame
    maps: "dict[str, Picture]" = field(default_factory=dict)

    def of(self, matter: str) -> "Picture":
        """The map of a material; empty when it is first asked for."""
        import numpy as np

        if matter not in self.maps:
            self.maps[matter] = np.zeros((len(self.frame.rows) - 1, len(self.frame.columns) - 1), np.float32)
        return self.maps[matter]

    def block(
        self, matter: str, x: tuple[float, float], z: tuple[float, float], mass: float, depth: float = MIDDLE_MM
    ) -> None:
        """Add an upright rectangle. x, z: Spans in mm. mass: g/cm². depth: Of its middle, mm."""
        across, along = self.spans(x, z, depth)
        self.of(matter)[across[0], along[0]] += across[1][:, None] * (mass * along[1])

    def spans(
        self, x: tuple[float, float], z: tuple[float, float], depth: float
    ) -> tuple[tuple[slice, "Line"], tuple[slice, "Line"]]:
        """Rows and columns a rectangle covers, with the share of each."""
        down = self.frame.down
        return cover(self.frame.rows, down(z[1], depth), down(z[0], depth)), cover(self.frame.columns, *x)

    def sheet(self, matter: str, x: tuple[float, float], z: float, section: float, thick: float) -> None:
        """Add a level sheet that reaches through the whole depth, such as a roof or a floor, seen edge on by the fan.

        Args:
            matter: Material. x: Span. z: Height of its middle. section: Its cross-section times density, g per cm of x.
            thick: Least height over which it is seen, mm.
        """
        near, far = self.frame.down(z, 0.0), self.frame.down(z, INNER_MM)
        upper, lower = min(near, far) - thick / 2, max(near, far) + thick / 2
        rows, share = cover(self.frame.rows, upper, lower)
        columns, along = cover(self.frame.columns, *x)
        self.of(matter)[rows, columns] += share[:, None] * (section / ((lower - upper) / 10.0) * along)

    def disc(
        self,
        matter: str,
        middle: tuple[float, float],
        radii: tuple[float, float],
        mass: float,
        depth: float = MIDDLE_MM,
        *,
        ball: bool = False,
    ) -> None:
        """Add an ellipse, even or (ball) thickest in its middle. radii: Along x and z, mm."""
        import numpy as np

        (rows, share), (columns, along) = self.spans(
            (middle[0] - radii[0], middle[0] + radii[0]), (middle[1] - radii[1], middle[1] + radii[1]), depth
        )
        if not share.size or not along.size:
            return
        edge = self.frame.columns
        u = ((edge[columns.start : columns.stop] + edge[columns.start + 1 : columns.stop + 1]) / 2 - middle[0]) / radii[
            0
        ]
        high = self.frame.rows
        y = (high[rows.start : rows.stop] + high[rows.start + 1 : rows.stop + 1]) / 2
        centre = self.frame.down(middle[1], depth)
        v = (y - centre) / (radii[1] * self.frame.fan / (self.frame.fan + depth - MIDDLE_MM))
        inside = 1 - (u * u)[None, :] - (v * v)[:, None]
        level = (
            np.sqrt(np.maximum(inside, 0))
            if ball
            else np.clip(inside * min(radii) / (high[1] - high[0]) / 2 + 0.5, 0, 1)
        )
        self.of(matter)[rows, columns] += (mass * level).astype(np.float32)

    def lattice(
        self,
        matter: str,
        mass: "Picture",
        columns: tuple["Line", "Line"],
        rows: tuple["Line", "Line"],
        depth: float,
        shape: tuple[str, str] = ("box", "box"),
    ) -> None:
        """Add cells in rows and columns.

        Args:
            matter: Material. mass: g/cm² of each cell, (rows from above, columns).
            columns: Starts and stops of the cells along x, mm. rows: Lower and upper ends, from above, mm of z.
            depth: Of the layer's middle. shape: Profile along x and z.
        """
        import numpy as np

        x0, x1 = float(columns[0][0]), float(columns[1][-1])
        upper = np.array([self.frame.down(float(z), depth) for z in rows[1]])
        lower = np.array([self.frame.down(float(z), depth) for z in rows[0]])
        (ys, _), (xs, _) = cover(self.frame.rows, upper[0], lower[-1]), cover(self.frame.columns, x0, x1)
        if ys.stop <= ys.start or xs.stop <= xs.start:
            return
        high, down = cells(self.frame.rows[ys.start : ys.stop + 1], upper, lower, shape[1])
        wide, along = cells(self.frame.columns[xs.start : xs.stop + 1], columns[0], columns[1], shape[0])
        part = mass[:, along] * wide
        self.of(matter)[ys, xs] += part[down] * high[:, None]
