#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/log.h"

struct wire {
    int ends[2];
    uint32_t sent, seen;
    struct channel_header header;
    unsigned char buffer[CHANNEL_PACKET_MAX];
};

static int
setup(void **state) {
    struct wire *wire = calloc(1, sizeof *wire);

    if (wire == NULL ||
        socketpair(AF_UNIX, SOCK_SEQPACKET, 0, wire->ends) != 0) {
        return -1;
    }
    log_open("test", LOG_LEVEL_NONE);
    *state = wire;
    return 0;
}

static int
teardown(void **state) {
    struct wire *wire = *state;

    close(wire->ends[0]);
    if (wire->ends[1] >= 0) {
        close(wire->ends[1]);
    }
    free(wire);
    return 0;
}

static enum channel_result
receive(struct wire *wire) {
    return channel_receive(wire->ends[0], &wire->seen, wire->buffer,
                           &wire->header);
}

static void
a_packet_crosses_whole(void **state) {
    struct wire *wire = *state;
    const char record[] = "0123456789";

    assert_int_equal(receive(wire), CHANNEL_AGAIN);
    for (uint32_t i = 1; i <= 3; i++) {
        assert_int_equal(channel_send(wire->ends[1], &wire->sent, 5, 2, record,
                                      sizeof record),
                         CHANNEL_OK);
        assert_int_equal(receive(wire), CHANNEL_OK);
        assert_int_equal(wire->header.kind, 5);
        assert_int_equal(wire->header.instance, 2);
        assert_int_equal(wire->header.sequence, i);
        assert_int_equal(wire->header.size, sizeof record);
        assert_memory_equal(wire->buffer + sizeof wire->header, record,
                            sizeof record);
    }
    close(wire->ends[1]);
    wire->ends[1] = -1;
    assert_int_equal(receive(wire), CHANNEL_CLOSED);
}

static void
a_full_peer_is_asked_again(void **state) {
    struct wire *wire = *state;
    static const char record[60000];
    enum channel_result result = CHANNEL_OK;

    for (int i = 0; i < 1000 && result == CHANNEL_OK; i++) {
        result = channel_send(wire->ends[1], &wire->sent, 1, 0, record,
                              sizeof record);
    }
    assert_int_equal(result, CHANNEL_AGAIN);
    while (wire->seen < wire->sent) {
        assert_int_equal(receive(wire), CHANNEL_OK);
    }
    assert_int_equal(receive(wire), CHANNEL_AGAIN);
}

static void
a_closed_reader_is_closed(void **state) {
    struct wire *wire = *state;
    int reader = wire->ends[0];

    wire->ends[0] = dup(wire->ends[1]);
    close(reader);
    assert_int_equal(channel_send(wire->ends[1], &wire->sent, 1, 0, "x", 1),
                     CHANNEL_CLOSED);
}

/* One good packet, and what is wrong with each of the others. */
static void
nonsense_is_bad(void **state) {
    static const struct channel_header good = {
        .magic = CHANNEL_MAGIC,
        .version = CHANNEL_VERSION,
        .kind = 1,
        .sequence = 1,
        .size = 8,
    };
    struct {
        struct channel_header header;
        size_t length;
        enum channel_result expected;
    } cases[] = {
        {good, sizeof good + 8, CHANNEL_OK},
        {good, sizeof good + 7, CHANNEL_BAD},
        {good, sizeof good + 9, CHANNEL_BAD},
        {good, sizeof good, CHANNEL_BAD},
        {good, sizeof good - 1, CHANNEL_BAD},
        {good, 1, CHANNEL_BAD},
        {good, sizeof good + 8, CHANNEL_BAD}, /* magic */
        {good, sizeof good + 8, CHANNEL_BAD}, /* version */
        {good, sizeof good + 8, CHANNEL_BAD}, /* sequence, a gap */
        {good, sizeof good + 8, CHANNEL_BAD}, /* sequence, again */
        {good, sizeof good + 8, CHANNEL_BAD}, /* reserved field */
        {good, sizeof good, CHANNEL_BAD},     /* no record */
        {good, sizeof good + 8, CHANNEL_BAD}, /* the other reserved field */
    };
    struct wire *wire = *state;

    cases[6].header.magic ^= 1;
    cases[7].header.version++;
    cases[8].header.sequence = 2;
    cases[9].header.sequence = 0;
    cases[10].header.zero = 1;
    cases[11].header.size = 0;
    cases[12].header.zeros = 1;
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned char packet[64] = {0};

        memcpy(packet, &cases[i].header, sizeof cases[i].header);
        wire->seen = 0;
        assert_int_equal(
            send(wire->ends[1], packet, cases[i].length, MSG_NOSIGNAL),
            cases[i].length);
        assert_int_equal(receive(wire), cases[i].expected);
    }
}

static void
the_largest_packet_fits_and_one_more_byte_does_not(void **state) {
    struct wire *wire = *state;
    size_t room = CHANNEL_PACKET_MAX - sizeof(struct channel_header);
    unsigned char *record = calloc(1, room + 1);

    assert_int_equal(
        channel_send(wire->ends[1], &wire->sent, 1, 0, record, room),
        CHANNEL_OK);
    assert_int_equal(receive(wire), CHANNEL_OK);
    assert_int_equal(
        channel_send(wire->ends[1], &wire->sent, 1, 0, record, room + 1),
        CHANNEL_OK);
    assert_int_equal(receive(wire), CHANNEL_BAD);
    free(record);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_packet_crosses_whole, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_full_peer_is_asked_again, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_closed_reader_is_closed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(nonsense_is_bad, setup, teardown),
        cmocka_unit_test_setup_teardown(
            the_largest_packet_fits_and_one_more_byte_does_not, setup,
            teardown),
    };

    return cmocka_run_group_tests_name("channel", tests, NULL, NULL);
}
