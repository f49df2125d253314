"""Alerts on the store in which the bytes of documents lie."""

from typing import Final

from deploy.monitoring.rules import Alert, Example, Group, Said

_A: Final = 'service="training", instance="a"'
_TRAINING: Final = {"service": "training"}
_UP: Final = f"sunmao_documents_store_up{{{_A}}}"
_ANSWERS: Final = "min by (service) (sunmao_documents_store_up)"
_NOT_KEPT: Final = f'sunmao_documents_store_failures_total{{{_A}, asked="put"}}'
_NOT_REMOVED: Final = f'sunmao_documents_store_failures_total{{{_A}, asked="remove"}}'

DOCUMENTS: Final = Group(
    "sunmao-documents",
    [
        Alert(
            "DocumentStoreDown",
            f"{_ANSWERS} == 0",
            "5m",
            "page",
            Said(
                "{{ $labels.service }} does not reach its documents",
                "{{ $labels.service }} 无法访问文件存储",
            ),
            Said(
                "A process has had no answer from the store of documents for five minutes. Uploads, readings and the "
                "printing of papers are refused; everything else goes on.",
                "有进程五分钟未得到文件存储的应答：上传、读取与出件均被拒绝，其余业务不受影响。",
            ),
            fires=Example({_UP: "1x2 0x10"}, "9m", _TRAINING),
            silent=Example({_UP: "1x2 0x3 1x10"}, "9m"),
        ),
        Alert(
            "DocumentsNotKept",
            'sum by (service) (increase(sunmao_documents_store_failures_total{asked="put"}[10m])) > 0\n'
            f"and on (service) ({_ANSWERS} == 1)",
            "0m",
            "ticket",
            Said(
                "The store keeps no document of {{ $labels.service }}",
                "文件存储拒绝保存 {{ $labels.service }} 的文件",
            ),
            Said(
                "It answers, and did not take what somebody uploaded or had printed: it is full, or its key may not "
                "write.",
                "存储可以访问，但未能保存上传或生成的文件：空间已满，或密钥无写权限。",
            ),
            fires=Example({_NOT_KEPT: "0x5 2x10", _UP: "1x20"}, "8m", _TRAINING),
            silent=Example({_NOT_KEPT: "2x20", _UP: "1x20"}, "15m"),
        ),
        Alert(
            "DocumentsNotRemoved",
            'sum by (service) (increase(sunmao_documents_store_failures_total{asked="remove"}[10m])) > 0\n'
            f"and on (service) ({_ANSWERS} == 1)",
            "30m",
            "ticket",
            Said(
                "The store keeps erased documents of {{ $labels.service }}",
                "文件存储未清除 {{ $labels.service }} 已删除文件的内容",
            ),
            Said(
                "It answers, and for half an hour has not removed what it was told to: the bytes of documents that "
                "were erased still lie there.",
                "存储可以访问，但半小时内未能清除：已删除文件的内容仍在其中。",
            ),
            fires=Example({_NOT_REMOVED: "0+1x60", _UP: "1x60"}, "45m", _TRAINING),
            silent=Example({_NOT_REMOVED: "0x20 1x40", _UP: "1x60"}, "55m"),
        ),
    ],
)
