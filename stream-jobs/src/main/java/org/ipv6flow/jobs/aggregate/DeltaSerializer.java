package org.ipv6flow.jobs.aggregate;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Deltas on the way through the shuffle: a kind, its key words, six sums. Never in state. */
public final class DeltaSerializer extends TypeSerializerSingleton<Delta> {

  public static final DeltaSerializer INSTANCE = new DeltaSerializer();

  private static final long serialVersionUID = 1L;
  private static final int LINK_TRAFFIC = 1;
  private static final int UNATTRIBUTED = 2;
  private static final int SUMS_BYTES = 6 * Long.BYTES;

  @Override
  public void serialize(Delta delta, DataOutputView out) throws IOException {
    boolean isLinkTraffic = delta.kind == DeltaKind.LINK_TRAFFIC;
    out.writeByte(isLinkTraffic ? LINK_TRAFFIC : UNATTRIBUTED);
    out.writeLong(delta.key0);
    if (!isLinkTraffic) {
      out.writeLong(delta.key1);
      out.writeLong(delta.key2);
      out.writeLong(delta.key3);
    }
    out.writeLong(delta.octets);
    out.writeLong(delta.packets);
    out.writeLong(delta.observedOctets);
    out.writeLong(delta.observedPackets);
    out.writeLong(delta.records);
    out.writeDouble(delta.octetsVariance);
  }

  @Override
  public Delta deserialize(Delta reuse, DataInputView in) throws IOException {
    boolean isLinkTraffic = kind(in.readByte()) == DeltaKind.LINK_TRAFFIC;
    reuse.kind = isLinkTraffic ? DeltaKind.LINK_TRAFFIC : DeltaKind.UNATTRIBUTED;
    reuse.key0 = in.readLong();
    reuse.key1 = isLinkTraffic ? 0 : in.readLong();
    reuse.key2 = isLinkTraffic ? 0 : in.readLong();
    reuse.key3 = isLinkTraffic ? 0 : in.readLong();
    reuse.octets = in.readLong();
    reuse.packets = in.readLong();
    reuse.observedOctets = in.readLong();
    reuse.observedPackets = in.readLong();
    reuse.records = in.readLong();
    reuse.octetsVariance = in.readDouble();
    return reuse;
  }

  @Override
  public Delta deserialize(DataInputView in) throws IOException {
    return deserialize(new Delta(), in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    byte kind = in.readByte();
    out.writeByte(kind);
    out.write(in, kind(kind).keyWords() * Long.BYTES + SUMS_BYTES);
  }

  @Override
  public Delta copy(Delta from) {
    return copy(from, new Delta());
  }

  @Override
  public Delta copy(Delta from, Delta reuse) {
    reuse.set(from);
    return reuse;
  }

  @Override
  public Delta createInstance() {
    return new Delta();
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
  public TypeSerializerSnapshot<Delta> snapshotConfiguration() {
    return new Snapshot();
  }

  private static DeltaKind kind(byte written) throws IOException {
    return switch (written) {
      case LINK_TRAFFIC -> DeltaKind.LINK_TRAFFIC;
      case UNATTRIBUTED -> DeltaKind.UNATTRIBUTED;
      default -> throw new IOException("delta of kind %d (expected: 1 or 2)".formatted(written));
    };
  }

  /** Names the serializer to Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Delta> {
    public Snapshot() {
      super(DeltaSerializer::new);
    }
  }
}
