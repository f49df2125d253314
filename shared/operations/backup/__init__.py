"""Backups of everything: the folder of the embedded edition, or the databases of the distributed one."""
