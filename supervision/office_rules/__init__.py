"""办公室规则: what the office sets itself."""
