"""The language server: findings, hovers and quick fixes in editors that speak the Language Server Protocol."""
