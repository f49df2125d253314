"""Why a file cannot be read as the table that it should be."""

from shared.errors import Invalid


class EmptyTable(Invalid):
    """A table has a line of headings, and rows below it."""

    en = "The table has no rows; the first line holds the headings, each line below it a row."
    zh = "表格中没有数据：第一行应为表头，其下每行一条记录。"


class OtherCharacters(Invalid):
    """A text is in UTF-8 or GB18030, and nothing is guessed."""

    en = "The file is neither in UTF-8 nor in GB18030; save it as CSV UTF-8 or as a workbook (.xlsx)."
    zh = "文件编码既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”或 .xlsx 工作簿。"


class BrokenText(Invalid):
    """A CSV whose quotation marks are closed, and whose cells are of a size that cells have."""

    en = "Line {line} cannot be read as CSV; close its quotation marks, and keep a cell below {longest} characters."
    zh = "第 {line} 行无法按 CSV 读取：请检查引号是否成对，单元格不超过 {longest} 个字符。"


class BrokenWorkbook(Invalid):
    """A workbook that a spreadsheet can open, without a password."""

    en = "The workbook cannot be read; save it anew as .xlsx, without a password."
    zh = "工作簿无法读取，请重新另存为 .xlsx 格式，且不要设置密码。"


class SwollenWorkbook(Invalid):
    """A workbook unpacks to what a table needs, and has its cells where a table has them."""

    en = (
        "The workbook unpacks to more than {megabytes} MB, or has cells beyond row {rows} or column {columns}; keep "
        "the table alone in it, or send it as CSV."
    )
    zh = "工作簿解压后超过 {megabytes} MB，或有单元格超出第 {rows} 行、第 {columns} 列，请仅保留该表，或改用 CSV。"


class OldWorkbook(Invalid):
    """Workbooks are .xlsx."""

    en = "This is a workbook of an old format; save it as .xlsx or as CSV UTF-8."
    zh = "不支持旧版工作簿格式，请另存为 .xlsx 或“CSV UTF-8”。"


class TooManyRows(Invalid):
    """A table has a bounded number of rows."""

    en = "The table has more than {limit} rows; send it in parts."
    zh = "表格超过 {limit} 行，请分批导入。"


class UnknownHeadings(Invalid):
    """Every heading is one of the template's, once."""

    en = "The headings of these columns are not those of the template, or stand twice: {places}. Known are: {known}."
    zh = "下列各列的表头与模板不符或重复：第 {places} 列。可用表头：{known}。"


class MissingHeadings(Invalid):
    """No required column is left out."""

    en = "Required columns are missing: {names}."
    zh = "缺少必填列：{names}。"
