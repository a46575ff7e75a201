package org.ipv6flow.jobs.clickhouse;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Row blocks between operators that are not chained. Never in state. */
public final class RowBlockSerializer extends TypeSerializerSingleton<RowBlock> {

  public static final RowBlockSerializer INSTANCE = new RowBlockSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(RowBlock block, DataOutputView out) throws IOException {
    out.writeByte(block.table().code());
    out.writeInt(block.rows());
    out.writeInt(block.data().length);
    out.write(block.data());
  }

  @Override
  public RowBlock deserialize(DataInputView in) throws IOException {
    ClickHouseTable table = ClickHouseTable.of(in.readByte());
    int rows = in.readInt();
    byte[] data = new byte[in.readInt()];
    in.readFully(data);
    return new RowBlock(table, rows, data);
  }

  @Override
  public RowBlock deserialize(RowBlock reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public RowBlock copy(RowBlock from) {
    return from;
  }

  @Override
  public RowBlock copy(RowBlock from, RowBlock reuse) {
    return from;
  }

  @Override
  public RowBlock createInstance() {
    return new RowBlock(ClickHouseTable.LINK_TRAFFIC, 0, new byte[0]);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<RowBlock> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer to Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowBlock> {
    public Snapshot() {
      super(RowBlockSerializer::new);
    }
  }
}
