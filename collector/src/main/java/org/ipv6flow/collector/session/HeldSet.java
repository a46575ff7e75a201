package org.ipv6flow.collector.session;

import org.ipv6flow.collector.message.ExportMessage;

/**
 * A data set that waits for its template, with the header of its message.
 *
 * @param content the records, without the set header
 */
public record HeldSet(int templateId, byte[] content, ExportMessage message) {}
