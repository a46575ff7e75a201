package org.ipv6flow.jobs.clickhouse;

/**
 * Some rows of one table in RowBinary.
 *
 * @param data owned by the block; not changed after it was made
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying it would double the memory.
public record RowBlock(ClickHouseTable table, int rows, byte[] data) {}
