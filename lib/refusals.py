"""Why a workbook is not read, and what the clerk can do; shared by the readers of both formats."""

from lib.sheets import MAX_COLUMNS, MAX_ROWS, UnusableWorkbook

SAVE_AGAIN = "请用 Excel 或 WPS 打开后另存为 .xlsx，再上传。"


def damaged() -> UnusableWorkbook:
    """The file ends early or its parts do not fit together."""
    return UnusableWorkbook(
        "not_a_workbook", "文件不完整或已损坏。请用 Excel 或 WPS 打开，确认内容后另存为 .xlsx，再上传。"
    )


def not_excel(kind: str) -> UnusableWorkbook:
    """The content is something else; `kind` names it."""
    return UnusableWorkbook("not_a_workbook", f"文件的内容是{kind}，不是 Excel 工作簿。{SAVE_AGAIN}")


def encrypted() -> UnusableWorkbook:
    """The file asks for a password."""
    return UnusableWorkbook(
        "encrypted", "文件设有打开密码。请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx，再上传。"
    )


def with_macros() -> UnusableWorkbook:
    """The file carries program code."""
    return UnusableWorkbook("macro_enabled", "文件带有宏。请另存为不带宏的 .xlsx，再上传。")


def doctype() -> UnusableWorkbook:
    """A part declares entities or refers outside; neither Excel nor WPS ever writes that."""
    return UnusableWorkbook("unsafe", f"文件里含有外部引用或实体声明，为安全起见没有打开。{SAVE_AGAIN}")


def odd_structure() -> UnusableWorkbook:
    """The container plays tricks, or reading it took too much memory or time."""
    return UnusableWorkbook("unsafe", f"文件的内部结构不正常，为安全起见没有读取。{SAVE_AGAIN}")


def busy() -> UnusableWorkbook:
    """The machine had no time for it; nothing is wrong with the file."""
    return UnusableWorkbook("busy", "系统繁忙，这次没有读完。文件没有问题，请稍后再上传一次。")


def unsupported(kind: str, advice: str) -> UnusableWorkbook:
    """A workbook in a format that is not read; `kind` names it as the program that saves it does."""
    return UnusableWorkbook("format_unsupported", f"文件是{kind}格式，不能读取。{advice}")


def odd_writer(what: str) -> UnusableWorkbook:
    """Sound, but written in a way that our reader does not know; `what` says in which."""
    return UnusableWorkbook(
        "format_unsupported", f"文件没有损坏，但{what}，是导出程序的特殊写法，不能直接读取。{SAVE_AGAIN}"
    )


def inflated() -> UnusableWorkbook:
    """A few bytes that unpack to a great many."""
    return UnusableWorkbook(
        "unsafe",
        "文件解压后异常地大，为安全起见没有打开。请删去数据下方和右侧的空白行列，另存为 .xlsx 后再上传。",
    )


def disordered() -> UnusableWorkbook:
    """Two ways of counting disagree, as with rows out of order."""
    return UnusableWorkbook("unsafe", f"文件内部的行列次序错乱，读出的内容可能不全。{SAVE_AGAIN}")


def far_cell(sheet: str, place: str) -> UnusableWorkbook:
    """A lone cell far away, which would make a reader walk through millions of blanks."""
    return UnusableWorkbook(
        "unsafe",
        f"工作表“{sheet}”在{place}还有内容，超出 {MAX_ROWS} 行、{MAX_COLUMNS} 列的范围。"
        "请删去远处的单元格，再上传。",
    )


def too_many_rows() -> UnusableWorkbook:
    """More rows with content than a month of a court can have."""
    return UnusableWorkbook("too_large", f"文件中有内容的行超过 {MAX_ROWS} 行。请只留本月通报的行，再上传。")


def too_much(what: str) -> UnusableWorkbook:
    """More of `what` than can be read in time."""
    return UnusableWorkbook(
        "too_large", f"文件里的{what}过多。请只留本月通报的工作表和行列，另存为 .xlsx 后再上传。"
    )
