"""Writes holidays.txt anew: the public holidays that jeda knows, from the Python package "holidays".

    pip install holidays && python3 crates/core/data/make_holidays.py > crates/core/data/holidays.txt

Run it once a year, and give YEARS one more: governments settle the coming year's days, and the package follows.
The form of the file is told in crates/core/src/time/calendar.rs, which reads it.
"""

import re
import unicodedata
import holidays

YEARS = range(2026, 2031)


def words(name):
    """BosniaAndHerzegovina: Bosnia and Herzegovina."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r" (And|Of|The) ", lambda it: it.group(0).lower(), spaced)


def code(region):
    """São Paulo Capital: SAO-PAULO-CAPITAL."""
    plain = unicodedata.normalize("NFKD", region).encode("ascii", "ignore").decode()
    return plain.upper().replace(" ", "-")


def days(country, region, language):
    """Date to name."""
    found = holidays.country_holidays(country, subdiv=region, years=YEARS, language=language)
    named = {day: found[day].replace("\n", " ").strip() for day in sorted(found)}
    if country == "ID":
        # Its Indonesian name is no name for that of another country.
        named = {day: re.sub("^Independence Day$", "Indonesia's Independence Day", it) for day, it in named.items()}
    return named


def lines(named):
    """A line for each name: its days, as MMDD where it is the same day each year, else as YYMMDD."""
    by_name = {}
    for day, name in named.items():
        for part in name.split("; "):
            by_name.setdefault(part, []).append(day)
    for name, its in by_name.items():
        fixed = {(day.month, day.day) for day in its}
        if len(fixed) == 1 and len(its) == len(YEARS):
            yield its[0].strftime("%m%d") + " " + name
        else:
            yield " ".join(day.strftime("%y%m%d") for day in its) + " " + name


def main():
    print(f"# {YEARS[0]} to {YEARS[-1]}, from the Python package holidays {holidays.__version__} (MIT).")
    print("# Made by make_holidays.py, which says how; changes by hand are lost.")
    own = {}
    for country, regions in sorted(holidays.list_supported_countries(include_aliases=False).items()):
        place = getattr(holidays, country)
        spoken = place.supported_languages
        language = next((it for it in ("en_US", "en_GB") if it in spoken), None)
        title = words(place.__mro__[1].__name__ if place.__name__ == country else place.__name__)
        national = days(country, None, language)
        last = max((day.year for day in national), default=YEARS[-1])
        print(f"@{country} {last} {title}")
        for line in lines(national):
            print(line)
        if country == "ID":
            own = {national[day]: name for day, name in days(country, None, "id").items() if day in national}
        names = {}
        for alias, region in getattr(place, "subdivisions_aliases", {}).items():
            names.setdefault(region, alias)
        for region in sorted(regions):
            here = days(country, region, language)
            gone = [day.strftime("%y%m%d") for day in national if day not in here]
            more = {day: name for day, name in here.items() if national.get(day) != name}
            print(f"@{country}-{code(region)} {last} {title}, {names.get(region, region)}")
            if gone:
                print("-" + " ".join(gone))
            for line in lines(more):
                print(line)
    print("@@")
    for english, indonesian in sorted(own.items()):
        if ";" not in english:
            print(f"{english}={indonesian}")


main()
