package org.ipv6flow.schema.clickhouse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a database and this release agree on one migration.
 *
 * @param appliedAt null if it has not been applied
 */
public record MigrationStatus(
    int version, String description, State state, @Nullable Instant appliedAt) {

  /** Whether a migration is in the database, and as this release knows it. */
  public enum State {
    APPLIED,
    PENDING,
    /** Applied from a file that differs from this release's. */
    CHANGED,
    /** Applied by a newer release. */
    UNKNOWN
  }
}
