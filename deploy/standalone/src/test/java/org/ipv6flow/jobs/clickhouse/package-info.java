/**
 * The stream job's sink against the engine it is made for.
 *
 * <p>Here and not beside the sink, because the stream job depends on no deployment.
 */
@NullMarked
package org.ipv6flow.jobs.clickhouse;

import org.jspecify.annotations.NullMarked;
