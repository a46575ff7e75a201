package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface of an exporter.
 *
 * @param index ifIndex, as in IE 10 and 14
 * @param linkId the link it joins; null for interfaces inside the operator's own network
 * @param role {@code edge} towards another operator, {@code core} towards the operator's own
 *     network
 * @param countMode which records metered here are the primary observation of the link
 * @param members ifIndexes of the members of a bundle: their records count for the bundle
 */
public record ExporterInterface(
    long index,
    String name,
    @Nullable String linkId,
    String role,
    CountMode countMode,
    long speedBitsPerSecond,
    List<Long> members)
    implements Serializable {

  public ExporterInterface {
    members = List.copyOf(members);
  }

  /** An interface that is no bundle. */
  public ExporterInterface(
      long index,
      String name,
      @Nullable String linkId,
      String role,
      CountMode countMode,
      long speedBitsPerSecond) {
    this(index, name, linkId, role, countMode, speedBitsPerSecond, List.of());
  }
}
