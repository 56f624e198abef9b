"""The store: the only room that touches a database or a disk.

Records come in through `store.loading` (one transaction a load) and go out through `store.snapshot` (columnar files,
one landlord's rows at a time). SQLite is the default, PostgreSQL where `DATABASE_URL` says so.
"""
