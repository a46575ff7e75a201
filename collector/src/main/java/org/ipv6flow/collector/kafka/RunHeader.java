package org.ipv6flow.collector.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The header of a Kafka record that says which run of which collector made it, so that a later run
 * finds what is its own.
 *
 * @param instance of the file of accounts; two collectors of one name have two
 * @param run later runs have greater numbers
 * @param continuesMessage whether the first message of a batch began in an earlier one
 */
record RunHeader(long instance, long run, boolean continuesMessage) {

  private static final String KEY = "ipv6flow-run";
  private static final int OCTETS = 2 * Long.BYTES + 1;

  /** The same objects for every record. */
  List<Header> toHeaders() {
    return List.of(
        new RecordHeader(
            KEY,
            ByteBuffer.allocate(OCTETS)
                .putLong(instance)
                .putLong(run)
                .put((byte) (continuesMessage ? 1 : 0))
                .array()));
  }

  /** Null if there is none. */
  static @Nullable RunHeader of(Headers headers) {
    Header header = headers.lastHeader(KEY);
    if (header == null || header.value() == null || header.value().length != OCTETS) {
      return null;
    }
    ByteBuffer value = ByteBuffer.wrap(header.value());
    return new RunHeader(value.getLong(), value.getLong(), value.get() != 0);
  }
}
