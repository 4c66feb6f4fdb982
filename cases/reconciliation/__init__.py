"""数据核对: a person asks for material, explains a difference, or rules whose statement holds."""
