"""The demo fixes its day: whatever the clock says, nothing leaves it and it does not call itself old."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from published import PublishedSite


def test_a_demo_stays_as_it_is_for_years(reader: Page, site: PublishedSite) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.clock.set_fixed_time(datetime(2034, 1, 5, tzinfo=UTC))
    over = next(notice for notice in site.of_kind("penalty") if site.record(notice.id)["last_day"])
    total = site.kind("penalty")["count"]

    reader.goto(f"notices/penalty/archive/{over.decided[:7]}/1/")
    expect(reader.locator("tbody[data-last-day]").first).to_be_visible()
    reader.goto("notices/penalty/")
    expect(reader.locator(".results__status")).to_contain_text(f"共 {total:,} 条")
    reader.goto(f"search/?q={over.code}")
    expect(reader.get_by_role("link", name=over.subject).first).to_be_visible()
    reader.goto(f"notice/?id={over.id}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(over.subject)
    reader.wait_for_load_state("networkidle")
    expect(reader.locator(".too-old")).to_have_count(0)
    assert [url for url in asked if url.endswith(("guard.js", "build.json"))] == []
