package org.ipv6flow.jobs.source;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** Hands a Kafka value on as it is: batches are decoded where they are summed. */
final class OctetsSchema implements DeserializationSchema<byte[]> {

  private static final long serialVersionUID = 1L;
  private static final byte[] EMPTY = {};

  @Override
  public byte[] deserialize(byte @Nullable [] value) {
    // A record without a value is no batch; the decoder says so and the dead letters keep it.
    return value == null ? EMPTY : value;
  }

  @Override
  public boolean isEndOfStream(byte[] next) {
    return false;
  }

  @Override
  public TypeInformation<byte[]> getProducedType() {
    return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  }
}
