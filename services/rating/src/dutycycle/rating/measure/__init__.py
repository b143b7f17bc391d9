"""Measures: what the events of a period come to, exactly.

A measure is a list of parts, each of which says where a piece of the quantity comes from, and the quantity is their
sum: the events that count, the largest one, the stretches of a level, the days of an asset, the windows of a day.
"""

from dutycycle.rating.measure.day_count import days
from dutycycle.rating.measure.event import Event
from dutycycle.rating.measure.measure import measure
from dutycycle.rating.measure.part import Measured, Part
from dutycycle.rating.measure.rule import DAY, HOUR, Condition, Levels, MeasureRule, Then, Ties, Window
from dutycycle.rating.measure.time_of_use import Band, Calendar, Day, Season

__all__ = [
    "DAY",
    "HOUR",
    "Band",
    "Calendar",
    "Condition",
    "Day",
    "Event",
    "Levels",
    "MeasureRule",
    "Measured",
    "Part",
    "Season",
    "Then",
    "Ties",
    "Window",
    "days",
    "measure",
]
