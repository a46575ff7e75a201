/**
 * Numbers made again from what Kafka still holds, by a corrected inventory or corrected sampling
 * intervals: published as differences, so that the first numbers stay readable.
 */
@NullMarked
package org.ipv6flow.jobs.reissue;

import org.jspecify.annotations.NullMarked;
