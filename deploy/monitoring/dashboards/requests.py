"""Requests of the services: rate, errors, duration, and what stands behind them (pool, loop, process)."""

from typing import Final

from grafana_foundation_sdk.models import units

from deploy.monitoring.dashboards.page import Page, Section, chosen_services
from deploy.monitoring.dashboards.panel import Limits, Words, graph, table, tile
from deploy.monitoring.dashboards.query import (
    CHOSEN,
    Query,
    largest,
    of_process,
    or_zero,
    quantile,
    rate,
    share,
    total,
)

REQUESTS: Final = "http_server_request_duration_seconds"
# What asks on behalf of nobody would hide what people meet: probes every few seconds, and Prometheus itself.
PEOPLE: Final = 'route!~"/livez|/readyz|/metrics"'
ASKED: Final = f"{CHOSEN}, {PEOPLE}"
FAILED: Final = f'{ASKED}, status="5xx"'
REFUSED: Final = f'{ASKED}, status="4xx"'

_TRAFFIC: Final = Section(
    "Traffic",
    [
        graph(
            Words("Requests", "Answered requests by service, without probes.", "各服务应答的请求数（不含探针）。"),
            units.RequestsPerSecond,
            Query(rate(f"{REQUESTS}_count", "service", where=ASKED), "{{service}}"),
        ),
        graph(
            Words("Failed requests", "Share of answers that are 5xx.", "5xx 应答所占比例。"),
            units.PercentUnit,
            Query(
                share(
                    rate(f"{REQUESTS}_count", "service", where=FAILED),
                    rate(f"{REQUESTS}_count", "service", where=ASKED),
                ),
                "{{service}}",
            ),
        ),
        graph(
            Words("Requests in flight", "Requests that are being answered now.", "正在处理的请求数。"),
            units.Short,
            Query(total("http_server_active_requests", "service", where=CHOSEN), "{{service}}"),
        ),
        graph(
            Words(
                "Duration",
                "What 50, 95 and 99 % of the requests did not exceed; the points lead to traces.",
                "50%、95%、99% 的请求不超过的耗时；图中的点可打开对应链路。",
            ),
            units.Seconds,
            *(
                Query(quantile(part, REQUESTS, where=ASKED), f"p{part * 100:g}", exemplars=True)
                for part in (0.5, 0.95, 0.99)
            ),
            width=12,
        ),
        table(
            Words("Slowest routes", "The ten routes with the longest p95.", "p95 最长的十个路由。"),
            units.Seconds,
            "route",
            Query(
                f"topk(10, {quantile(0.95, REQUESTS, 'service', 'method', 'route', where=ASKED, over='$__range')})",
                "p95",
            ),
        ),
    ],
)

_REFUSALS: Final = Section(
    "Refusals",
    [
        graph(
            Words(
                "Refused requests by route",
                "4xx answers: a rule said no, or the request was wrong.",
                "4xx 应答：规则不允许，或请求有误。",
            ),
            units.RequestsPerSecond,
            Query(or_zero(rate(f"{REQUESTS}_count", "service", "route", where=REFUSED)), "{{service}} {{route}}"),
            width=12,
        ),
        graph(
            Words(
                "Refused at the door",
                "Requests without a valid token, by reason. A jump is somebody trying.",
                "令牌无效的请求，按原因分。突增说明有人在尝试。",
            ),
            units.RequestsPerSecond,
            Query(
                or_zero(rate("sunmao_auth_failures_total", "service", "reason", where=CHOSEN)), "{{service}} {{reason}}"
            ),
            width=12,
        ),
    ],
)

_DATABASE: Final = Section(
    "Database",
    [
        graph(
            Words(
                "Pool of connections",
                "Connections in use and idle, and how many there may be.",
                "使用中和空闲的连接数，以及连接数上限。",
            ),
            units.Short,
            Query(total("sunmao_db_pool_connections", "service", "state", where=CHOSEN), "{{service}} {{state}}"),
            Query(total("sunmao_db_pool_size", "service", where=CHOSEN), "{{service}} limit"),
        ),
        graph(
            Words(
                "Wait for a connection",
                "p95 of the wait; it grows when the pool is too small.",
                "等待连接的 p95；连接池过小时上升。",
            ),
            units.Seconds,
            Query(quantile(0.95, "sunmao_db_pool_wait_seconds", "service", where=CHOSEN), "{{service}}"),
        ),
        graph(
            Words("Transactions", "p95 from begin to end, by outcome.", "事务从开始到结束的 p95，按结果分。"),
            units.Seconds,
            Query(
                quantile(0.95, "sunmao_db_transaction_seconds", "service", "outcome", where=CHOSEN),
                "{{service}} {{outcome}}",
            ),
        ),
        graph(
            Words(
                "Commands begun again",
                "Lost races and lost connections, by SQLSTATE.",
                "因竞争或断连而重来的命令，按 SQLSTATE 分。",
            ),
            units.CountsPerSecond,
            Query(
                or_zero(rate("sunmao_db_retries_total", "service", "sqlstate", where=CHOSEN)),
                "{{service}} {{sqlstate}}",
            ),
            width=12,
        ),
        tile(
            Words("Schema behind", "1 while `sunmao migrate` has not been run.", "尚未执行 `sunmao migrate` 时为 1。"),
            units.Short,
            Query(largest("sunmao_migrations_pending", "service", where=CHOSEN), "{{service}}"),
            Limits(1, 1),
            width=6,
        ),
        tile(
            Words("Clock difference", "The database's clock minus the process's.", "数据库时钟与进程时钟之差。"),
            units.Seconds,
            Query(largest("sunmao_clock_skew_seconds", "service", where=CHOSEN), "{{service}}"),
            Limits(1, 5),
            width=6,
        ),
    ],
)

_PROCESS: Final = Section(
    "Processes",
    [
        graph(
            Words(
                "Delay of the event loop",
                "How late the loop was at worst in five seconds; everything in the process waits as long.",
                "五秒内事件循环的最大延迟；进程内一切都要等这么久。",
            ),
            units.Seconds,
            Query(largest("sunmao_event_loop_lag_seconds", "service", where=CHOSEN), "{{service}}"),
        ),
        graph(
            Words("CPU", "Cores in use by each process.", "各进程占用的 CPU 核数。"),
            units.Short,
            Query(of_process("rate(process_cpu_seconds_total[$__rate_interval])"), "{{service}} {{instance}}"),
        ),
        graph(
            Words("Memory", "Resident memory of each process.", "各进程的常驻内存。"),
            units.BytesIEC,
            Query(of_process("process_resident_memory_bytes"), "{{service}} {{instance}}"),
        ),
        graph(
            Words("Restarts", "Starts of a process at the same address.", "同一地址上进程的启动次数。"),
            units.Short,
            Query(of_process("changes(process_start_time_seconds[$__range])"), "{{service}} {{instance}}"),
        ),
        graph(
            Words(
                "Open files",
                "Files and sockets, as a share of what the system allows.",
                "打开的文件与套接字占系统上限的比例。",
            ),
            units.PercentUnit,
            Query(of_process("process_open_fds / process_max_fds"), "{{service}} {{instance}}"),
        ),
        graph(
            Words(
                "Room for data",
                "Free space of the data folder: of the embedded edition, or of documents that lie in no bucket.",
                "数据目录的可用空间：嵌入版的目录，或未用存储桶时存放文件的目录。",
            ),
            units.BytesIEC,
            Query("min by (instance) (sunmao_folder_free_bytes)", "{{instance}}"),
        ),
    ],
)

_DOCUMENTS: Final = Section(
    "Documents",
    [
        graph(
            Words(
                "Store of documents",
                "1 while every process is answered by it, else 0.",
                "所有进程均能访问文件存储时为 1。",
            ),
            units.Short,
            Query(f"min by (service) (sunmao_documents_store_up{{{CHOSEN}}})", "{{service}}"),
        ),
        graph(
            Words(
                "Refused by the store of documents",
                "What it was asked for and did not do: keep, give, look for, remove, list.",
                "文件存储未能完成的请求：写入、读取、查找、删除、列出。",
            ),
            units.CountsPerSecond,
            Query(
                rate("sunmao_documents_store_failures_total", "service", "asked", where=CHOSEN), "{{service}} {{asked}}"
            ),
        ),
    ],
)

REQUESTS_PAGE: Final = Page(
    "sunmao-requests",
    "Sunmao: requests",
    "Rate, errors and duration of each service, and what stands behind them.",
    "各服务的请求量、错误与耗时，以及其背后的资源。",
    [_TRAFFIC, _REFUSALS, _DATABASE, _DOCUMENTS, _PROCESS],
    variables=(chosen_services,),
)
