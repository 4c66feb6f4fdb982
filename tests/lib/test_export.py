from io import BytesIO

import openpyxl
import pytest

from lib.export import export


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_list_can_be_opened_whatever_somebody_typed(odd):
    book = openpyxl.load_workbook(BytesIO(export("案件", [("备注", 20)], [[f"前{odd}后"]])))
    assert book["案件"]["A2"].value == "前 后"


def test_texts_that_begin_like_formulas_are_texts():
    cell = openpyxl.load_workbook(BytesIO(export("案件", [("备注", 20)], [["=1+1"]])))["案件"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
