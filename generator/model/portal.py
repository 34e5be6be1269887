"""Everything that is declared about one portal, read once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

from generator.model.articles import ArticleRules, load_article_rules
from generator.model.calendar import WorkingDays, load_working_days
from generator.model.declaration import ConfigError
from generator.model.display import DisplayRules, load_display_rules
from generator.model.grouping import Grouping, load_grouping
from generator.model.indicators import Indicators, load_indicators
from generator.model.issued_codes import load_issued_codes
from generator.model.kind import Kind
from generator.model.kinds import load_kinds
from generator.model.open_data import OpenDataRules, load_open_data_rules
from generator.model.privacy import PrivacyRules, load_privacy_rules
from generator.model.registries import Registries, load_registries
from generator.model.reporting import ReportingRules, load_reporting_rules
from generator.model.services import Services, load_services
from generator.model.site import Site, load_site
from generator.model.statistics import Topic, load_topics
from generator.model.timeliness import ReportingLimits, load_reporting_limits
from generator.model.vocabulary import Vocabulary, load_vocabularies
from generator.model.written import WrittenForms, load_written_forms


@dataclass(frozen=True)
class Portal:
    """The declarations of the portal under `root`."""

    root: Path
    site: Site
    kinds: dict[str, Kind]
    grouping: Grouping
    vocabularies: dict[str, Vocabulary]
    working_days: WorkingDays
    reporting_limits: ReportingLimits
    display: DisplayRules
    privacy: PrivacyRules
    open_data: OpenDataRules
    reporting: ReportingRules
    services: Services
    articles: ArticleRules
    topics: dict[str, Topic]
    indicators: Indicators | None
    """None where the portal declares no indicators."""
    issued_codes: frozenset[str]
    """Credit codes that stand although their check character is wrong."""
    registries: Registries
    written: WrittenForms

    @cached_property
    def forms(self) -> dict[str, Kind]:
        """What the files of each folder under data/records/ hold: kinds, and what is added to records of a kind."""
        return {**self.kinds, **{name: self.kinds[kind].form(name) for name, kind in self.supplemented.items()}}

    @property
    def supplemented(self) -> dict[str, str]:
        """Supplement → the kind whose records it completes."""
        return {name: kind.id for kind in self.kinds.values() for name in kind.supplements}

    def __reduce__(self) -> tuple[Callable[[bytes], Portal], tuple[bytes]]:
        """Every task that goes to another process takes the declarations along: they are packed and unpacked once."""
        return _unpacked, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps({field.name: getattr(self, field.name) for field in fields(self)})


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Portal:
    return Portal(**pickle.loads(packed))  # noqa: S301 - what another process of this program packed


def load_portal(root: Path) -> Portal:
    """Read every declaration below `root`. Raises ConfigError with file and line."""
    data = root / "data"
    if not data.is_dir():
        raise ConfigError(root, None, "此目录不是信用网站的根目录：没有 data/ 文件夹（用 --root 指明）")
    vocabularies = load_vocabularies(data / "vocab")
    kinds = load_kinds(data / "kinds", vocabularies)
    topics = load_topics(data / "statistics")
    site = load_site(data / "site.yml")
    return Portal(
        root=root,
        site=site,
        kinds=kinds,
        grouping=load_grouping(data / "kinds", kinds),
        vocabularies=vocabularies,
        working_days=load_working_days(data / "rules" / "calendar"),
        reporting_limits=load_reporting_limits(data / "rules" / "timeliness.yml"),
        display=load_display_rules(data / "rules" / "display.yml", kinds, vocabularies),
        privacy=load_privacy_rules(data / "rules" / "privacy.yml"),
        open_data=load_open_data_rules(data / "rules" / "open-data.yml"),
        reporting=load_reporting_rules(data / "rules" / "reporting.yml", site),
        services=load_services(data / "rules" / "services.yml", vocabularies),
        articles=load_article_rules(data / "rules" / "articles.yml"),
        topics=topics,
        indicators=load_indicators(data / "rules" / "indicators.yml", topics),
        issued_codes=load_issued_codes(data / "rules" / "codes.yml"),
        registries=load_registries(data / "rules" / "registries.yml"),
        written=load_written_forms(data / "rules" / "values.yml"),
    )
