package org.ipv6flow.jobs.rows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.ipv6flow.jobs.aggregate.Delta;
import org.ipv6flow.jobs.aggregate.DeltaKind;
import org.ipv6flow.jobs.aggregate.LinkTrafficKey;
import org.ipv6flow.jobs.aggregate.UnattributedKey;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.ipv6flow.jobs.dictionary.Area;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.dictionary.Party;
import org.ipv6flow.jobs.services.Services;

/**
 * Turns sums under the numbers of one operator instance into sums under their rows' key columns.
 * Not thread-safe.
 */
public final class KeyColumns {

  private final Names names;
  private final RowBinaryBuffer key = new RowBinaryBuffer();
  private final List<byte[]> links = new ArrayList<>();
  private final List<byte[]> parties = new ArrayList<>();
  private final List<byte[]> areas = new ArrayList<>();
  private final List<byte[]> services = new ArrayList<>();

  public KeyColumns(Names names) {
    this.names = names;
  }

  /** Writes a delta into another. */
  public void write(Delta delta, RowDelta into) {
    into.table = table(delta.kind);
    switch (delta.kind) {
      case LINK_TRAFFIC -> linkTraffic(delta, into);
      case UNATTRIBUTED -> unattributed(delta, into);
      case CROSS_CHECK -> crossCheck(delta, into);
      case AS_TRAFFIC -> {
        linkDirection(delta.kind, delta.key1, into);
        key.uint32(delta.key0 >>> 32);
        key.uint32(delta.key0 & 0xFFFF_FFFFL);
      }
      case ORGANISATION_TRAFFIC -> {
        linkDirection(delta.kind, delta.key1, into);
        key.uint8(LinkTrafficKey.classCode(delta.key1));
        encoded(parties, (int) (delta.key0 >>> 32), this::party);
        encoded(areas, (int) delta.key0, this::area);
      }
      case SERVICE_TRAFFIC -> {
        linkDirection(delta.kind, delta.key1, into);
        key.uint8((int) (delta.key0 >>> 32));
        encoded(services, (int) delta.key0, code -> text(Services.label((byte) code)));
      }
    }
    into.keyLength = key.length();
    into.key = key.takeInto(into.key);
    into.octets = delta.octets;
    into.packets = delta.packets;
    into.observedOctets = delta.observedOctets;
    into.observedPackets = delta.observedPackets;
    into.records = delta.records;
    into.octetsVariance = delta.octetsVariance;
  }

  private static ClickHouseTable table(DeltaKind kind) {
    return switch (kind) {
      case LINK_TRAFFIC -> ClickHouseTable.LINK_TRAFFIC;
      case UNATTRIBUTED -> ClickHouseTable.UNATTRIBUTED;
      case AS_TRAFFIC -> ClickHouseTable.AS_TRAFFIC;
      case ORGANISATION_TRAFFIC -> ClickHouseTable.ORGANISATION_TRAFFIC;
      case SERVICE_TRAFFIC -> ClickHouseTable.SERVICE_TRAFFIC;
      case CROSS_CHECK -> ClickHouseTable.LINK_CROSS_CHECK;
    };
  }

  private void linkTraffic(Delta delta, RowDelta into) {
    linkDirection(delta.kind, delta.key0, into);
    key.uint8(LinkTrafficKey.classCode(delta.key0));
  }

  /** Bucket, link, direction and IP version, with which most rows begin. */
  private void linkDirection(DeltaKind kind, long linkTrafficKey, RowDelta into) {
    key.uint32(kind.bucketEpochSeconds(linkTrafficKey));
    link(linkTrafficKey);
    key.uint8(LinkTrafficKey.directionCode(linkTrafficKey));
    key.uint8(LinkTrafficKey.ipVersion(linkTrafficKey));
    into.partition = partition(linkTrafficKey);
  }

  private void crossCheck(Delta delta, RowDelta into) {
    key.uint32(delta.kind.bucketEpochSeconds(delta.key3));
    link(delta.key3);
    key.uint8(LinkTrafficKey.directionCode(delta.key3));
    key.ipv6(delta.key0, delta.key1);
    key.uint32(delta.key2);
    key.uint8(LinkTrafficKey.classCode(delta.key3));
    key.uint8(LinkTrafficKey.ipVersion(delta.key3));
    into.partition = partition(delta.key3);
  }

  private void unattributed(Delta delta, RowDelta into) {
    key.uint32(UnattributedKey.minuteEpochSeconds(delta.key3));
    key.ipv6(delta.key0, delta.key1);
    key.uint32(UnattributedKey.observationDomain(delta.key2));
    key.uint32(UnattributedKey.interfaceIndex(delta.key2));
    key.uint8(UnattributedKey.meterCode(delta.key3));
    key.uint8(UnattributedKey.reasonCode(delta.key3));
    key.uint8(UnattributedKey.ipVersion(delta.key3));
    into.partition = Long.hashCode(delta.key0 * 31 + delta.key1);
  }

  /** All rows of a link direction meet; the hash of a String is specified, and stays. */
  private int partition(long linkTrafficKey) {
    return names.links().name(LinkTrafficKey.link(linkTrafficKey)).hashCode() * 31
        + LinkTrafficKey.directionCode(linkTrafficKey);
  }

  private void link(long linkTrafficKey) {
    encoded(links, LinkTrafficKey.link(linkTrafficKey), number -> text(names.links().name(number)));
  }

  private byte[] party(int number) {
    Party party = names.parties().name(number);
    return text(party.id(), party.kind(), party.industry());
  }

  private byte[] area(int number) {
    Area area = names.areas().name(number);
    return text(area.operator(), area.province(), area.region(), area.access());
  }

  /** Encodes what stands for a number once, and remembers it. */
  private void encoded(List<byte[]> known, int number, IntFunction<byte[]> encoder) {
    while (known.size() <= number) {
      known.add(encoder.apply(known.size()));
    }
    byte[] octets = known.get(number);
    key.octets(octets, 0, octets.length);
  }

  private static byte[] text(String... values) {
    RowBinaryBuffer buffer = new RowBinaryBuffer();
    for (String value : values) {
      buffer.string(value.getBytes(StandardCharsets.UTF_8));
    }
    int length = buffer.length();
    return Arrays.copyOf(buffer.takeInto(new byte[0]), length);
  }
}
