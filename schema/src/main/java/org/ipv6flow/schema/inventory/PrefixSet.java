package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * Address prefixes with one meaning.
 *
 * @param kind one of {@link PrefixKind}
 * @param source who says so
 * @param asOf the day of the source
 * @param prefixes {@code address/length}, without host bits
 */
public record PrefixSet(
    String name, String kind, String source, LocalDate asOf, List<String> prefixes)
    implements Serializable {}
