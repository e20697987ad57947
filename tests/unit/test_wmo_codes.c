#include "unit.h"

#include "fetch/weather/wmo_codes.h"

/* The 28 codes that Open-Meteo documents. */
static void
open_meteo_codes(void **state) {
    static const struct {
        int code;
        uint8_t kind, level, flags;
    } cases[] = {
        {0, WEATHER_CLEAR, 0, 0},
        {1, WEATHER_MOSTLY, 0, 0},
        {2, WEATHER_PARTLY, 0, 0},
        {3, WEATHER_OVERCAST, 0, 0},
        {45, WEATHER_FOG, 0, 0},
        {48, WEATHER_FOG, 0, WEATHER_FREEZING},
        {51, WEATHER_DRIZZLE, 1, 0},
        {53, WEATHER_DRIZZLE, 1, 0},
        {55, WEATHER_DRIZZLE, 2, 0},
        {56, WEATHER_FREEZING_DRIZZLE, 1, 0},
        {57, WEATHER_FREEZING_DRIZZLE, 2, 0},
        {61, WEATHER_RAIN, 1, 0},
        {63, WEATHER_RAIN, 2, 0},
        {65, WEATHER_RAIN, 3, 0},
        {66, WEATHER_FREEZING_RAIN, 1, 0},
        {67, WEATHER_FREEZING_RAIN, 3, 0},
        {71, WEATHER_SNOW, 1, 0},
        {73, WEATHER_SNOW, 2, 0},
        {75, WEATHER_SNOW, 3, 0},
        {77, WEATHER_SNOW, 1, 0},
        {80, WEATHER_RAIN, 1, WEATHER_SHOWER},
        {81, WEATHER_RAIN, 2, WEATHER_SHOWER},
        {82, WEATHER_RAIN, 3, WEATHER_SHOWER},
        {85, WEATHER_SNOW, 1, WEATHER_SHOWER},
        {86, WEATHER_SNOW, 3, WEATHER_SHOWER},
        {95, WEATHER_THUNDER, 2, 0},
        {96, WEATHER_THUNDER, 3, 0},
        {99, WEATHER_THUNDER, 3, WEATHER_WITH_HAIL},
    };

    (void)state;
    assert_int_equal(COUNT(cases), 28);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct weather_sky sky;

        assert_true(wmo_sky(cases[i].code, &sky));
        assert_int_equal(sky.kind, cases[i].kind);
        assert_int_equal(sky.level, cases[i].level);
        assert_int_equal(sky.flags, cases[i].flags);
        assert_int_equal(sky.is_day, WEATHER_DAY_UNKNOWN);
    }
}

/* The kinds of WMO table 4677, whose 4 to 99 are all in use. */
static void
station_codes(void **state) {
    static const struct {
        int first, last;
        uint8_t kind;
    } cases[] = {
        {4, 5, WEATHER_HAZE},      {6, 9, WEATHER_DUST},
        {10, 10, WEATHER_HAZE},    {11, 12, WEATHER_FOG},
        {13, 13, WEATHER_THUNDER}, {14, 16, WEATHER_OVERCAST},
        {17, 17, WEATHER_THUNDER}, {18, 18, WEATHER_SQUALL},
        {19, 19, WEATHER_TORNADO}, {20, 20, WEATHER_DRIZZLE},
        {21, 21, WEATHER_RAIN},    {22, 22, WEATHER_SNOW},
        {23, 23, WEATHER_SLEET},   {24, 24, WEATHER_FREEZING_RAIN},
        {25, 25, WEATHER_RAIN},    {26, 26, WEATHER_SNOW},
        {27, 27, WEATHER_HAIL},    {28, 28, WEATHER_FOG},
        {29, 29, WEATHER_THUNDER}, {30, 35, WEATHER_DUST},
        {36, 39, WEATHER_SNOW},    {40, 49, WEATHER_FOG},
        {50, 55, WEATHER_DRIZZLE}, {56, 57, WEATHER_FREEZING_DRIZZLE},
        {58, 65, WEATHER_RAIN},    {66, 67, WEATHER_FREEZING_RAIN},
        {68, 69, WEATHER_SLEET},   {70, 78, WEATHER_SNOW},
        {79, 79, WEATHER_SLEET},   {80, 82, WEATHER_RAIN},
        {83, 84, WEATHER_SLEET},   {85, 86, WEATHER_SNOW},
        {87, 90, WEATHER_HAIL},    {91, 99, WEATHER_THUNDER},
    };
    int next = 4;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(cases[i].first, next);
        for (; next <= cases[i].last; next++) {
            struct weather_sky sky;

            assert_true(wmo_sky(next, &sky));
            assert_int_equal(sky.kind, cases[i].kind);
            assert_in_range(sky.level, 0, 3);
        }
    }
    assert_int_equal(next, 100);
}

/* Wet kinds have a strength, dry ones none; showers and dry thunder say so. */
static void
strengths(void **state) {
    static const int dry_thunder[] = {13, 17, 29, 98};
    struct weather_sky sky;

    (void)state;
    for (int code = 0; code < 100; code++) {
        bool wet;

        assert_true(wmo_sky(code, &sky));
        wet = (sky.kind >= WEATHER_DRIZZLE && sky.kind <= WEATHER_THUNDER);
        assert_int_equal(sky.level > 0, wet);
        assert_int_equal((sky.flags & WEATHER_SHOWER) != 0,
                         (code >= 25 && code <= 27) ||
                             (code >= 80 && code <= 90));
    }
    for (size_t i = 0; i < COUNT(dry_thunder); i++) {
        assert_true(wmo_sky(dry_thunder[i], &sky));
        assert_int_equal(sky.flags, WEATHER_DRY);
    }
}

static void
no_codes(void **state) {
    static const int64_t cases[] = {
        -1, 100, 101, 256, (1LL << 32) + 61, INT64_MIN, INT64_MAX};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct weather_sky sky = {WEATHER_RAIN, 3, 1, 1};

        assert_false(wmo_sky(cases[i], &sky));
        assert_int_equal(sky.kind, WEATHER_UNKNOWN);
        assert_int_equal(sky.level, 0);
        assert_int_equal(sky.flags, 0);
        assert_int_equal(sky.is_day, WEATHER_DAY_UNKNOWN);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_meteo_codes),
        cmocka_unit_test(station_codes),
        cmocka_unit_test(strengths),
        cmocka_unit_test(no_codes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
