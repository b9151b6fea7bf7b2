"""What Debian's python3-icalendar understands of the calendar that it is given."""

import json
import sys

from icalendar import Calendar

events = [
    {
        "id": str(event["DESCRIPTION"]),
        "summary": str(event["SUMMARY"]),
        "day": event["DTSTART"].dt.isoformat(),
        "status": str(event["STATUS"]),
        "alarms": [alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")],
    }
    for event in Calendar.from_ical(sys.stdin.buffer.read()).walk("VEVENT")
]
json.dump(events, sys.stdout)
