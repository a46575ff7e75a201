/** What learning a template costs. Times are per template. */
@NullMarked
package org.ipv6flow.benchmarks.template;

import org.jspecify.annotations.NullMarked;
