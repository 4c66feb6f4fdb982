"""Invented persons. The given names are chosen to belong to nobody in particular."""

from random import Random

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹窦章苏潘葛范彭鲁韦马苗方"
_FIRST = "砚舟沐棠墨川岚知予景澄若谦望书怀清亦秋溪禾"
_SECOND = "衡远溪舒白宁安禾澜屿川石言林原朗青舟"
_FIRMS = (
    "云帆示例商贸有限公司",
    "青禾示例农业发展有限公司",
    "海晏示例化工有限公司",
    "长河示例建筑工程有限公司",
)
_EVERY_NTH_A_FIRM = 7


def person(rng: Random) -> str:
    """A person's name of three characters."""
    return rng.choice(_SURNAMES) + rng.choice(_FIRST) + rng.choice(_SECOND)


def claimant(rng: Random) -> str:
    """A plaintiff: mostly one person, sometimes two with others, sometimes a firm."""
    draw = rng.randrange(_EVERY_NTH_A_FIRM)
    if draw == 0:
        return "滨州" + rng.choice(_FIRMS)
    return f"{person(rng)}、{person(rng)}" if draw == 1 else person(rng)
