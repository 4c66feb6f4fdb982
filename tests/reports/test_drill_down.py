"""Every cell with a number opens what it counts: of rankings, bars, heat and cockpit; where one is, one chooses."""


def test_cells_of_a_ranking_open_the_score_and_the_heard_cases(world, page_of):
    world.heard(1, "区住建局", attended=False)
    world.heard(2)
    page = page_of("city_office_clerk", "/scores/2026Q3/")
    assert '<a href="/figures/2026Q3/appearance_rate/?region=371602">开庭 1 件</a>' in page
    page = page_of("city_office_clerk", "/scores/2026Q3/?group=departments")
    assert '<a href="/figures/2026Q3/appearance_rate/?agency=BZ-GA">开庭 1 件</a>' in page


def test_the_cockpit_opens_what_is_missing_by_region_and_is_read_of_one_below(world, page_of):
    world.heard(1, "区住建局", attended=False)
    page = page_of("leader", "/cockpit/?period=2026Q3")
    assert (
        '<a href="/figures/2026Q3/appearance_rate/?region=371602&amp;part=rest">滨城区 1 件负责人未出庭</a>'
        in page
    )
    assert '<a href="/figures/2026Q3/appearance_rate/?region=371600&amp;part=rest">差 1 件</a>' in page
    below = page_of("leader", "/cockpit/?period=2026Q3&region=371621")
    assert "惠民县行政应诉 · 2026年第三季度" in below
    page_of("leader", "/cockpit/?period=2026Q3&region=370000", 404)


def test_period_and_region_are_chosen_on_the_page_of_a_figure(world, cast, client_of):
    client = client_of(cast.city_office_clerk)
    chosen = client.get("/figures/2026Q3/appearance_rate/?period=2026Q2&region=371602")
    assert chosen.url == "/figures/2026Q2/appearance_rate/?region=371602"
    assert client.get("/figures/2026Q3/appearance_rate/?period=2026Q3&region=371602").status_code == 200
    assert client.get("/figures/2026Q3/appearance_rate/?period=never").status_code == 404


def test_what_lies_directly_under_the_city_opens_apart(world, page_of):
    world.heard(1, "区住建局")
    world.heard(2, attended=False)
    world.heard(3)
    page = page_of("city_office_clerk", "/figures/2026Q3/appearance_rate/")
    address = "/figures/2026Q3/appearance_rate/?region=371600&amp;agency=371600"
    assert f'<a href="{address}">市直单位</a>' in page
    own = page_of("city_office_clerk", address.replace("&amp;", "&"))
    assert "负责人出庭应诉率 · 市直单位" in own
    assert "（1/2）" in own
    assert "行初2号" in own
