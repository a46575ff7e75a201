package org.ipv6flow.schema.clickhouse;

import java.time.Duration;
import java.time.Instant;

/** A migration that a database has, as its table {@code schema_migrations} says. */
public record AppliedMigration(
    int version, String description, String checksum, Instant appliedAt, Duration executionTime) {}
