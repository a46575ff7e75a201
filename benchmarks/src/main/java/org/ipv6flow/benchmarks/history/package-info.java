/** What questions to years of history cost in the store. */
@NullMarked
package org.ipv6flow.benchmarks.history;

import org.jspecify.annotations.NullMarked;
