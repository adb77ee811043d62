import pytest

from vigie.world.places import PATHS, PORTS, distance_nm, point_of, sailed_nm, track
from vigie.world.services import SERVICES

KM_PER_NM = 1.852


def test_guayaquil_is_as_far_as_searoute_says():
    assert sailed_nm("ECGYE", "BEANR") * KM_PER_NM == pytest.approx(10_505, rel=0.05)


def test_every_service_has_its_ways():
    for service in SERVICES:
        for port, _ in service.loads:
            for site, _ in service.sites:
                way = track(port, site)
                assert way[0][1] == PORTS[port][:2]
                assert way[-1][0] < 1e-6
                assert way[-1][1] == PORTS[site][:2]
                togo = [miles for miles, _ in way]
                assert togo == sorted(togo, reverse=True)


def test_a_degree_of_latitude_is_sixty_miles():
    assert distance_nm((0, 0), (1, 0)) == pytest.approx(60, rel=0.002)


def test_paths_name_known_points():
    assert all(point_of(name) for path in PATHS.values() for name in path)
