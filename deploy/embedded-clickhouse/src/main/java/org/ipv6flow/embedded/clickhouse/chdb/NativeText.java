package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text and arrays of text outside the Java heap, freed together. */
final class NativeText implements AutoCloseable {

  private final List<Memory> blocks = new ArrayList<>();

  Pointer utf8(String text) {
    return octets(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of {@code octets} with a NUL behind it, which the length given to C leaves out. */
  Pointer octets(byte[] octets) {
    Memory block = allocate(octets.length + 1L);
    block.write(0, octets, 0, octets.length);
    block.setByte(octets.length, (byte) 0);
    return block;
  }

  Pointer utf8Array(List<String> texts) {
    Memory array = allocate((long) Native.POINTER_SIZE * Math.max(1, texts.size()));
    for (int i = 0; i < texts.size(); i++) {
      array.setPointer((long) i * Native.POINTER_SIZE, utf8(texts.get(i)));
    }
    return array;
  }

  Pointer utf8Lengths(List<String> texts) {
    Memory array = allocate((long) Native.SIZE_T_SIZE * Math.max(1, texts.size()));
    for (int i = 0; i < texts.size(); i++) {
      array.setLong(
          (long) i * Native.SIZE_T_SIZE, texts.get(i).getBytes(StandardCharsets.UTF_8).length);
    }
    return array;
  }

  Memory allocate(long bytes) {
    Memory block = new Memory(bytes);
    blocks.add(block);
    return block;
  }

  @Override
  public void close() {
    blocks.forEach(Memory::close);
  }
}
