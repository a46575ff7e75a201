package org.ipv6flow.jobs.rows;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;

/** Deltas on the way through the shuffle: table, partition, key, six sums. Never in state. */
public final class RowDeltaSerializer extends TypeSerializerSingleton<RowDelta> {

  public static final RowDeltaSerializer INSTANCE = new RowDeltaSerializer();

  private static final long serialVersionUID = 1L;
  private static final int SUMS_BYTES = 6 * Long.BYTES;

  @Override
  public void serialize(RowDelta delta, DataOutputView out) throws IOException {
    out.writeByte(delta.table.code());
    out.writeInt(delta.partition);
    out.writeShort(delta.keyLength);
    out.write(delta.key, 0, delta.keyLength);
    out.writeLong(delta.octets);
    out.writeLong(delta.packets);
    out.writeLong(delta.observedOctets);
    out.writeLong(delta.observedPackets);
    out.writeLong(delta.records);
    out.writeDouble(delta.octetsVariance);
  }

  @Override
  public RowDelta deserialize(RowDelta reuse, DataInputView in) throws IOException {
    reuse.table = ClickHouseTable.of(in.readByte());
    reuse.partition = in.readInt();
    reuse.keyLength = in.readUnsignedShort();
    if (reuse.key.length < reuse.keyLength) {
      reuse.key = new byte[reuse.keyLength];
    }
    in.readFully(reuse.key, 0, reuse.keyLength);
    reuse.octets = in.readLong();
    reuse.packets = in.readLong();
    reuse.observedOctets = in.readLong();
    reuse.observedPackets = in.readLong();
    reuse.records = in.readLong();
    reuse.octetsVariance = in.readDouble();
    return reuse;
  }

  @Override
  public RowDelta deserialize(DataInputView in) throws IOException {
    return deserialize(new RowDelta(), in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    out.writeByte(in.readByte());
    out.writeInt(in.readInt());
    int keyLength = in.readUnsignedShort();
    out.writeShort(keyLength);
    out.write(in, keyLength + SUMS_BYTES);
  }

  @Override
  public RowDelta copy(RowDelta from) {
    return copy(from, new RowDelta());
  }

  @Override
  public RowDelta copy(RowDelta from, RowDelta reuse) {
    reuse.set(from);
    return reuse;
  }

  @Override
  public RowDelta createInstance() {
    return new RowDelta();
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<RowDelta> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer to Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowDelta> {
    public Snapshot() {
      super(RowDeltaSerializer::new);
    }
  }
}
