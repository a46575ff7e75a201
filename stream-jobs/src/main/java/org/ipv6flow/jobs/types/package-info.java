/**
 * How the job's own types are introduced to Flink.
 *
 * <p>Generic types are switched off for the job, so that nothing falls back to Kryo unnoticed.
 */
@NullMarked
package org.ipv6flow.jobs.types;

import org.jspecify.annotations.NullMarked;
