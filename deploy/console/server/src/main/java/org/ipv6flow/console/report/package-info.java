/**
 * The monthly report. {@link org.ipv6flow.console.report.SnapshotReader} asks the views for all its
 * numbers, once; the {@link org.ipv6flow.console.report.Snapshot} is frozen and has a checksum;
 * every format is written from it and from nothing else.
 */
@NullMarked
package org.ipv6flow.console.report;

import org.jspecify.annotations.NullMarked;
