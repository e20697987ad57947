#include "common/channel.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "common/log.h"

static enum channel_result
failed(const char *what) {
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        return CHANNEL_AGAIN;
    }
    if (errno != EPIPE && errno != ECONNRESET) {
        log_warning_errno("channel: %s", what);
    }
    return CHANNEL_CLOSED;
}

enum channel_result
channel_send(int fd, uint32_t *sequence, uint16_t kind, uint16_t instance,
             const void *record, size_t size) {
    struct channel_header header = {
        .magic = CHANNEL_MAGIC,
        .version = CHANNEL_VERSION,
        .kind = kind,
        .instance = instance,
        .sequence = *sequence + 1,
        .size = (uint32_t)size,
    };
    struct iovec parts[] = {
        {.iov_base = &header, .iov_len = sizeof header},
        {.iov_base = (void *)record, .iov_len = size},
    };
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};

    if (sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
        return failed("send");
    }
    ++*sequence;
    return CHANNEL_OK;
}

static const char *
header_fault(const struct channel_header *header, size_t length) {
    if (header->magic != CHANNEL_MAGIC) {
        return "wrong magic";
    }
    if (header->version != CHANNEL_VERSION) {
        return "wrong version";
    }
    if (header->size == 0 || header->size != length - sizeof *header) {
        return "wrong size";
    }
    if (header->zero != 0 || header->zeros != 0) {
        return "reserved field in use";
    }
    return NULL;
}

static enum channel_result
bad(const char *why) {
    log_warning("channel: packet refused: %s", why);
    return CHANNEL_BAD;
}

enum channel_result
channel_receive(int fd, uint32_t *sequence, void *buffer,
                struct channel_header *ret_header) {
    struct iovec part = {.iov_base = buffer, .iov_len = CHANNEL_PACKET_MAX};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t length = recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    struct channel_header header;
    const char *fault;

    if (length < 0) {
        return failed("receive");
    }
    if (length == 0) {
        return CHANNEL_CLOSED;
    }
    if ((message.msg_flags & MSG_TRUNC) != 0) {
        return bad("longer than a packet may be");
    }
    if ((size_t)length < sizeof header) {
        return bad("shorter than its header");
    }
    memcpy(&header, buffer, sizeof header);
    fault = header_fault(&header, (size_t)length);
    if (fault != NULL) {
        return bad(fault);
    }
    if (header.sequence != *sequence + 1) {
        return bad("out of sequence");
    }
    *sequence = header.sequence;
    *ret_header = header;
    return CHANNEL_OK;
}
