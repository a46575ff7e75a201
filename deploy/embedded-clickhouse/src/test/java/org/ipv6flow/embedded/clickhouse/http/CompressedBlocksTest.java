package org.ipv6flow.embedded.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedBlocksTest {

  private static final int PREFIX = 16 + 9;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 262_143, 262_144, 262_145, 1_000_000})
  void readsBackWhatItWrites(int length) throws IOException {
    byte[] data = compressible(length);

    byte[] packed = pack(data);

    assertThat(unpack(packed)).isEqualTo(data);
    assertThat(packed.length).isLessThan(length / 2 + 50);
  }

  @Test
  void readsBlocksOfBothOtherMethods() throws IOException {
    byte[] data = compressible(5000);

    assertThat(unpack(block(CompressedBlocks.METHOD_NONE, data, data.length))).isEqualTo(data);
    assertThat(unpack(block(CompressedBlocks.METHOD_ZSTD, Zstd.compress(data), data.length)))
        .isEqualTo(data);
  }

  @Test
  void noticesEveryChangedOctet() throws IOException {
    byte[] packed = pack(compressible(300));
    for (int i = 0; i < packed.length; i++) {
      byte[] changed = packed.clone();
      changed[i] ^= 0x10;

      assertThatThrownBy(() -> unpack(changed)).as("octet %d", i).isInstanceOf(IOException.class);
    }
  }

  @Test
  void noticesABlockThatEndsEarly() throws IOException {
    byte[] packed = pack(compressible(300));
    for (int length = 1; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);

      assertThatThrownBy(() -> unpack(cut))
          .as("%d octets", length)
          .isInstanceOf(EOFException.class)
          .hasMessageStartingWith("compressed block ends within");
    }
  }

  @Test
  void refusesASizeBeforeAllocatingIt() {
    byte[] huge = block(CompressedBlocks.METHOD_LZ4, new byte[10], Integer.MAX_VALUE);

    assertThatThrownBy(() -> unpack(huge))
        .isInstanceOf(IOException.class)
        .hasMessage("compressed block of 10 octets for 2147483647");
  }

  @Test
  void refusesAnotherMethodByItsNumber() {
    assertThatThrownBy(() -> unpack(block((byte) 0x91, new byte[10], 10)))
        .isInstanceOf(IOException.class)
        .hasMessage("compression method 0x91 (expected: LZ4, 0x82, or ZSTD, 0x90)");
  }

  private static byte[] block(byte method, byte[] payload, int size) {
    byte[] block = new byte[PREFIX + payload.length];
    System.arraycopy(payload, 0, block, PREFIX, payload.length);
    block[16] = method;
    CompressedBlocks.little(block).putInt(17, payload.length + 9).putInt(21, size);
    CompressedBlocks.seal(block, block.length);
    return block;
  }

  private static byte[] compressible(int length) {
    byte[] data = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(4) : 7);
    }
    return data;
  }

  private static byte[] pack(byte[] data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CompressedBlockOutputStream blocks = new CompressedBlockOutputStream(out)) {
      blocks.write(data);
    }
    return out.toByteArray();
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (CompressedBlockInputStream in =
        new CompressedBlockInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
