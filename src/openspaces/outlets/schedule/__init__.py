"""The conference apps' formats: schedule.xml and schedule.json for the timetable, and which rooms are full just now."""

from openspaces.outlets.schedule.frab import XML
from openspaces.outlets.schedule.status import STATUS
from openspaces.outlets.schedule.v1 import JSON

__all__ = ["JSON", "STATUS", "XML"]
