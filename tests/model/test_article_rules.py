"""The declaration of articles: what is wrong with it is one line, and a new section is YAML alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from portals import ROOT, TODAY, article

from generator.model.articles import load_article_rules
from generator.model.declaration import ConfigError
from generator.model.portal import load_portal
from generator.publish.edition import publish_articles
from generator.render.articles import article_pages

RULES = (ROOT / "data/rules/articles.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changed", "line", "said"),
    [
        (("  summary: {title: 摘要", "  abstract: {title: 摘要"), "fields:", "缺少 summary"),
        (("  date: {title: 发布日期, type: day", "  date: {title: 发布日期"), "  date:", "应为 day"),
        (("sorted_by: issued", "sorted_by: number"), "    sorted_by:", "number 不是日期"),
        (("listed: [benefit]", "listed: [benefits]"), "    listed: [benefits]", "没有名为 benefits 的键"),
        (("      work: {title: 工作动态}", "      all: {title: 工作动态}"), "      all:", "请换一个"),
        (("until: repealed", "until: level"), "    in_force:", "level 不是日期"),
        (("      work: {title", "      Work1: {title"), "      Work1:", "格式应为"),
        (
            ("type: choice, required: true, options: [监测中, 处置中, 已办结]", "type: choice"),
            "      outcome:",
            "options",
        ),
        (("title: {title: 标题, required: true", "title: {title: 标题"), "  news:", "title 须为必填"),
    ],
)
def test_a_fault_of_the_declaration_names_its_line(
    tmp_path: Path, changed: tuple[str, str], line: str, said: str
) -> None:
    text = RULES.replace(*changed, 1)
    assert text != RULES
    path = tmp_path / "articles.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        load_article_rules(path)
    assert said in str(fault.value)
    assert fault.value.line is not None
    assert text.splitlines()[fault.value.line - 1].startswith(line)


def test_a_new_section_with_keys_of_its_own_needs_no_python(root: Callable[..., Path]) -> None:
    text = article(title="寻访诚信老店", type="shop", region="郏县", founded="1954-05-01")
    portal = root({"content/stories/2023/old-shop.md": text})
    section = """
  stories:
    title: 诚信故事
    summary: 身边的故事。
    column_type: 诚信文化
    types:
      shop: {title: 老店}
    fields:
      founded: {title: 开业日期, type: day, required: true}
    listed: [founded]
"""
    (portal / "data/rules/articles.yml").write_text(RULES + section, encoding="utf-8")
    declared = load_portal(portal)
    edition = publish_articles(declared, TODAY)
    assert edition.issues == []
    pages = article_pages(declared, edition)
    assert "1954-05-01" in pages["stories/shop/410425/index.md"]
    front = yaml.safe_load(pages["stories/2023/old-shop.md"].split("---\n")[1])
    assert front["further"] == [{"title": "开业日期", "value": "1954-05-01"}]
    assert "<code>founded</code>" in pages["staff/fields-articles.md"]
