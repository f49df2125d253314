"""Why bytes are not kept as a document."""

from shared.errors import Invalid


class EmptyDocument(Invalid):
    """A document has content."""

    en = "The file is empty; send the document as the body of the request."
    zh = "文件为空，请在请求正文中提交文件内容。"


class TooLargeDocument(Invalid):
    """A document is no larger than a scan needs to be."""

    en = "The file is larger than {megabytes} MB; scan it at a lower resolution, or divide it."
    zh = "文件超过 {megabytes} MB，请降低扫描分辨率或拆分后上传。"


class NoDocument(Invalid):
    """What a file is, its bytes say, and not its name."""

    en = "By its content this is no PDF, PNG, JPEG, DOCX or XLSX; send one of these, complete."
    zh = "根据文件内容，该文件不是 PDF、PNG、JPEG、DOCX 或 XLSX，请上传完整的上述格式文件。"


class ActivePdf(Invalid):
    """A PDF that is evidence does nothing by itself and carries nothing else inside."""

    en = "The PDF has active content or embedded files ({found}); print it to a new PDF without them and send that one."
    zh = "该 PDF 含有活动内容或嵌入文件（{found}），请打印为不含此类内容的新 PDF 后上传。"


class LockedPdf(Invalid):
    """A PDF that is evidence can be read by everybody who may read it."""

    en = "The PDF is encrypted; save it without a password and without restrictions."
    zh = "该 PDF 已加密，请取消密码和权限限制后上传。"


class OpaquePdf(Invalid):
    """What cannot be looked into is not known to be harmless."""

    en = "The PDF is damaged, or packed so that it cannot be checked; print it to a new PDF and send that one."
    zh = "该 PDF 已损坏或其压缩方式无法检查，请打印为新的 PDF 后上传。"


class BrokenOffice(Invalid):
    """An Office file that Office can open."""

    en = "The Office file cannot be read; save it anew as .docx or .xlsx, without a password."
    zh = "Office 文件无法读取，请重新另存为 .docx 或 .xlsx，且不要设置密码。"


class SwollenOffice(Invalid):
    """An Office file unpacks to what a document needs."""

    en = "The Office file unpacks to more than {megabytes} MB or {parts} parts; save it anew, or send it as PDF."
    zh = "Office 文件解压后超过 {megabytes} MB 或 {parts} 个部件，请重新另存或改用 PDF。"


class ActiveOffice(Invalid):
    """An Office file that is evidence has no macros and carries nothing else inside."""

    en = "The Office file has macros, controls or embedded objects; save it without them, or send it as PDF."
    zh = "Office 文件含有宏、控件或嵌入对象，请去除后另存，或改用 PDF。"
