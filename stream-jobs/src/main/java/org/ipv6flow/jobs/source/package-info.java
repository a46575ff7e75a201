/**
 * What the job reads from and gives back to Kafka.
 *
 * <p>Records are passed on as octets; decoding happens where they are summed.
 */
@NullMarked
package org.ipv6flow.jobs.source;

import org.jspecify.annotations.NullMarked;
