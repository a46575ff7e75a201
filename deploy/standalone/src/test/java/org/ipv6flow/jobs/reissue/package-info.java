/** Re-issues on the real engines. */
@NullMarked
package org.ipv6flow.jobs.reissue;

import org.jspecify.annotations.NullMarked;
