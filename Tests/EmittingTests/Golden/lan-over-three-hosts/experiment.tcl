# lan-over-three-hosts
