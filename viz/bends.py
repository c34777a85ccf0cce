"""How far an edge is bent so that it does not run behind cards it has nothing to do with."""

import math
from collections.abc import Collection, Iterable, Mapping

from viz.cards import Card

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

BENDS = (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8)
"""From straight to round; positive turns clockwise (`curvedCW` of vis-network), negative the other way."""

EASE = 0.04  # what a full bend costs however short the edge is
THROUGH = 0.08  # what a straight edge along a row or column costs besides where it runs behind a card
STEPS = 24  # points looked at along an edge
PATIENCE = 1200.0  # px of an edge for which a full bend is as bad as being hidden altogether; less for shorter edges
CLEARANCE = 5.0  # px kept between an edge and a card
_WEIGHTS = tuple(((1 - at) ** 2, 2 * at * (1 - at), at**2) for at in (step / STEPS for step in range(1, STEPS)))


def bend(
    start: str, end: str, places: Mapping[str, Point], cards: Mapping[str, Card], taken: Collection[float] = ()
) -> float:
    """The bend of an edge that is hidden by few cards and not too round, none of the bends already `taken`."""
    return bend_between(start, end, places, boxes(places, cards), taken)


def boxes(places: Mapping[str, Point], cards: Mapping[str, Card]) -> dict[str, Box]:
    """The room that each card takes, with what is kept between it and an edge."""
    return {node: _box(places[node], card) for node, card in cards.items()}


def bend_between(
    start: str, end: str, places: Mapping[str, Point], boxes: Mapping[str, Box], taken: Collection[float] = ()
) -> float:
    """The bend of an edge as `bend` gives it, where the boxes of the cards are known."""
    ends = (x0, y0), (x2, y2) = places[start], places[end]
    reach = math.hypot(x2 - x0, y2 - y0) / 2  # how far the roundest edge between the ends comes from them
    room = min(x0, x2) - reach, min(y0, y2) - reach, max(x0, x2) + reach, max(y0, y2) + reach
    own = boxes.get(start), boxes.get(end)
    near = [box for box in _meeting(boxes.values(), room) if box not in own]
    free = [one for one in BENDS if one not in taken] or list(BENDS)
    through = THROUGH if _upright(ends) else 0.0
    detour = EASE + (math.dist(*ends) / PATIENCE) ** 2
    best, least = free[0], math.inf
    for one in free:  # from straight to round: once the bend alone costs more than the best, none after it is better
        if detour * abs(one) >= least:
            break
        cost = _cost(_hidden(ends, one, near, (least - detour * abs(one)) * STEPS), one, detour, through)
        if cost < least:
            best, least = one, cost
    return best


def _cost(hidden: float, roundness: float, detour: float, through: float) -> float:
    return hidden + detour * abs(roundness) + (through if hidden and not roundness else 0)


def _upright(ends: tuple[Point, Point]) -> bool:
    """Whether an edge runs along a row or a column of cards: behind one of them it would read as two edges."""
    (x0, y0), (x2, y2) = ends
    return min(abs(x2 - x0), abs(y2 - y0)) < 30


def curve(ends: tuple[Point, Point], roundness: float, along: float) -> Point:
    """The point of a bent edge at a share (0..1) of its way, by the formula of vis-network."""
    (x0, y0), (x2, y2) = ends
    x1, y1 = _via(ends, roundness)
    a, b, c = (1 - along) ** 2, 2 * along * (1 - along), along**2
    return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def _via(ends: tuple[Point, Point], roundness: float) -> Point:
    (x0, y0), (x2, y2) = ends
    share = abs(roundness) / 2 + 0.5
    angle = math.atan2(y0 - y2, x2 - x0) + (roundness / 2 + 0.5) * math.pi
    reach = share * math.hypot(x2 - x0, y2 - y0)
    return x0 + reach * math.sin(angle), y0 + reach * math.cos(angle)


def _hidden(ends: tuple[Point, Point], roundness: float, boxes: Collection[Box], most: float) -> float:
    """The share (0..1) of a bent edge that lies behind cards; not counted further once it is above `most` steps."""
    (x0, y0), (x2, y2) = ends
    x1, y1 = _via(ends, roundness)
    # the edge stays between its ends and the point that bends it: most cards lie outside
    met = _meeting(boxes, (min(x0, x1, x2), min(y0, y1, y2), max(x0, x1, x2), max(y0, y1, y2)))
    if not met:
        return 0.0
    hidden = 0
    for a, b, c in _WEIGHTS:
        x, y = a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2
        for left, top, right, bottom in met:  # the innermost loop of a drawing: no calls in it
            if left < x < right and top < y < bottom:
                hidden += 1
                break
        if hidden > most:
            break
    return hidden / STEPS


def _box(place: Point, card: Card) -> Box:
    x, y = place
    width, height = card.width / 2 + CLEARANCE, card.height / 2 + CLEARANCE
    return x - width, y - height, x + width, y + height


def _meeting(boxes: Iterable[Box], room: Box) -> list[Box]:
    """The boxes that are not wholly outside a room."""
    start_x, start_y, end_x, end_y = room
    return [box for box in boxes if box[0] < end_x and box[2] > start_x and box[1] < end_y and box[3] > start_y]
