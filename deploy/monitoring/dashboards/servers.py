"""Kafka and PostgreSQL as their exporters see them; the services' own view is on the other dashboards."""

from typing import Final

from grafana_foundation_sdk.models import units

from deploy.monitoring.dashboards.page import Page, Section
from deploy.monitoring.dashboards.panel import Limits, Words, graph, tile
from deploy.monitoring.dashboards.query import Query, largest, or_zero, rate, share, total

OURS: Final = 'datname!~"template.*|postgres|"'
SPINE: Final = f'{OURS}, relname=~"outbox|outbox_parked|inbox|applied|dead_letter|idempotency|feed"'
_VOLUME: Final = "kubelet_volume_stats"

_KAFKA: Final = Section(
    "Kafka (kafka-exporter)",
    [
        tile(
            Words("Brokers", "Brokers that answer.", "可用的代理数。"),
            units.Short,
            Query("max(kafka_brokers)", "brokers"),
            Limits(1, 0.5),
        ),
        tile(
            Words(
                "Under-replicated",
                "Partitions with fewer replicas in sync than they should have.",
                "同步副本不足的分区数。",
            ),
            units.Short,
            Query(total("kafka_topic_partition_under_replicated_partition"), "partitions"),
            Limits(1, 1),
        ),
        tile(
            Words("Least replicas in sync", "Of any partition of our topics.", "我们的主题中同步副本最少的分区。"),
            units.Short,
            Query('min(kafka_topic_partition_in_sync_replica{topic=~"sunmao.*"})', "replicas"),
        ),
        tile(
            Words(
                "Not on the preferred leader",
                "Partitions led by another broker than planned.",
                "未由首选代理担任主副本的分区数。",
            ),
            units.Short,
            Query(or_zero("count (kafka_topic_partition_leader_is_preferred == 0)"), "partitions"),
        ),
        graph(
            Words(
                "Lag seen by Kafka",
                "Records not yet consumed, by group; subscribers outside are here too.",
                "消费组积压，含外部订阅者。",
            ),
            units.Short,
            Query(total("kafka_consumergroup_lag", "consumergroup"), "{{consumergroup}}"),
        ),
        graph(
            Words("Members", "Processes in each group.", "各消费组的成员数。"),
            units.Short,
            Query(largest("kafka_consumergroup_members", "consumergroup"), "{{consumergroup}}"),
        ),
        graph(
            Words("Records written", "By topic, from its offsets.", "各主题写入的记录数（按位点）。"),
            units.CountsPerSecond,
            Query(
                'sum by (topic) (deriv(kafka_topic_partition_current_offset{topic=~"sunmao.*"}[$__rate_interval]))',
                "{{topic}}",
            ),
        ),
        graph(
            Words("Records kept", "By topic, from the oldest to the newest offset.", "各主题保留的记录数。"),
            units.Short,
            Query(
                'sum by (topic) (kafka_topic_partition_current_offset{topic=~"sunmao.*"} '
                "- kafka_topic_partition_oldest_offset)",
                "{{topic}}",
            ),
        ),
    ],
)

_POSTGRESQL: Final = Section(
    "PostgreSQL (postgres-exporter)",
    [
        graph(
            Words("Connections", "By database and what they do.", "各数据库的连接数，按状态分。"),
            units.Short,
            Query(f"sum by (datname, state) (pg_stat_activity_count{{{OURS}}})", "{{datname}} {{state}}"),
        ),
        graph(
            Words("Connections in use", "Share of the connections that the server allows.", "占服务器连接上限的比例。"),
            units.PercentUnit,
            Query(
                "sum by (instance) (pg_stat_activity_count) / max by (instance) (pg_settings_max_connections)",
                "{{instance}}",
            ),
        ),
        graph(
            Words(
                "Longest transaction",
                "Seconds that the oldest open transaction has lasted.",
                "最久未结束事务的持续时间。",
            ),
            units.Seconds,
            Query(largest("pg_stat_activity_max_tx_duration", "datname", where=OURS), "{{datname}}"),
        ),
        graph(
            Words("Transactions", "Committed and rolled back.", "已提交与已回滚的事务。"),
            units.CountsPerSecond,
            Query(rate("pg_stat_database_xact_commit", "datname", where=OURS), "{{datname}} committed"),
            Query(rate("pg_stat_database_xact_rollback", "datname", where=OURS), "{{datname}} rolled back"),
        ),
        graph(
            Words("Found in memory", "Share of blocks that were in the cache.", "数据块缓存命中率。"),
            units.PercentUnit,
            Query(
                "sum by (datname) (rate(pg_stat_database_blks_hit{0}[$__rate_interval])) / clamp_min(sum by (datname) "
                "(rate(pg_stat_database_blks_hit{0}[$__rate_interval]) + rate(pg_stat_database_blks_read{0}"
                "[$__rate_interval])), 0.001)".replace("{0}", f"{{{OURS}}}"),
                "{{datname}}",
            ),
        ),
        graph(
            Words("Deadlocks", "Transactions ended by the server to free others.", "服务器为解除死锁而终止的事务。"),
            units.CountsPerSecond,
            Query(rate("pg_stat_database_deadlocks", "datname", where=OURS), "{{datname}}"),
        ),
        graph(
            Words(
                "Dead rows of the spine",
                "Outbox, inbox and their like are emptied all the time; dead rows grow when vacuum cannot follow.",
                "发件箱、收件箱等表不断清空；清理跟不上时死行增多。",
            ),
            units.Short,
            Query(
                largest("pg_stat_user_tables_n_dead_tup", "datname", "relname", where=SPINE), "{{datname}} {{relname}}"
            ),
        ),
        graph(
            Words("Size", "Of each database on disk.", "各数据库占用的磁盘。"),
            units.BytesIEC,
            Query(largest("pg_database_size_bytes", "datname", where=OURS), "{{datname}}"),
        ),
        graph(
            Words(
                "Held for replicas",
                "Log that a replication slot keeps; none if there is no slot.",
                "复制槽保留的日志量；无复制槽则为 0。",
            ),
            units.BytesIEC,
            Query(or_zero(largest("pg_replication_slots_pg_wal_lsn_diff", "slot_name")), "{{slot_name}}"),
        ),
    ],
)

_DISKS: Final = Section(
    "Disks (Kubernetes)",
    [
        graph(
            Words(
                "Room left",
                "Share of each volume that is free, as the kubelet tells; outside Kubernetes ask the node.",
                "各存储卷的剩余比例（由 kubelet 提供）；非 Kubernetes 环境请查看主机。",
            ),
            units.PercentUnit,
            Query(
                share(
                    largest(f"{_VOLUME}_available_bytes", "persistentvolumeclaim"),
                    largest(f"{_VOLUME}_capacity_bytes", "persistentvolumeclaim"),
                ),
                "{{persistentvolumeclaim}}",
            ),
            width=24,
        ),
    ],
)

SERVERS_PAGE: Final = Page(
    "sunmao-servers",
    "Sunmao: Kafka and PostgreSQL",
    "The servers as their exporters see them.",
    "从导出器看到的 Kafka 与 PostgreSQL。",
    [_KAFKA, _POSTGRESQL, _DISKS],
)
