"""Encodings are told apart by evidence, in short files as well; what is none of them is not guessed at."""

from __future__ import annotations

import pytest

from generator.intake.encoding import decode

SHORT = "行政相对人名称,许可决定日期\n示例粮油有限公司,2023/12/01\n"
TRADITIONAL = "行政相對人名稱,許可決定日期\n示例糧油有限公司,2023/12/01\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gbk", "GB18030"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16 LE"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
    ],
)
@pytest.mark.parametrize("text", [SHORT, SHORT.splitlines()[0], "名称\n甲公司\n", "许可,XK_WSH\n李四,1\n"])
def test_a_short_text_is_read_as_it_was_written(text: str, codec: str, encoding: str) -> None:
    found = decode(text.encode(codec))
    assert found is not None
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("text", [TRADITIONAL, "名稱,統一編號\n臺北商行,12345678\n", "機關\n縣政府\n"])
def test_big5_is_told_from_gb18030(text: str) -> None:
    found = decode(text.encode("big5"))
    assert found is not None
    assert (found.text, found.encoding) == (text, "Big5")


@pytest.mark.parametrize("character", "丂丅丆鎔堃喆㛃")
def test_rare_characters_in_names_do_not_change_what_is_found(character: str) -> None:
    text = f"{SHORT}{character}{character}商行,2023/12/01\n"
    found = decode(text.encode("gb18030"))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "content",
    [
        SHORT.encode() + b"\xff\xff",
        SHORT.encode()[:-5].replace(b"\xe5\x85\xac", b"\xe5\x85"),
        SHORT.encode("gbk") + b"\xff\xff",
        "株式会社サンプル\n".encode("shift_jis"),
        "ООО Пример\n".encode("koi8-r"),
        b"\x00" * 100,
        b"not text \x00\x01\x02",
        "é, è, à, ç".encode("latin-1"),
    ],
)
def test_what_is_in_none_of_them_is_not_read_at_all(content: bytes) -> None:
    assert decode(content) is None
