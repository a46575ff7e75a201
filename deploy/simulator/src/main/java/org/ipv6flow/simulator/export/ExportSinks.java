package org.ipv6flow.simulator.export;

/**
 * The sockets of one exporter.
 *
 * @param data where data comes from, and options too with most vendors
 * @param options where options come from with vendors that use another source port for them
 */
public record ExportSinks(DatagramSink data, DatagramSink options) {}
