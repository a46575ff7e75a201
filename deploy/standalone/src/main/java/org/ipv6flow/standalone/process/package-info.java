/**
 * Child processes: started with this process's class path, ended with it, restarted when they die.
 */
@NullMarked
package org.ipv6flow.standalone.process;

import org.jspecify.annotations.NullMarked;
