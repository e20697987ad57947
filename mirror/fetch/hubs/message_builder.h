/* Any hub's text item to a message record. */
#ifndef MIRROR_FETCH_HUBS_MESSAGE_BUILDER_H
#define MIRROR_FETCH_HUBS_MESSAGE_BUILDER_H

#include "fetch/hubs/hub_item.h"
#include "model/message.h"

/*
 * Fills a zeroed record, all but its head. The state is the text itself or
 * {"text","severity","until"}; `until` is a time as text or UTC seconds. A
 * severity of the state wins over the item's, and that over `severity` (enum
 * message_severity). `item` may be NULL; that, an item without a value and an
 * empty text give no message ("").
 */
void
message_build(const struct hub_item *item, int severity,
              struct record_message *ret_record);

#endif
