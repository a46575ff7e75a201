/** Settings of a standalone installation, checked before anything starts. */
@NullMarked
package org.ipv6flow.standalone.config;

import org.jspecify.annotations.NullMarked;
