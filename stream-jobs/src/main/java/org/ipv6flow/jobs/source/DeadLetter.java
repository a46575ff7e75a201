package org.ipv6flow.jobs.source;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.OutputTag;

/** A Kafka record that could not be read, with the reason: kept, so that it can be read later. */
public final class DeadLetter {

  public static final TypeInformation<Tuple2<String, byte[]>> TYPE =
      Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** The side output of every operator that decodes. */
  public static final OutputTag<Tuple2<String, byte[]>> TAG = new OutputTag<>("dead-letters", TYPE);

  private DeadLetter() {}

  public static Tuple2<String, byte[]> of(String reason, byte[] value) {
    return Tuple2.of(reason, value);
  }
}
