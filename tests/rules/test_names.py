import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.names import is_organisation, mask_parties, mask_person


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张某"), ("李四光", "李某"), ("欧阳修", "欧阳某"), ("司马相如", "司马某"), ("欧阳", "欧某"),
        ("阿凡提·买买提", "阿某"), ("努尔·白克力", "努某"), ("John Smith", "J某"), ("张 三", "张某"),
        ("张三（曾用名张四）", "张某"), ("王学会", "王某"), ("李大学", "李某"), ("张", "张某"), ("", ""),
        ("张某", "张某"),
    ],
)  # fmt: skip
def test_a_person_keeps_the_surname(name, masked):
    assert mask_person(name) == masked
    assert mask_parties(name) == masked


@pytest.mark.parametrize(
    "name",
    [
        "滨州某某建设有限公司", "滨城区市中街道办事处", "无棣县碣石山镇西村村民委员会", "惠民县人民政府",
        "博兴县种植专业合作社", "滨州市公安局滨城分局", "县教育局", "第三村民小组", "滨州市自然资源和规划局",
        "邹平市财富超市", "Apple Inc.", "某某（山东）置业有限公司",
    ],
)  # fmt: skip
def test_an_organisation_keeps_its_name(name):
    assert is_organisation(name)
    assert mask_parties(name) == name


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("滨州公司", True), ("甲公司", False), ("教育局", True),  # four characters, or a named bureau
        ("滨州造纸厂", True), ("滨州纸厂", False),  # five where the ending is one character
        ("努尔·买买提公司", False),
    ],
)  # fmt: skip
def test_a_name_too_short_for_an_organisation_or_with_a_dot_is_taken_for_a_person(name, organisation):
    assert is_organisation(name) is organisation


@pytest.mark.parametrize(
    ("name", "masked"), [("欧阳（曾用名欧阳四）", "欧某"), ("（曾用名张四）", ""), ("司马·白克力", "司某")]
)
def test_a_remark_or_a_dot_makes_no_compound_surname(name, masked):
    assert mask_person(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("张三、李四、滨州某某有限公司", "张某、李某、滨州某某有限公司"),
        ("张三，欧阳修；李四", "张某，欧阳某；李某"),
        ("张三等12人", "张某等12人"),
        ("张三、李四等十二户", "张某、李某等十二户"),
        ("滨州某某有限公司等3家", "滨州某某有限公司等3家"),
        ("邹平市财富超市（经营者张三）、李四", "邹平市财富超市、李某"),
        ("邹平市财富超市（经营者张三、李四）", "邹平市财富超市、李某"),
        ("滨州某某有限公司法定代表人张三", "滨某"),
        ("滨州某某有限公司等3户", "滨州某某有限公司等3户"),
        ("张三\n李四", "张某\n李某"),
        ("张三、", "张某、"),
    ],
)
def test_a_list_is_masked_name_by_name(text, masked):
    assert mask_parties(text) == masked


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4)


@given(HAN)
def test_a_person_shows_one_character_or_a_compound_surname_and_nothing_more(name):
    masked = mask_person(name)
    assert masked.endswith("某")
    assert name.startswith(masked[:-1])
    assert len(masked) - 1 <= max(1, min(2, len(name) - 1))


@given(
    st.lists(HAN.filter(lambda name: not is_organisation(name) and "等" not in name), min_size=1, max_size=6)
)
def test_no_more_than_two_characters_of_any_person_survive_in_a_list(names):
    parts = mask_parties("、".join(names)).split("、")
    assert [len(part) <= 3 for part in parts] == [True] * len(names)
    assert [part[0] for part in parts] == [name[0] for name in names]


@example("11公司（（")
@example("1111局 （")
@example("1111局（张三） （李四）")
@given(st.text("张三李四欧阳修公司局村委会等12人、，；（）· aA", max_size=30))
def test_masking_twice_is_masking_once(text):
    once = mask_parties(text)
    assert mask_parties(once) == once
