"""The store: loads, snapshots, and the two databases behind them."""
