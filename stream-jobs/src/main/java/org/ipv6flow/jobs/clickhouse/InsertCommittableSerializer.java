package org.ipv6flow.jobs.clickhouse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Committables in checkpoints and savepoints. Version 1: table code (1 octet), token (modified
 * UTF-8), rows, uncompressed size, compressed size (4 octets each), compressed rows.
 */
final class InsertCommittableSerializer implements SimpleVersionedSerializer<InsertCommittable> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(InsertCommittable committable) throws IOException {
    ByteArrayOutputStream octets =
        new ByteArrayOutputStream(committable.compressedRows().length + 128);
    DataOutputStream out = new DataOutputStream(octets);
    out.writeByte(committable.table().code());
    out.writeUTF(committable.token());
    out.writeInt(committable.rows());
    out.writeInt(committable.uncompressedBytes());
    out.writeInt(committable.compressedRows().length);
    out.write(committable.compressedRows());
    return octets.toByteArray();
  }

  @Override
  public InsertCommittable deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("committable of version %d (expected: 1)".formatted(version));
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
    ClickHouseTable table = ClickHouseTable.of(in.readByte());
    String token = in.readUTF();
    int rows = in.readInt();
    int uncompressedBytes = in.readInt();
    byte[] compressedRows = new byte[in.readInt()];
    in.readFully(compressedRows);
    return new InsertCommittable(table, token, rows, uncompressedBytes, compressedRows);
  }
}
